const encoder = new TextEncoder();

/** Up to this length a loop over the characters is faster than a call of the platform's encoder. */
const SHORT_TEXT = 40;

/**
 * A byte array that doubles when it is full; what all writers are built on. It knows no format. Nothing here needs
 * Node, so that clients can use it too.
 */
export class GrowingBytes {
  protected bytes: Uint8Array;
  protected view: DataView;
  protected position = 0;

  /** @param capacity Bytes to start with. */
  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** How many bytes were written since the last {@link reset}. */
  get length(): number {
    return this.position;
  }

  /** Starts again from nothing; keeps the memory. */
  reset(): this {
    this.position = 0;
    return this;
  }

  /** A copy of what was written; the writer starts again from nothing. */
  finish(): Uint8Array {
    const result = this.bytes.slice(0, this.position);
    this.position = 0;
    return result;
  }

  /** What was written, without a copy: valid until the next write. */
  peek(): Uint8Array {
    return this.bytes.subarray(0, this.position);
  }

  /** Appends bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  /** Makes room for `count` more bytes. */
  protected reserve(count: number): void {
    const needed = this.position + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.position));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  /**
   * Writes text as ASCII at `at` when it is short and nothing but ASCII. The room must be reserved.
   * @returns whether it was.
   */
  protected shortAscii(text: string, at: number): boolean {
    if (text.length > SHORT_TEXT) return false;
    const bytes = this.bytes;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[at + i] = unit;
    }
    return true;
  }

  /** Writes UTF-8 at `at`, where three bytes a UTF-16 unit must be reserved. @returns the number of bytes. */
  protected utf8(text: string, at: number): number {
    return encoder.encodeInto(text, this.bytes.subarray(at)).written;
  }
}
