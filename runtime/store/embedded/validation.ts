import type { RangeRead, ReadSet, Table } from "../contract.js";
import type { EmbeddedReader } from "./reader.js";
import type { IndexState, TableState } from "./table-state.js";

/** The table of the first read that is not true any more. A table or index that has not changed since needs no look. */
export function conflictIn(reads: ReadSet, tables: readonly TableState[], reader: EmbeddedReader): Table | undefined {
  for (const read of reads.rows) {
    const table = tables[read.table.ordinal] as TableState;
    if (table.position <= read.position) continue;
    if (reader.version(table, read.id) !== read.version) return table;
  }
  for (const read of reads.keys) {
    const index = indexOf(tables, read.table, read.index);
    if (index.position <= read.position) continue;
    if (reader.find(index, read.key) !== undefined) return read.table;
  }
  for (const read of reads.ranges) {
    const index = indexOf(tables, read.scan.table, read.scan.index);
    if (index.position <= read.position) continue;
    if (!sameIds(reader.ids(read.scan, index), read)) return read.scan.table;
  }
  return undefined;
}

/** The newest commit that any of the reads may depend on; they are known to be valid. */
export function newestSeen(reads: ReadSet, tables: readonly TableState[]): number {
  let newest = 0;
  for (const { table } of reads.rows) newest = Math.max(newest, (tables[table.ordinal] as TableState).position);
  for (const { table } of reads.keys) newest = Math.max(newest, (tables[table.ordinal] as TableState).position);
  for (const { scan } of reads.ranges) newest = Math.max(newest, (tables[scan.table.ordinal] as TableState).position);
  return newest;
}

function indexOf(tables: readonly TableState[], table: Table, index: number): IndexState {
  return (tables[table.ordinal] as TableState).indexes[index] as IndexState;
}

function sameIds(ids: readonly bigint[], read: RangeRead): boolean {
  return ids.length === read.ids.length && ids.every((id, i) => id === read.ids[i]);
}
