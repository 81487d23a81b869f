import type { Row } from "../codegen/row.js";
import type { RangeScan } from "../store/contract.js";
import { keyText } from "../store/key-text.js";
import type { OwnKeys } from "./own-keys.js";
import type { TrackedRow } from "./tracked-row.js";

interface Placed {
  readonly text: string;
  readonly row: Row;
}

/**
 * What a scan gives when the transaction's own writes count: rows that it has changed or deleted leave their stored
 * places, and those whose keys are within the bounds now come in where they belong.
 * @param stored Rows of the store in the order of the scan, at least as many as the limit that no write has touched.
 * @param written With keys up to date.
 */
export function mergeOwn(
  scan: RangeScan,
  stored: readonly TrackedRow[],
  written: readonly TrackedRow[],
  own: OwnKeys,
): Row[] {
  const untouched: Row[] = [];
  for (const { state, row } of stored) {
    if (state === "read" && row !== undefined) untouched.push(row);
  }
  const { limit, desc } = scan;
  const added = within(scan, written, own);
  if (added.length === 0) return untouched.length <= limit ? untouched : untouched.slice(0, limit);
  const before = (a: Placed, b: Placed): boolean => {
    if (a.text !== b.text) return a.text < b.text !== desc;
    return a.row.id < b.row.id !== desc;
  };
  added.sort((a, b) => (before(a, b) ? -1 : 1));
  const codec = scan.table.codec.indexes[scan.index];
  const rows: Row[] = [];
  let next = 0;
  for (const row of untouched) {
    const placed: Placed = { text: codec === undefined ? "" : keyText(codec.key(row)), row };
    while (next < added.length && before(added[next] as Placed, placed)) rows.push((added[next++] as Placed).row);
    rows.push(row);
  }
  while (next < added.length) rows.push((added[next++] as Placed).row);
  return rows.length <= limit ? rows : rows.slice(0, limit);
}

function within(scan: RangeScan, written: readonly TrackedRow[], own: OwnKeys): Placed[] {
  const lower = keyText(scan.lower);
  const upper = scan.upper === undefined ? undefined : keyText(scan.upper);
  const placed: Placed[] = [];
  for (const tracked of written) {
    const text = own.text(scan.index, tracked);
    if (text === undefined || text < lower || (upper !== undefined && text >= upper)) continue;
    placed.push({ text, row: tracked.row as Row });
  }
  return placed;
}
