import { GrowingBytes } from "../wire/growing-bytes.js";

const TWO_32 = 0x1_0000_0000;

/**
 * Writes index keys: the order of the bytes under `memcmp` is the order of the values, column by column, and no key
 * is the beginning of another.
 *
 * Integers are big-endian with the sign bit flipped. Floats are their IEEE 754 bits: all flipped when negative, else
 * the sign bit (so that larger magnitudes sort outward), with `-0` written as `0`; NaN never gets here. Text is UTF-8,
 * whose byte order is code point order; a zero byte becomes `00 FF` and the end is `00 00`.
 */
export class KeyWriter extends GrowingBytes {
  bool(value: boolean): void {
    this.reserve(1);
    this.bytes[this.position++] = value ? 1 : 0;
  }

  i8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value + 0x80;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  i16(value: number): void {
    this.u16(value + 0x8000);
  }

  u16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.position, value);
    this.position += 2;
  }

  i32(value: number): void {
    this.u32(value + 0x8000_0000);
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value);
    this.position += 4;
  }

  i64(value: bigint): void {
    this.u64(value + 0x8000_0000_0000_0000n);
  }

  u64(value: bigint): void {
    this.reserve(8);
    this.view.setBigUint64(this.position, value);
    this.position += 8;
  }

  f32(value: number): void {
    this.reserve(4);
    const at = this.position;
    this.view.setFloat32(at, value === 0 ? 0 : value);
    const bits = this.view.getUint32(at);
    this.view.setUint32(at, bits >= 0x8000_0000 ? ~bits : bits + 0x8000_0000);
    this.position = at + 4;
  }

  f64(value: number): void {
    this.reserve(8);
    const at = this.position;
    this.view.setFloat64(at, value === 0 ? 0 : value);
    const high = this.view.getUint32(at);
    if (high >= 0x8000_0000) {
      this.view.setUint32(at, ~high);
      this.view.setUint32(at + 4, ~this.view.getUint32(at + 4));
    } else {
      this.view.setUint32(at, high + 0x8000_0000);
    }
    this.position = at + 8;
  }

  /** Whole milliseconds; ordered like an `i64`. */
  timestamp(value: number): void {
    this.reserve(8);
    this.view.setUint32(this.position, Math.floor(value / TWO_32) + 0x8000_0000);
    this.view.setUint32(this.position + 4, value >>> 0);
    this.position += 8;
  }

  string(value: string): void {
    this.reserve(value.length * 3 + 2);
    const start = this.position;
    const length = this.shortAscii(value, start) ? value.length : this.utf8(value, start);
    this.position = start + length;
    if (value.includes("\0")) this.#escapeZeros(start);
    this.reserve(2);
    this.bytes[this.position++] = 0;
    this.bytes[this.position++] = 0;
  }

  #escapeZeros(start: number): void {
    const text = this.bytes.slice(start, this.position);
    this.position = start;
    this.reserve(text.length * 2);
    for (const byte of text) {
      this.bytes[this.position++] = byte;
      if (byte === 0) this.bytes[this.position++] = 0xff;
    }
  }
}

const EMPTY = new Uint8Array(0);
const shared = new KeyWriter();

/** The writer that all generated codecs share; {@link KeyWriter.finish} copies the key out of it. */
export function startKey(): KeyWriter {
  return shared.reset();
}

/** The key that every key starts with: no bytes. */
export const emptyKey: Uint8Array = EMPTY;

/**
 * The smallest key that is larger than everything that starts with `prefix`: the exclusive upper bound of a prefix
 * scan, and the inclusive lower bound of what comes after the prefix.
 * @returns `undefined` when nothing can be larger (the prefix is empty or all `FF`).
 */
export function prefixSuccessor(prefix: Uint8Array): Uint8Array | undefined {
  let last = prefix.length - 1;
  while (last >= 0 && prefix[last] === 0xff) last--;
  if (last < 0) return undefined;
  // Not `slice`, which shares its memory where the prefix is a Buffer.
  const successor = new Uint8Array(prefix.subarray(0, last + 1));
  successor[last] = (prefix[last] as number) + 1;
  return successor;
}
