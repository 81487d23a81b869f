import type { MessagePackWriter } from "../message-pack-writer.js";
import { WireError } from "../wire-error.js";
import { list, natural, rowId } from "./values.js";

/** A row: its id, then the columns in the order of the description. */
export type ArrayRow = readonly unknown[];

/** The columns of one row that have changed. */
export interface PartialUpdate {
  readonly id: bigint;
  /** Bit *i* (0 to 31) stands for column *i* of the description, `id` not counted; unsigned. */
  readonly mask: number;
  /** As many as the mask has bits, lowest bit first. */
  readonly values: readonly unknown[];
}

/** What separates two states of a subscription. */
export interface Delta {
  readonly updates: readonly PartialUpdate[];
  /** Whole rows; also of rows that the reader has. */
  readonly inserts: readonly ArrayRow[];
  readonly deletes: readonly bigint[];
}

const NONE: Delta = { updates: [], inserts: [], deletes: [] };

/** @throws WireError when it has another shape; what is behind the three lists is ignored. */
export function readDelta(value: unknown): Delta {
  const [updates, inserts, deletes] = list(value, "a delta");
  if (updates === undefined) return NONE;
  return {
    updates: list(updates, "the updates of a delta").map(readUpdate),
    inserts: inserts === undefined ? [] : readRows(inserts),
    deletes:
      deletes === undefined ? [] : list(deletes, "the deletes of a delta").map((id) => rowId(id, "a deleted row's id")),
  };
}

/** @throws WireError when they are not arrays. */
export function readRows(value: unknown): ArrayRow[] {
  return list(value, "a list of rows").map((row) => list(row, "a row"));
}

/** The number of columns that a mask names. */
export function maskLength(mask: number): number {
  // Counted by pairs, then nibbles, then bytes: Warren, Hacker's Delight, 5-1.
  let bits = mask - ((mask >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

function readUpdate(value: unknown): PartialUpdate {
  const [mask, id, ...values] = list(value, "an update of a row");
  const bits = natural(mask, "the mask of an update");
  if (bits > 0xffff_ffff) throw new WireError("the mask of an update has more than 32 bits");
  if (values.length !== maskLength(bits)) {
    throw new WireError(`an update of a row has ${values.length} values for ${maskLength(bits)} columns`);
  }
  return { id: rowId(id, "an updated row's id"), mask: bits, values };
}

/**
 * Writes a delta out of parts that are encoded already; empty lists at its end are left out.
 *
 * @param updates `[mask, id, values…]` each.
 * @param inserts rows.
 */
export function writeDelta(
  writer: MessagePackWriter,
  updates: readonly Uint8Array[],
  inserts: readonly Uint8Array[],
  deletes: readonly bigint[],
): void {
  const lists = deletes.length > 0 ? 3 : inserts.length > 0 ? 2 : updates.length > 0 ? 1 : 0;
  writer.arrayHeader(lists);
  if (lists > 0) writeParts(writer, updates);
  if (lists > 1) writeParts(writer, inserts);
  if (lists > 2) {
    writer.arrayHeader(deletes.length);
    for (const id of deletes) writer.bigint(id);
  }
}

/** An array of values that are encoded already. */
export function writeParts(writer: MessagePackWriter, parts: readonly Uint8Array[]): void {
  writer.arrayHeader(parts.length);
  for (const part of parts) writer.raw(part);
}
