import { fromHex, type Notation, numberNotation, numberOf, objectOf, toHex } from "./notation.js";

/**
 * MessagePack to the notation of wire values and back, written for the vectors alone: what the runtime's own codec
 * gets wrong is not wrong here too. It tells float32, float64 and integers apart, which the codec need not.
 * Format: github.com/msgpack/msgpack/blob/master/spec.md.
 *
 * @returns all values of a message, one after the other.
 */
export function readTree(bytes: Uint8Array): Notation[] {
  const reader = new TreeReader(bytes);
  const values: Notation[] = [];
  while (!reader.ended) values.push(reader.value());
  return values;
}

/** Integers take the smallest form. */
export function writeTree(value: Notation): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

class TreeReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(): Notation {
    const head = this.#uint(1);
    if (head < 0x80) return head;
    if (head < 0x90) return this.#map(head & 0x0f);
    if (head < 0xa0) return this.#array(head & 0x0f);
    if (head < 0xc0) return this.#text(head & 0x1f);
    if (head >= 0xe0) return head - 0x100;
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { $bin: toHex(this.#take(this.#uint(2 ** (head - 0xc4)))) };
      case 0xca:
        return { $f32: numberNotation(this.#take(4).readFloatBE()) };
      case 0xcb:
        return { $f64: numberNotation(this.#take(8).readDoubleBE()) };
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#uint(2 ** (head - 0xcc));
      case 0xcf:
        return integer(this.#take(8).readBigUInt64BE());
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const length = 2 ** (head - 0xd0);
        return this.#take(length).readIntBE(0, length);
      }
      case 0xd3:
        return integer(this.#take(8).readBigInt64BE());
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(2 ** (head - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#uint(2 ** (head - 0xdc + 1)));
      case 0xde:
      case 0xdf:
        return this.#map(this.#uint(2 ** (head - 0xde + 1)));
      default:
        throw new Error(`byte 0x${head.toString(16)} at ${this.#at - 1} starts no value of a frame`);
    }
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new Error(`the message ends inside of the value at ${this.#at}`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #uint(length: number): number {
    return this.#take(length).readUIntBE(0, length);
  }

  #text(length: number): string {
    return this.#take(length).toString("utf8");
  }

  #array(length: number): Notation[] {
    return Array.from({ length }, () => this.value());
  }

  #map(length: number): Notation {
    const pairs = Array.from({ length }, () => [this.value(), this.value()] as const);
    if (pairs.some(([key]) => typeof key !== "string")) return { $map: pairs };
    return Object.fromEntries(pairs) as { [key: string]: Notation };
  }
}

function integer(value: bigint): Notation {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : { $int: value.toString() };
}

function write(value: Notation, parts: Uint8Array[]): void {
  if (value === null) parts.push(Buffer.of(0xc0));
  else if (typeof value === "boolean") parts.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === "number") writeInteger(BigInt(value), parts);
  else if (typeof value === "string") {
    const bytes = Buffer.from(value, "utf8");
    parts.push(bytes.length < 32 ? Buffer.of(0xa0 | bytes.length) : header(bytes.length, 0xd9, 0xda, 0xdb), bytes);
  } else if (Array.isArray(value)) {
    const elements = value as readonly Notation[];
    parts.push(elements.length < 16 ? Buffer.of(0x90 | elements.length) : header(elements.length, 0, 0xdc, 0xdd));
    for (const element of elements) write(element, parts);
  } else writeObject(value as { readonly [key: string]: Notation }, parts);
}

function writeObject(value: { readonly [key: string]: Notation }, parts: Uint8Array[]): void {
  const [[tag, content] = ["", null]] = Object.entries(value);
  if (tag === "$int") writeInteger(BigInt(content as string), parts);
  else if (tag === "$bin") {
    const bytes = fromHex(content as string);
    parts.push(header(bytes.length, 0xc4, 0xc5, 0xc6), bytes);
  } else if (tag === "$f32") {
    const bytes = Buffer.alloc(5, 0xca);
    bytes.writeFloatBE(numberOf(content), 1);
    parts.push(bytes);
  } else if (tag === "$f64") {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(numberOf(content), 1);
    parts.push(bytes);
  } else if (tag === "$map" || objectOf(value) !== undefined) {
    const pairs = tag === "$map" ? (content as readonly (readonly [Notation, Notation])[]) : Object.entries(value);
    parts.push(pairs.length < 16 ? Buffer.of(0x80 | pairs.length) : header(pairs.length, 0, 0xde, 0xdf));
    for (const [key, element] of pairs) {
      write(key, parts);
      write(element, parts);
    }
  }
}

function writeInteger(value: bigint, parts: Uint8Array[]): void {
  const bytes = Buffer.alloc(9);
  const [head, length] = integerForm(value);
  bytes[0] = head;
  if (length === 8) {
    if (value < 0n) bytes.writeBigInt64BE(value, 1);
    else bytes.writeBigUInt64BE(value, 1);
  } else if (length > 0) {
    if (value < 0n) bytes.writeIntBE(Number(value), 1, length);
    else bytes.writeUIntBE(Number(value), 1, length);
  }
  parts.push(bytes.subarray(0, 1 + length));
}

/** The first byte, and how many follow it. */
function integerForm(value: bigint): readonly [head: number, length: number] {
  if (value >= 0n) {
    if (value < 0x80n) return [Number(value), 0];
    if (value < 1n << 8n) return [0xcc, 1];
    if (value < 1n << 16n) return [0xcd, 2];
    return value < 1n << 32n ? [0xce, 4] : [0xcf, 8];
  }
  if (value >= -0x20n) return [Number(value) & 0xff, 0];
  if (value >= -0x80n) return [0xd0, 1];
  if (value >= -0x8000n) return [0xd1, 2];
  return value >= -0x8000_0000n ? [0xd2, 4] : [0xd3, 8];
}

function header(length: number, format8: number, format16: number, format32: number): Buffer {
  if (format8 !== 0 && length < 0x100) return Buffer.of(format8, length);
  const bytes = Buffer.alloc(length < 0x1_0000 ? 3 : 5);
  bytes[0] = length < 0x1_0000 ? format16 : format32;
  bytes.writeUIntBE(length, 1, bytes.length - 1);
  return bytes;
}
