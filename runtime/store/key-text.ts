/** Up to this length a call with the bytes as arguments is the fastest way; beyond, the platform's decoder. */
const SHORT_KEY = 64;

/** Key bytes as a string of one character a byte: the same order as `memcmp`, hashable, quick to compare. */
export function keyText(bytes: Uint8Array): string {
  if (bytes instanceof Buffer) return bytes.toString("latin1");
  if (bytes.length <= SHORT_KEY) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
