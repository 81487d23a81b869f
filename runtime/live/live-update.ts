import type { Row } from "../codegen/row.js";
import { writeDelta } from "../wire/hetu2/delta.js";
import { writeUpdate } from "../wire/hetu2/server-frames.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import { type Cells, mergeCells } from "./cells.js";
import type { LiveUpdate } from "./contract.js";

const writer = new MessagePackWriter(4096);

/** An update that all subscribers of one id and one kind of reader share. */
export class SharedUpdate implements LiveUpdate {
  readonly subscription: string;
  readonly number: number;
  readonly position: number;
  readonly #cells: Cells;
  #rows: ReadonlyMap<bigint, Row | undefined> | undefined;
  #hetu1: Uint8Array | undefined;
  #hetu2: Uint8Array | undefined;
  #hetu2Frame: Uint8Array | undefined;
  /** The last merge: readers that lag behind at the same place all ask for the same one. */
  #merged: { readonly next: LiveUpdate; readonly result: SharedUpdate } | undefined;

  constructor(subscription: string, number: number, position: number, cells: Cells) {
    this.subscription = subscription;
    this.number = number;
    this.position = position;
    this.#cells = cells;
  }

  get rows(): ReadonlyMap<bigint, Row | undefined> {
    return (this.#rows ??= new Map(Array.from(this.#cells, ([id, cell]) => [id, cell.after?.row])));
  }

  hetu1(): Uint8Array {
    return (this.#hetu1 ??= encodeHetu1(this.subscription, this.#cells));
  }

  hetu2(): Uint8Array {
    return (this.#hetu2 ??= encodeHetu2(this.number, this.#cells));
  }

  hetu2Frame(): Uint8Array {
    return (this.#hetu2Frame ??= writeUpdate(this.position, [this.hetu2()]));
  }

  merge(next: LiveUpdate): LiveUpdate {
    if (this.#merged?.next === next) return this.#merged.result;
    if (!(next instanceof SharedUpdate))
      throw new TypeError("An update can be merged only with one of the same engine.");
    const cells = mergeCells(this.#cells, next.#cells);
    const result = new SharedUpdate(this.subscription, this.number, next.position, cells);
    this.#merged = { next, result };
    return result;
  }
}

function encodeHetu1(subscription: string, cells: Cells): Uint8Array {
  writer.reset();
  writer.arrayHeader(3);
  writer.string("updt");
  writer.string(subscription);
  writer.mapHeader(cells.size);
  for (const [id, { after, reader }] of cells) {
    writer.bigint(id);
    if (after === undefined) writer.nil();
    else writer.raw(after.form(reader));
  }
  return writer.finish();
}

/** The number and the delta; nothing at all when no cell says anything on hetu.2. */
function encodeHetu2(number: number, cells: Cells): Uint8Array {
  const updates: Uint8Array[] = [];
  const inserts: Uint8Array[] = [];
  const deletes: bigint[] = [];
  for (const [id, { after, audience, mask }] of cells) {
    if (after === undefined) deletes.push(id);
    else if (mask === undefined) inserts.push(after.array(audience));
    else if (mask !== 0) updates.push(after.partial(mask));
  }
  if (updates.length + inserts.length + deletes.length === 0) return NOTHING;
  writer.reset();
  writer.int(number);
  writeDelta(writer, updates, inserts, deletes);
  return writer.finish();
}

const NOTHING = new Uint8Array(0);
