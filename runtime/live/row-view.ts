import type { Row } from "../codegen/row.js";
import type { Audience, ComponentCodec } from "../schema/component.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";

/**
 * Who rows are encoded for: `admin` and `public` get the same form of every row; a user id gets the owner's form of
 * the rows that belong to that user and the public form of the others.
 */
export type Reader = "admin" | "public" | bigint;

const writer = new MessagePackWriter(512);

/** One state of one row, with its encoded forms. Each is made when it is first asked for and shared by all queries. */
export class RowView {
  readonly row: Row;
  /** `undefined` when the component has no owner. */
  readonly owner: bigint | undefined;
  readonly #codec: ComponentCodec;
  #public: Uint8Array | undefined;
  #owner: Uint8Array | undefined;
  #admin: Uint8Array | undefined;

  constructor(codec: ComponentCodec, row: Row) {
    this.row = row;
    this.#codec = codec;
    this.owner = codec.hasHiddenColumns ? codec.ownerOf(row) : undefined;
  }

  /** The row as a MessagePack map, with the columns that the reader may get. */
  form(reader: Reader): Uint8Array {
    if (reader === "admin") return (this.#admin ??= this.#encode("admin"));
    if (reader === "public" || reader !== this.owner) return (this.#public ??= this.#encode("public"));
    return (this.#owner ??= this.#encode("owner"));
  }

  #encode(audience: Audience): Uint8Array {
    this.#codec.writeMap(this.row, writer.reset(), audience);
    return writer.finish();
  }
}

/** Whether a reader gets the same bytes for both states. */
export function sameForm(a: RowView, b: RowView, reader: Reader): boolean {
  return a === b || Buffer.compare(a.form(reader), b.form(reader)) === 0;
}
