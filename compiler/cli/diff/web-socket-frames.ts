import { randomBytes } from "node:crypto";

/** What a server has sent. */
export type ServerFrame =
  | { readonly kind: "message"; readonly content: Uint8Array }
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

const FINAL = 0x80;
const MASKED = 0x80;
const BINARY = 2;
const CLOSE = 8;
/** Opcodes from here on are of control frames. */
const CONTROL = 8;
/** RFC 6455, section 7.4.1: a close frame without a code. */
const NO_CODE = 1005;

/** A binary message in one masked frame (RFC 6455, section 5). @param content at most 125 bytes. */
export function clientFrame(content: Uint8Array): Buffer {
  if (content.length > 125) throw new RangeError(`a short frame has at most 125 bytes, not ${content.length}`);
  const mask = randomBytes(4);
  const masked = content.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.of(FINAL | BINARY, MASKED | content.length), mask, masked]);
}

/** Takes what a server sends, in pieces of any size. */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  read(part: Buffer): readonly ServerFrame[] {
    this.#pending = Buffer.concat([this.#pending, part]);
    const frames: ServerFrame[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { first, content } = next;
      const opcode = first & 0x0f;
      if (opcode === CLOSE) {
        const code = content.length >= 2 ? content.readUInt16BE(0) : NO_CODE;
        frames.push({ kind: "close", code, reason: content.subarray(2).toString("utf8") });
      } else if (opcode < CONTROL) {
        this.#parts.push(content);
        if ((first & FINAL) === 0) continue;
        frames.push({ kind: "message", content: Buffer.concat(this.#parts.splice(0)) });
      }
    }
    return frames;
  }

  /** One whole frame from the front of what is pending. */
  #next(): { readonly first: number; readonly content: Buffer } | undefined {
    const bytes = this.#pending;
    if (bytes.length < 2) return undefined;
    const short = bytes.readUInt8(1) & 0x7f;
    const header = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < header) return undefined;
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < header + length) return undefined;
    this.#pending = bytes.subarray(header + length);
    return { first: bytes.readUInt8(0), content: bytes.subarray(header, header + length) };
  }
}
