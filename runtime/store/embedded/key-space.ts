/** Every key starts with the number of its table or index, big-endian; 0 is the store's own data. */
export const SPACE_BYTES = 2;
export const META_SPACE = 0;
export const MAX_SPACE = 0xffff;

export const ID_BYTES = 8;

/** Keys of rows: space, then the id, big-endian with its sign flipped. */
export const ROW_KEY_BYTES = SPACE_BYTES + ID_BYTES;

/** Writes the id so that `memcmp` orders it: big-endian, sign bit flipped. */
export function writeId(view: DataView, offset: number, id: bigint): void {
  view.setBigInt64(offset, id);
  view.setUint8(offset, view.getUint8(offset) ^ 0x80);
}

export function readId(bytes: Uint8Array, offset: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, ID_BYTES);
  return BigInt.asIntN(64, view.getBigUint64(0) ^ 0x8000_0000_0000_0000n);
}

/** The id that an entry of a unique index has as its value: little-endian, as `ByteWriter.i64` writes it. */
export function readStoredId(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, ID_BYTES).getBigInt64(0, true);
}

export function rowKey(space: number, id: bigint): Uint8Array {
  return indexEntryKey(space, new Uint8Array(0), id);
}

/** A key of space `space` with this content. */
export function spaceKey(space: number, content: Uint8Array): Uint8Array {
  const key = new Uint8Array(SPACE_BYTES + content.length);
  key[0] = space >> 8;
  key[1] = space & 0xff;
  key.set(content, SPACE_BYTES);
  return key;
}

/** A key of a non-unique index: space, the values' key, the id. */
export function indexEntryKey(space: number, content: Uint8Array, id: bigint): Uint8Array {
  const key = new Uint8Array(SPACE_BYTES + content.length + ID_BYTES);
  key[0] = space >> 8;
  key[1] = space & 0xff;
  key.set(content, SPACE_BYTES);
  writeId(new DataView(key.buffer), SPACE_BYTES + content.length, id);
  return key;
}

/** The first key behind a space. */
export function spaceEnd(space: number): Uint8Array {
  return spaceKey(space + 1, new Uint8Array(0));
}

/** Key bytes as a string of one character a byte: the same order as `memcmp`, hashable, quick to compare. */
export function keyText(bytes: Uint8Array, start = 0): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start).toString("latin1");
}
