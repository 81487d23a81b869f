import { ByteWriter } from "../../../codegen/byte-writer.js";
import type { RowChange } from "../../contract.js";
import { ABSENT, FEED_FORMAT, HAS_AFTER, HAS_BEFORE, MAX_TOKEN_BYTES, NONCE_AT } from "./entry-format.js";
import type { FeedTables } from "./feed-tables.js";
import { NO_NONCE, NonceSource } from "./nonce.js";

/** Which process wrote an entry, and under which registration. */
export interface FeedWriter {
  readonly worker: number;
  /** At most 255 bytes. */
  readonly token: Uint8Array;
}

/** Puts entries together. One writer serves them all, one after the other. */
export class EntryEncoder {
  readonly #writer = new EntryWriter(1 << 16);
  readonly #nonces = new NonceSource();
  readonly #rows: number[] = [];
  #tables: FeedTables;

  constructor(tables: FeedTables) {
    this.#tables = tables;
  }

  /** Exchanges the tables, whose spaces stay the same, for those of other code. */
  use(tables: FeedTables): void {
    this.#tables = tables;
  }

  /**
   * Where the packed `after` rows of the entry that was encoded last are in it: start and end for each change, in
   * their order; 0 and 0 for deleted rows. Valid until the next one.
   */
  get rows(): readonly number[] {
    return this.#rows;
  }

  /**
   * @param number of the commit among those of the writer's process: 1, 2, 3 …
   * @returns bytes of its own, which begin with the format and the nonce. commit.lua puts the nonce of the previous
   * entry before them.
   */
  encode(
    { worker, token }: FeedWriter,
    number: number,
    changes: readonly RowChange[],
    message: Uint8Array | undefined,
  ): Buffer {
    if (token.length > MAX_TOKEN_BYTES) throw new RangeError(`the writer's token has ${token.length} bytes, not 255`);
    const writer = this.#writer;
    writer.reset();
    writer.u8(FEED_FORMAT);
    writer.raw(NO_NONCE);
    writer.u16(worker);
    writer.u8(token.length);
    writer.raw(token);
    writer.f64(number);
    writer.u32(message === undefined ? ABSENT : message.length);
    if (message !== undefined) writer.raw(message);
    this.#rows.length = 0;
    for (const change of changes) this.#change(change);
    const entry = writer.copy();
    this.#nonces.fill(entry, NONCE_AT);
    return entry;
  }

  #change({ table, id, before, after }: RowChange): void {
    const writer = this.#writer;
    const start = writer.length;
    writer.u32(0);
    writer.u16(this.#tables.spaceOf(table));
    writer.i64(id);
    writer.u8((before === undefined ? 0 : HAS_BEFORE) | (after === undefined ? 0 : HAS_AFTER));
    if (before !== undefined) {
      writer.f64(before.$version);
      table.codec.encode(before, writer);
    }
    if (after === undefined) {
      this.#rows.push(0, 0);
    } else {
      const row = writer.length;
      table.codec.encode(after, writer);
      this.#rows.push(row, writer.length);
    }
    writer.setU32(start, writer.length - start - 4);
  }
}

class EntryWriter extends ByteWriter {
  /** Writes over what was written at `at`. */
  setU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  copy(): Buffer {
    const result = Buffer.allocUnsafe(this.position);
    result.set(this.bytes.subarray(0, this.position));
    return result;
  }
}
