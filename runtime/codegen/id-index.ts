import type { IndexCodec } from "../schema/component.js";
import { boundI64, boundValues } from "./bound-values.js";
import { checkCount } from "./check-values.js";
import { checkI64 } from "./check-numbers.js";
import { startKey } from "./key-writer.js";
import type { KeyWriter } from "./key-writer.js";
import type { ColumnValue } from "../schema/component.js";

/** The index that every component has: unique, on `id`. */
export function idIndex(component: string): IndexCodec {
  const path = `${component}.id`;
  return {
    name: "id",
    columns: ["id"],
    properties: ["id"],
    unique: true,
    key(row) {
      const key = startKey();
      key.i64(row.id);
      return key.finish();
    },
    sameKey: (a, b) => a.id === b.id,
    prefix(values) {
      const key = startPrefix(values, 1, path);
      if (values.length > 0) key.i64(checkI64(values[0], path));
      return key.finish();
    },
    fromWire: (bound) => readBound(bound, component, ["id"], [boundI64]),
  };
}

/**
 * Starts the key of a prefix.
 * @throws SchemaValueError when there are more values than the index has columns.
 */
export function startPrefix(values: readonly unknown[], columns: number, path: string): KeyWriter {
  if (values.length > columns) checkCount(values, 0, columns, path);
  return startKey();
}

/** Reads a bound of hetu.1 with one function for each column; see {@link boundValues}. */
export function readBound(
  bound: unknown,
  component: string,
  columns: readonly string[],
  readers: readonly ((value: unknown, path: string) => ColumnValue)[],
): ColumnValue[] {
  const values = boundValues(bound, columns.length, `${component}.${columns.join(",")}`);
  return values.map((value, at) => (readers[at] as (typeof readers)[number])(value, `${component}.${columns[at]}`));
}
