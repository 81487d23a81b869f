const TWO_32 = 0x1_0000_0000;

/** Up to this length, joining characters is faster than a call of the platform's decoder. */
const SHORT_TEXT = 12;

/** Up to this length, a loop is faster than a view and a copy of it. */
const SHORT_BYTES = 64;

/**
 * Reads what {@link ByteWriter} wrote. All values are copies: the bytes may be overwritten as soon as a row was read.
 * One reader can serve many rows, see {@link reset}.
 */
export class ByteReader {
  #memory: ArrayBufferLike;
  #view: DataView;
  #bytes: Buffer;
  #position: number;

  /** @param bytes Read from its start; it may be a slice of a larger buffer. */
  constructor(bytes: Uint8Array) {
    this.#memory = bytes.buffer;
    this.#view = new DataView(bytes.buffer);
    this.#bytes = Buffer.from(bytes.buffer);
    this.#position = bytes.byteOffset;
  }

  /** Goes on with other bytes; free of allocation when they lie in the same memory as the previous ones. */
  reset(bytes: Uint8Array): this {
    if (bytes.buffer !== this.#memory || this.#view.byteLength !== bytes.buffer.byteLength) {
      this.#memory = bytes.buffer;
      this.#view = new DataView(bytes.buffer);
      this.#bytes = Buffer.from(bytes.buffer);
    }
    this.#position = bytes.byteOffset;
    return this;
  }

  bool(): boolean {
    return this.#view.getUint8(this.#position++) !== 0;
  }

  i8(): number {
    return this.#view.getInt8(this.#position++);
  }

  u8(): number {
    return this.#view.getUint8(this.#position++);
  }

  i16(): number {
    const at = this.#position;
    this.#position = at + 2;
    return this.#view.getInt16(at, true);
  }

  u16(): number {
    const at = this.#position;
    this.#position = at + 2;
    return this.#view.getUint16(at, true);
  }

  i32(): number {
    const at = this.#position;
    this.#position = at + 4;
    return this.#view.getInt32(at, true);
  }

  u32(): number {
    const at = this.#position;
    this.#position = at + 4;
    return this.#view.getUint32(at, true);
  }

  i64(): bigint {
    const at = this.#position;
    this.#position = at + 8;
    return this.#view.getBigInt64(at, true);
  }

  u64(): bigint {
    const at = this.#position;
    this.#position = at + 8;
    return this.#view.getBigUint64(at, true);
  }

  f32(): number {
    const at = this.#position;
    this.#position = at + 4;
    return this.#view.getFloat32(at, true);
  }

  f64(): number {
    const at = this.#position;
    this.#position = at + 8;
    return this.#view.getFloat64(at, true);
  }

  timestamp(): number {
    const at = this.#position;
    this.#position = at + 8;
    return this.#view.getInt32(at + 4, true) * TWO_32 + this.#view.getUint32(at, true);
  }

  string(): string {
    const length = this.#length128();
    const start = this.#position;
    const end = start + length;
    this.#position = end;
    if (length <= SHORT_TEXT) {
      let text = "";
      let at = start;
      for (; at < end; at++) {
        const byte = this.#view.getUint8(at);
        if (byte > 0x7f) break;
        text += String.fromCharCode(byte);
      }
      if (at === end) return text;
    }
    return this.#bytes.toString("utf8", start, end);
  }

  /** A copy. */
  blob(): Uint8Array {
    const length = this.#length128();
    const start = this.#position;
    this.#position = start + length;
    const copy = new Uint8Array(length);
    if (length > SHORT_BYTES) copy.set(this.#bytes.subarray(start, this.#position));
    else for (let at = 0; at < length; at++) copy[at] = this.#view.getUint8(start + at);
    return copy;
  }

  #length128(): number {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#view.getUint8(this.#position++);
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) return length;
    }
  }
}
