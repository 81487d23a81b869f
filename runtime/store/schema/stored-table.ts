import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import { packedOrder, storedColumn, type StoredColumn, type StoredIndex, type StoredTable } from "./stored-schema.js";

/** The indexes that have a space of their own: all but the one on `id`. */
export function secondaryIndexes(codec: ComponentCodec): readonly IndexCodec[] {
  return codec.indexes.slice(1);
}

/** How a new table is stored. @param newSpace gives a number that nothing has used. */
export function newTable(codec: ComponentCodec, newSpace: () => number): StoredTable {
  const indexes: Record<string, StoredIndex> = {};
  const space = newSpace();
  for (const { name, unique } of secondaryIndexes(codec)) indexes[name] = { space: newSpace(), unique };
  return {
    component: codec.name,
    volatile: codec.volatile,
    space,
    columns: codec.columns.map((column) => storedColumn(column)),
    indexes,
  };
}

/** Whether values of one column may stand in the other, both ways. */
export function sameColumn(a: StoredColumn, b: StoredColumn): boolean {
  if (a.name !== b.name || a.storage !== b.storage) return false;
  const [left, right] = [a.values, b.values];
  if (left === undefined || right === undefined) return left === right && a.type === b.type;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}

/** Whether rows with these columns have the same bytes with the same meaning. */
export function sameColumns(a: readonly StoredColumn[], b: readonly StoredColumn[]): boolean {
  const [left, right] = [packedOrder(a), packedOrder(b)];
  return (
    left.length === right.length &&
    left.every((column, i) => {
      const other = right[i];
      return other !== undefined && sameColumn(column, other);
    })
  );
}
