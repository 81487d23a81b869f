import { startPrefix } from "../codegen/id-index.js";
import { type KeyWriter, startKey } from "../codegen/key-writer.js";
import type { Row } from "../codegen/row.js";
import type { IndexCodec } from "../schema/component.js";

/** The index on one column of a table of the runtime's own, of a type whose values are compared with `===`. */
export function columnIndex<Column extends string, Value, R extends Row & Readonly<Record<Column, Value>>>(
  table: string,
  column: Column,
  { unique, write }: { readonly unique: boolean; readonly write: (key: KeyWriter, value: Value) => void },
): IndexCodec<R> {
  return {
    name: column,
    columns: [column],
    properties: [column],
    unique,
    key(row) {
      const key = startKey();
      write(key, row[column]);
      return key.finish();
    },
    sameKey: (a, b) => a[column] === b[column],
    prefix(values) {
      const key = startPrefix(values, 1, `${table}.${column}`);
      if (values.length > 0) write(key, values[0] as Value);
      return key.finish();
    },
    fromWire: () => [],
  };
}
