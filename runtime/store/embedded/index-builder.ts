import { ByteReader } from "../../codegen/byte-reader.js";
import { ByteWriter } from "../../codegen/byte-writer.js";
import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import { readId } from "../id-bytes.js";
import { indexEntryKey, SPACE_BYTES, spaceKey } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";

/**
 * Writes the keys of all rows into a new index. Call it in a write transaction.
 * @param rows Keys of the rows.
 * @returns ids of the first two rows that a unique index would have to hold under one key.
 */
export function fillIndex(
  lmdb: Lmdb,
  codec: ComponentCodec,
  index: IndexCodec,
  space: number,
  rows: readonly Uint8Array[],
): [bigint, bigint] | undefined {
  const reader = new ByteReader(new Uint8Array(0));
  const writer = new ByteWriter();
  for (const rowKey of rows) {
    const bytes = lmdb.getBinary(rowKey);
    if (bytes === undefined) continue;
    const id = readId(rowKey, SPACE_BYTES);
    reader.reset(bytes);
    const key = index.key(codec.decode(id, reader.f64(), reader));
    if (!index.unique) {
      void lmdb.put(indexEntryKey(space, key, id), new Uint8Array(0));
      continue;
    }
    const other = lmdb.getBinary(spaceKey(space, key));
    if (other !== undefined) {
      reader.reset(other);
      return [reader.i64(), id];
    }
    writer.i64(id);
    void lmdb.put(spaceKey(space, key), writer.finish());
  }
  return undefined;
}
