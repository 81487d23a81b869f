import { ByteReader } from "../codegen/byte-reader.js";
import { ByteWriter } from "../codegen/byte-writer.js";
import { sameBytes } from "../codegen/compare.js";
import type { Row } from "../codegen/row.js";
import type { Audience, ComponentCodec } from "../schema/component.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";

/**
 * Who rows are encoded for: `admin` and `public` get the same form of every row; a user id gets the owner's form of
 * the rows that belong to that user and the public form of the others.
 */
export type Reader = "admin" | "public" | bigint;

const writer = new MessagePackWriter(512);
const reader = new ByteReader(new Uint8Array(8));
const packed = [new ByteWriter(512), new ByteWriter(512)] as const;

/** One state of one row, with its encoded forms. Each is made when it is first asked for and shared by all queries. */
export class RowView {
  readonly row: Row;
  /** `undefined` when the component has no owner. */
  readonly owner: bigint | undefined;
  readonly #codec: ComponentCodec;
  /** Maps of hetu.1. */
  #public: Uint8Array | undefined;
  #owner: Uint8Array | undefined;
  #admin: Uint8Array | undefined;
  /** Arrays of hetu.2. */
  #publicArray: Uint8Array | undefined;
  #ownerArray: Uint8Array | undefined;
  /** The last partial update, for the next query that asks for the same. */
  #partial: { readonly mask: number; readonly bytes: Uint8Array } | undefined;

  constructor(codec: ComponentCodec, row: Row) {
    this.row = row;
    this.#codec = codec;
    this.owner = codec.hasHiddenColumns ? codec.ownerOf(row) : undefined;
  }

  /** Whether another state of the row has the same values in all columns. */
  sameRow(other: RowView): boolean {
    const [ours, theirs] = packed;
    this.#codec.encode(this.row, ours.reset());
    other.#codec.encode(other.row, theirs.reset());
    return sameBytes(ours.peek(), theirs.peek());
  }

  /** The same state in the hands of another codec of the same columns. */
  under(codec: ComponentCodec): RowView {
    const view = new RowView(codec, convertRow(this.#codec, codec, this.row));
    view.#public = this.#public;
    view.#owner = this.#owner;
    view.#admin = this.#admin;
    view.#publicArray = this.#publicArray;
    view.#ownerArray = this.#ownerArray;
    return view;
  }

  /** What the reader may see of the row. */
  audience(reader: Reader): Audience {
    if (reader === "admin" || reader === "public") return reader;
    return reader === this.owner ? "owner" : "public";
  }

  /** The row as a MessagePack map, with the columns that the reader may get: its form on hetu.1. */
  form(reader: Reader): Uint8Array {
    if (reader === "admin") return (this.#admin ??= this.#encode("admin"));
    if (reader === "public" || reader !== this.owner) return (this.#public ??= this.#encode("public"));
    return (this.#owner ??= this.#encode("owner"));
  }

  /** Whether rows of its component travel on hetu.2. */
  get travels(): boolean {
    return this.#codec.array !== undefined;
  }

  /** The row as hetu.2 has it, where admins get what owners do. */
  array(audience: Audience): Uint8Array {
    if (audience === "public") return (this.#publicArray ??= this.#encodeArray("public"));
    return (this.#ownerArray ??= this.#encodeArray("owner"));
  }

  /** `[mask, id, values…]` of hetu.2. @param mask as {@link changedColumns} gave it. */
  partial(mask: number): Uint8Array {
    if (this.#partial?.mask === mask) return this.#partial.bytes;
    writer.reset();
    writer.arrayHeader(2 + bitCount(mask));
    writer.int(mask);
    writer.bigint(this.row.id);
    this.#codec.array?.writeColumns?.(this.row, mask, writer);
    const bytes = writer.finish();
    this.#partial = { mask, bytes };
    return bytes;
  }

  /** The columns of hetu.2 in which a state of the same row differs; `undefined` when columns cannot be told apart. */
  changedColumns(before: RowView, audience: Audience): number | undefined {
    return before.#codec === this.#codec ? this.#codec.array?.changed?.(before.row, this.row, audience) : undefined;
  }

  #encode(audience: Audience): Uint8Array {
    this.#codec.writeMap(this.row, writer.reset(), audience);
    return writer.finish();
  }

  #encodeArray(audience: Audience): Uint8Array {
    const { array, name } = this.#codec;
    if (array === undefined) throw new TypeError(`rows of ${name} do not travel on hetu.2`);
    array.writeRow(this.row, writer.reset(), audience);
    return writer.finish();
  }
}

/** A row as the class of another codec of the same columns, by way of its bytes. */
export function convertRow(from: ComponentCodec, to: ComponentCodec, row: Row): Row {
  const [bytes] = packed;
  from.encode(row, bytes.reset());
  return to.decode(row.id, row.$version, reader.reset(bytes.finish()));
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
