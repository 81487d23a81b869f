import { GrowingBytes } from "./growing-bytes.js";

const TWO_32 = 0x1_0000_0000;

/**
 * Writes MessagePack where the caller says what each value is, so that a whole number in a float column stays a
 * float64. Integers take the smallest form. Format: github.com/msgpack/msgpack/blob/master/spec.md.
 */
export class MessagePackWriter extends GrowingBytes {
  nil(): void {
    this.byte(0xc0);
  }

  bool(value: boolean): void {
    this.byte(value ? 0xc3 : 0xc2);
  }

  /** @param value A safe integer. */
  int(value: number): void {
    if (value >= 0) this.unsigned(value);
    else this.negative(value);
  }

  /** @param value From -2^63 to 2^64 - 1. */
  bigint(value: bigint): void {
    if (value >= -0x1f_ffff_ffff_ffffn && value <= 0x1f_ffff_ffff_ffffn) {
      this.int(Number(value));
      return;
    }
    this.reserve(9);
    if (value >= 0n) {
      this.bytes[this.position] = 0xcf;
      this.view.setBigUint64(this.position + 1, value);
    } else {
      this.bytes[this.position] = 0xd3;
      this.view.setBigInt64(this.position + 1, value);
    }
    this.position += 9;
  }

  /** @param value Rounded to the nearest float32. */
  float32(value: number): void {
    this.reserve(5);
    this.bytes[this.position] = 0xca;
    this.view.setFloat32(this.position + 1, value);
    this.position += 5;
  }

  float64(value: number): void {
    this.reserve(9);
    this.bytes[this.position] = 0xcb;
    this.view.setFloat64(this.position + 1, value);
    this.position += 9;
  }

  string(value: string): void {
    this.reserve(5 + value.length * 3);
    if (value.length < 32 && this.shortAscii(value, this.position + 1)) {
      this.bytes[this.position] = 0xa0 | value.length;
      this.position += 1 + value.length;
      return;
    }
    // Encoded behind the longest header; moved back when a shorter one will do.
    const start = this.position;
    const length = this.utf8(value, start + 5);
    if (length < 32) this.bytes[this.position++] = 0xa0 | length;
    else this.header(length, 0xd9, 0xda, 0xdb);
    if (this.position !== start + 5) this.bytes.copyWithin(this.position, start + 5, start + 5 + length);
    this.position += length;
  }

  bin(value: Uint8Array): void {
    this.reserve(5 + value.length);
    this.header(value.length, 0xc4, 0xc5, 0xc6);
    this.bytes.set(value, this.position);
    this.position += value.length;
  }

  /** `count` values follow. */
  arrayHeader(count: number): void {
    this.reserve(5);
    if (count < 16) this.bytes[this.position++] = 0x90 | count;
    else this.header(count, undefined, 0xdc, 0xdd);
  }

  /** `count` pairs of a key and a value follow. */
  mapHeader(count: number): void {
    this.reserve(5);
    if (count < 16) this.bytes[this.position++] = 0x80 | count;
    else this.header(count, undefined, 0xde, 0xdf);
  }

  private byte(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  private unsigned(value: number): void {
    this.reserve(9);
    const at = this.position;
    if (value < 0x80) {
      this.bytes[at] = value;
      this.position += 1;
    } else if (value < 0x100) {
      this.bytes[at] = 0xcc;
      this.bytes[at + 1] = value;
      this.position += 2;
    } else if (value < 0x1_0000) {
      this.bytes[at] = 0xcd;
      this.view.setUint16(at + 1, value);
      this.position += 3;
    } else if (value < TWO_32) {
      this.bytes[at] = 0xce;
      this.view.setUint32(at + 1, value);
      this.position += 5;
    } else {
      this.bytes[at] = 0xcf;
      this.view.setUint32(at + 1, Math.floor(value / TWO_32));
      this.view.setUint32(at + 5, value >>> 0);
      this.position += 9;
    }
  }

  private negative(value: number): void {
    this.reserve(9);
    const at = this.position;
    if (value >= -0x20) {
      this.bytes[at] = value & 0xff;
      this.position += 1;
    } else if (value >= -0x80) {
      this.bytes[at] = 0xd0;
      this.view.setInt8(at + 1, value);
      this.position += 2;
    } else if (value >= -0x8000) {
      this.bytes[at] = 0xd1;
      this.view.setInt16(at + 1, value);
      this.position += 3;
    } else if (value >= -0x8000_0000) {
      this.bytes[at] = 0xd2;
      this.view.setInt32(at + 1, value);
      this.position += 5;
    } else {
      this.bytes[at] = 0xd3;
      this.view.setInt32(at + 1, Math.floor(value / TWO_32));
      this.view.setUint32(at + 5, value >>> 0);
      this.position += 9;
    }
  }

  /** The smallest header for `length`; the formats are those with an 8, a 16 and a 32-bit length. */
  private header(length: number, format8: number | undefined, format16: number, format32: number): void {
    if (format8 !== undefined && length < 0x100) {
      this.bytes[this.position] = format8;
      this.bytes[this.position + 1] = length;
      this.position += 2;
    } else if (length < 0x1_0000) {
      this.bytes[this.position] = format16;
      this.view.setUint16(this.position + 1, length);
      this.position += 3;
    } else {
      this.bytes[this.position] = format32;
      this.view.setUint32(this.position + 1, length);
      this.position += 5;
    }
  }
}
