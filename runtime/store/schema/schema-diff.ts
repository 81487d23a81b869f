import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import type { DataProblem } from "../migration/changes.js";
import type { StoredColumn } from "./stored-schema.js";

/**
 * Whether rows can be brought to new columns without losing or inventing anything: added columns with a default, longer
 * texts and further enum values are no obstacle.
 */
export function onlyAdds(
  codec: ComponentCodec,
  stored: readonly StoredColumn[],
  wanted: readonly StoredColumn[],
): boolean {
  const areKept = stored.every((column) => {
    const next = wanted.find(({ name }) => name === column.name);
    return next !== undefined && hasRoomFor(column, next);
  });
  return (
    areKept && wanted.every(({ name }) => stored.some((column) => column.name === name) || hasDefault(codec, name))
  );
}

/** Two rows stand in the way of a unique index. @param ids Of the rows. */
export function duplicatesOf(table: string, index: IndexCodec, ids: readonly [bigint, bigint]): DataProblem {
  return {
    component: table,
    member: index.name,
    description: `${table} would be unique by ${index.name}, but rows ${ids[0]} and ${ids[1]} have the same values`,
    allow: [],
  };
}

/** A row stands in the way of an index. @param id Of the row. */
export function notANumberOf(table: string, index: IndexCodec, id: bigint): DataProblem {
  return {
    component: table,
    member: index.name,
    description: `${table} would have an index on ${index.name}, in which the NaN of row ${id} has no place`,
    allow: [],
  };
}

function hasDefault(codec: ComponentCodec, name: string): boolean {
  return codec.columns.find((column) => column.name === name)?.default !== undefined;
}

function hasRoomFor(stored: StoredColumn, wanted: StoredColumn): boolean {
  if (stored.storage !== wanted.storage) return false;
  if (stored.values !== undefined && wanted.values !== undefined) {
    return Object.entries(stored.values).every(([name, value]) => wanted.values?.[name] === value);
  }
  return stored.type === wanted.type || lengthOf(stored.type) <= lengthOf(wanted.type);
}

/** The `N` of `string(N)` and `bytes(N)`; `NaN`, which compares with nothing, for other types. */
function lengthOf(type: string): number {
  return Number(/^(?:string|bytes)\((\d+)\)$/.exec(type)?.[1]);
}
