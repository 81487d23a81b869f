import { sameBytes } from "../codegen/compare.js";
import type { Audience } from "../schema/component.js";
import type { Reader, RowView } from "./row-view.js";
import type { Delta } from "./window.js";

/** What an update says of one row to one kind of reader. */
export interface Cell {
  /** `undefined`: the row is gone. */
  readonly after: RowView | undefined;
  readonly reader: Reader;
  readonly audience: Audience;
  /**
   * The columns of hetu.2 that differ from what the reader has; 0 when only what does not travel there does;
   * `undefined`: the whole row is to be sent.
   */
  readonly mask: number | undefined;
  /** The reader did not have the row before. */
  readonly fresh: boolean;
}

export type Cells = ReadonlyMap<bigint, Cell>;

/** The cells of a change for one kind of reader; rows that look the same to it are left out. */
export function cellsOf(deltas: readonly Delta[], reader: Reader): Cells {
  const cells = new Map<bigint, Cell>();
  for (const { id, before, after } of deltas) {
    const cell = cellOf(before, reader, after, reader);
    if (cell !== undefined) cells.set(id, cell);
  }
  return cells;
}

/** The cells that lead from one view, as one kind of reader has it, to another. */
export function difference(
  before: ReadonlyMap<bigint, RowView>,
  had: Reader,
  after: ReadonlyMap<bigint, RowView>,
  gets: Reader,
): Cells {
  const cells = new Map<bigint, Cell>();
  for (const [id, view] of before) {
    const cell = cellOf(view, had, after.get(id), gets);
    if (cell !== undefined) cells.set(id, cell);
  }
  for (const [id, view] of after) {
    if (!before.has(id)) cells.set(id, wholeRow(view, gets, true));
  }
  return cells;
}

/** The cells of one change followed by those of another to the same reader. */
export function mergeCells(first: Cells, next: Cells): Cells {
  const cells = new Map(first);
  for (const [id, cell] of next) {
    const earlier = cells.get(id);
    const fresh = earlier?.fresh ?? cell.fresh;
    // Whoever gets the merged update never had the row: nothing to tell.
    if (fresh && cell.after === undefined) cells.delete(id);
    else if (earlier === undefined) cells.set(id, cell);
    else cells.set(id, { ...cell, fresh, mask: unitedMask(earlier, cell) });
  }
  return cells;
}

function cellOf(before: RowView | undefined, had: Reader, after: RowView | undefined, gets: Reader): Cell | undefined {
  if (after === undefined) {
    return { after, reader: gets, audience: "public", mask: undefined, fresh: before === undefined };
  }
  if (before === undefined) return wholeRow(after, gets, true);
  if (before === after && had === gets) return undefined;
  const audience = after.audience(gets);
  const mask = maskOf(before, before.audience(had), after, audience);
  // Admins see columns on hetu.1 that no mask knows of.
  const admin = had === "admin" || gets === "admin";
  if (mask === 0 && !admin) return undefined;
  if ((mask === 0 || mask === undefined) && sameBytes(before.form(had), after.form(gets))) return undefined;
  return { after, reader: gets, audience, mask, fresh: false };
}

function maskOf(before: RowView, had: Audience, after: RowView, gets: Audience): number | undefined {
  const mask = had === gets ? after.changedColumns(before, gets) : undefined;
  if (mask !== undefined || !after.travels || !before.travels) return mask;
  return sameBytes(before.array(had), after.array(gets)) ? 0 : undefined;
}

function wholeRow(after: RowView, reader: Reader, fresh: boolean): Cell {
  return { after, reader, audience: after.audience(reader), mask: undefined, fresh };
}

function unitedMask(first: Cell, next: Cell): number | undefined {
  if (first.mask === undefined || next.mask === undefined || first.audience !== next.audience) return undefined;
  return (first.mask | next.mask) >>> 0;
}
