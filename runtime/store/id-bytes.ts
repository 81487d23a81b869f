export const ID_BYTES = 8;

const scratch = Buffer.alloc(ID_BYTES);
const scratchView = new DataView(scratch.buffer, scratch.byteOffset, ID_BYTES);

/** Writes the id so that `memcmp` orders it: big-endian, sign bit flipped. */
export function writeId(target: Uint8Array, offset: number, id: bigint): void {
  scratchView.setBigInt64(0, id);
  target[offset] = (scratch[0] as number) ^ 0x80;
  for (let i = 1; i < ID_BYTES; i++) target[offset + i] = scratch[i] as number;
}

/** Reads what {@link writeId} wrote. */
export function readId(bytes: Uint8Array, offset: number): bigint {
  for (let i = 0; i < ID_BYTES; i++) scratch[i] = bytes[offset + i] as number;
  scratch[0] = (scratch[0] as number) ^ 0x80;
  return scratchView.getBigInt64(0);
}

/** The id alone. */
export function idBytes(id: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(ID_BYTES);
  writeId(bytes, 0, id);
  return bytes;
}

/** A key of an index and the id behind it: unique, and in the order of the keys, then of the ids. */
export function keyAndId(key: Uint8Array, id: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(key.length + ID_BYTES);
  bytes.set(key, 0);
  writeId(bytes, key.length, id);
  return bytes;
}
