import { GrowingBytes } from "../wire/growing-bytes.js";

const TWO_32 = 0x1_0000_0000;

/**
 * Writes packed rows: little-endian columns of a fixed width, then texts and bytes behind their length in LEB128.
 * Which column comes where is the generated codec's business.
 */
export class ByteWriter extends GrowingBytes {
  bool(value: boolean): void {
    this.reserve(1);
    this.bytes[this.position++] = value ? 1 : 0;
  }

  i8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  i16(value: number): void {
    this.reserve(2);
    this.view.setInt16(this.position, value, true);
    this.position += 2;
  }

  u16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.position, value, true);
    this.position += 2;
  }

  i32(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.position, value, true);
    this.position += 4;
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  i64(value: bigint): void {
    this.reserve(8);
    this.view.setBigInt64(this.position, value, true);
    this.position += 8;
  }

  u64(value: bigint): void {
    this.reserve(8);
    this.view.setBigUint64(this.position, value, true);
    this.position += 8;
  }

  f32(value: number): void {
    this.reserve(4);
    this.view.setFloat32(this.position, value, true);
    this.position += 4;
  }

  f64(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /** Whole milliseconds, as an `i64`. */
  timestamp(value: number): void {
    this.reserve(8);
    this.view.setUint32(this.position, value >>> 0, true);
    this.view.setInt32(this.position + 4, Math.floor(value / TWO_32), true);
    this.position += 8;
  }

  string(value: string): void {
    this.reserve(5 + value.length * 3);
    if (this.shortAscii(value, this.position + 1)) {
      this.bytes[this.position] = value.length;
      this.position += 1 + value.length;
      return;
    }
    // Encoded behind the longest length; moved back when a shorter one will do.
    const start = this.position;
    const length = this.utf8(value, start + 5);
    this.length128(length);
    this.bytes.copyWithin(this.position, start + 5, start + 5 + length);
    this.position += length;
  }

  blob(value: Uint8Array): void {
    this.reserve(5 + value.length);
    this.length128(value.length);
    this.bytes.set(value, this.position);
    this.position += value.length;
  }

  private length128(length: number): void {
    let rest = length;
    while (rest > 0x7f) {
      this.bytes[this.position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.position++] = rest;
  }
}
