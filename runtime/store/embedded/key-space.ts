import { ID_BYTES, writeId } from "../id-bytes.js";

/** Every key starts with the number of its table or index, big-endian; 0 is the store's own data. */
export const SPACE_BYTES = 2;
export const META_SPACE = 0;
export const MAX_SPACE = 0xffff;

/** Keys of rows: space, then the id, big-endian with its sign flipped. */
export const ROW_KEY_BYTES = SPACE_BYTES + ID_BYTES;

const scratch = Buffer.alloc(ID_BYTES);
const scratchView = new DataView(scratch.buffer, scratch.byteOffset, ID_BYTES);

/** The id that an entry of a unique index has as its value: little-endian, as `ByteWriter.i64` writes it. */
export function readStoredId(bytes: Uint8Array): bigint {
  for (let i = 0; i < ID_BYTES; i++) scratch[i] = bytes[i] as number;
  return scratchView.getBigInt64(0, true);
}

/** All keys come from the pool of `Buffer`: a small array of its own would cost LMDB's binding far more. */
export function rowKey(space: number, id: bigint): Buffer {
  const key = startKey(space, ID_BYTES);
  writeId(key, SPACE_BYTES, id);
  return key;
}

/** A key of space `space` with this content. */
export function spaceKey(space: number, content: Uint8Array): Buffer {
  const key = startKey(space, content.length);
  key.set(content, SPACE_BYTES);
  return key;
}

/** A key of a non-unique index: space, the values' key, the id. */
export function indexEntryKey(space: number, content: Uint8Array, id: bigint): Buffer {
  const key = startKey(space, content.length + ID_BYTES);
  key.set(content, SPACE_BYTES);
  writeId(key, SPACE_BYTES + content.length, id);
  return key;
}

/** The first key behind a space. */
export function spaceEnd(space: number): Buffer {
  return startKey(space + 1, 0);
}

function startKey(space: number, contentBytes: number): Buffer {
  const key = Buffer.allocUnsafe(SPACE_BYTES + contentBytes);
  key[0] = space >> 8;
  key[1] = space & 0xff;
  return key;
}
