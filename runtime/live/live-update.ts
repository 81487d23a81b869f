import type { Row } from "../codegen/row.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { LiveUpdate } from "./contract.js";
import { type Reader, type RowView, sameForm } from "./row-view.js";
import type { Delta } from "./window.js";

/** What an update says of one row, as one kind of reader gets it. */
interface Cell {
  /** `undefined`, like `form`: the row is gone. */
  readonly row: Row | undefined;
  readonly form: Uint8Array | undefined;
  /** The reader did not have the row before. */
  readonly fresh: boolean;
}

export type Cells = ReadonlyMap<bigint, Cell>;

const writer = new MessagePackWriter(4096);

/** The cells of a change for one kind of reader; rows that look the same to it are left out. */
export function cellsOf(deltas: readonly Delta[], reader: Reader): Cells {
  const cells = new Map<bigint, Cell>();
  for (const { id, before, after } of deltas) {
    if (before !== undefined && after !== undefined && sameForm(before, after, reader)) continue;
    cells.set(id, cellOf(before, after, reader));
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
    const now = after.get(id);
    if (now !== undefined && Buffer.compare(view.form(had), now.form(gets)) === 0) continue;
    cells.set(id, cellOf(view, now, gets));
  }
  for (const [id, view] of after) {
    if (!before.has(id)) cells.set(id, cellOf(undefined, view, gets));
  }
  return cells;
}

function cellOf(before: RowView | undefined, after: RowView | undefined, reader: Reader): Cell {
  return { row: after?.row, form: after?.form(reader), fresh: before === undefined };
}

/** An update that all subscribers of one id and one kind of reader share. */
export class SharedUpdate implements LiveUpdate {
  readonly subscription: string;
  readonly position: number;
  readonly #cells: Cells;
  #rows: ReadonlyMap<bigint, Row | undefined> | undefined;
  #bytes: Uint8Array | undefined;
  /** The last merge: readers that lag behind at the same place all ask for the same one. */
  #merged: { readonly next: LiveUpdate; readonly result: SharedUpdate } | undefined;

  constructor(subscription: string, position: number, cells: Cells) {
    this.subscription = subscription;
    this.position = position;
    this.#cells = cells;
  }

  get rows(): ReadonlyMap<bigint, Row | undefined> {
    return (this.#rows ??= new Map(Array.from(this.#cells, ([id, cell]) => [id, cell.row])));
  }

  hetu1(): Uint8Array {
    return (this.#bytes ??= encodeUpdate(this.subscription, this.#cells));
  }

  merge(next: LiveUpdate): LiveUpdate {
    if (this.#merged?.next === next) return this.#merged.result;
    if (!(next instanceof SharedUpdate))
      throw new TypeError("An update can be merged only with one of the same engine.");
    const cells = new Map(this.#cells);
    for (const [id, cell] of next.#cells) {
      const fresh = cells.get(id)?.fresh ?? cell.fresh;
      // Whoever gets the merged update never had the row: nothing to tell.
      if (fresh && cell.row === undefined) cells.delete(id);
      else cells.set(id, { ...cell, fresh });
    }
    const result = new SharedUpdate(this.subscription, next.position, cells);
    this.#merged = { next, result };
    return result;
  }
}

function encodeUpdate(subscription: string, cells: Cells): Uint8Array {
  writer.reset();
  writer.arrayHeader(3);
  writer.string("updt");
  writer.string(subscription);
  writer.mapHeader(cells.size);
  for (const [id, { form }] of cells) {
    writer.bigint(id);
    if (form === undefined) writer.nil();
    else writer.raw(form);
  }
  return writer.finish();
}

/** `["sub", id, row]` for a `get`, `["sub", id, rows]` for a `range`. */
export function encodeSnapshot(subscription: string, kind: "get" | "range", forms: readonly Uint8Array[]): Uint8Array {
  writer.reset();
  writer.arrayHeader(3);
  writer.string("sub");
  writer.string(subscription);
  if (kind === "range") writer.arrayHeader(forms.length);
  for (const form of forms) writer.raw(form);
  return writer.finish();
}
