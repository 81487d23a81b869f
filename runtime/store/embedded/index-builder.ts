import { ByteReader } from "../../codegen/byte-reader.js";
import { ByteWriter } from "../../codegen/byte-writer.js";
import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import { readId } from "../id-bytes.js";
import { indexEntryKey, SPACE_BYTES, spaceKey } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";

/** Rows that an index cannot hold: two under one key of a unique one, or one with NaN, which has no place in an order. */
export type IndexObstacle =
  | { readonly kind: "duplicates"; readonly ids: readonly [bigint, bigint] }
  | { readonly kind: "not a number"; readonly id: bigint };

/**
 * Writes the keys of all rows into a new index. Call it in a write transaction.
 * @param rows Keys of the rows.
 * @returns the first rows that stand in the way.
 */
export function fillIndex(
  lmdb: Lmdb,
  codec: ComponentCodec,
  index: IndexCodec,
  space: number,
  rows: readonly Uint8Array[],
): IndexObstacle | undefined {
  const reader = new ByteReader(new Uint8Array(0));
  const writer = new ByteWriter();
  const floats = index.properties.filter((_, at) => {
    const column = codec.columns.find(({ name }) => name === index.columns[at]);
    return column !== undefined && /^f(?:32|64)$/.test(column.type);
  });
  for (const rowKey of rows) {
    const bytes = lmdb.getBinary(rowKey);
    if (bytes === undefined) continue;
    const id = readId(rowKey, SPACE_BYTES);
    reader.reset(bytes);
    const row = codec.decode(id, reader.f64(), reader);
    if (floats.length > 0) {
      const values = row.toObject();
      if (floats.some((property) => Number.isNaN(values[property]))) return { kind: "not a number", id };
    }
    const key = index.key(row);
    if (!index.unique) {
      void lmdb.put(indexEntryKey(space, key, id), new Uint8Array(0));
      continue;
    }
    const other = lmdb.getBinary(spaceKey(space, key));
    if (other !== undefined) {
      reader.reset(other);
      return { kind: "duplicates", ids: [reader.i64(), id] };
    }
    writer.i64(id);
    void lmdb.put(spaceKey(space, key), writer.finish());
  }
  return undefined;
}
