import { ByteWriter } from "../../codegen/byte-writer.js";
import { writeRow } from "../row-bytes.js";
import type { StoredWrite } from "./journal-record.js";
import { rowKey } from "./key-space.js";
import type { KeyEntry, RowEntry } from "./table-state.js";

const NO_VALUE = new Uint8Array(0);

/** Turns entries of the overlay into what LMDB stores. */
export class EntryEncoder {
  readonly #writer = new ByteWriter(1 << 16);

  /** Starts over: the values given so far are not needed any more. */
  reset(): void {
    this.#writer.reset();
  }

  /** Version and packed row under the key of the row. The value is valid until {@link reset}. */
  row({ table, id, row }: RowEntry): StoredWrite {
    const key = rowKey(table.space, id);
    if (row === undefined) return { key, value: undefined };
    const writer = this.#writer;
    const start = writer.length;
    writeRow(table.codec, row, writer);
    return { key, value: writer.peek().subarray(start) };
  }

  /** Unique keys lead to the id of their row; others have it in them. */
  key({ index, bytes, id, present }: KeyEntry): StoredWrite {
    if (!present) return { key: bytes, value: undefined };
    if (!index.codec.unique) return { key: bytes, value: NO_VALUE };
    const writer = this.#writer;
    const start = writer.length;
    writer.i64(id);
    return { key: bytes, value: writer.peek().subarray(start) };
  }
}
