import type { Duplex } from "node:stream";

/** Room for this many bytes of small messages before they are handed to the socket as one chunk. */
const CHUNK = 32 * 1024;
/** Messages from this size on are handed over as they are: copying them costs more than another system call. */
const OWN_CHUNK = 8 * 1024;

/**
 * Frames messages as RFC 6455, section 5.2, has them — final, unmasked, opcode 2 — and hands them to a socket in as
 * few chunks as possible. Beside the library's own sender, because a shared message then costs each receiver one small
 * header and a copy of its bytes, instead of two buffers, two writes and a callback.
 *
 * One batch serves all connections of a process in turn; between `begin` and `end` nothing else may write to the socket.
 */
export class FrameBatch {
  readonly #chunk = Buffer.allocUnsafeSlow(CHUNK);
  #length = 0;
  #socket: Duplex | undefined;

  begin(socket: Duplex): void {
    this.#socket = socket;
    this.#length = 0;
  }

  add(message: Uint8Array): void {
    const size = message.length;
    if (size >= OWN_CHUNK) {
      this.#header(size);
      this.#write();
      this.#socket?.write(message);
      return;
    }
    if (this.#length + size + 10 > CHUNK) this.#write();
    this.#header(size);
    this.#chunk.set(message, this.#length);
    this.#length += size;
  }

  end(): void {
    this.#write();
    this.#socket = undefined;
  }

  #header(size: number): void {
    if (this.#length + 10 > CHUNK) this.#write();
    const chunk = this.#chunk;
    chunk[this.#length++] = 0x82;
    if (size < 126) {
      chunk[this.#length++] = size;
    } else if (size < 0x10000) {
      chunk[this.#length++] = 126;
      chunk[this.#length++] = size >> 8;
      chunk[this.#length++] = size & 0xff;
    } else {
      chunk[this.#length++] = 127;
      chunk.writeUInt32BE(Math.floor(size / 0x1_0000_0000), this.#length);
      chunk.writeUInt32BE(size >>> 0, this.#length + 4);
      this.#length += 8;
    }
  }

  #write(): void {
    if (this.#length === 0) return;
    // The socket may keep what it is given until much later: it gets a copy of its own.
    const bytes = Buffer.allocUnsafe(this.#length);
    this.#chunk.copy(bytes, 0, 0, this.#length);
    this.#socket?.write(bytes);
    this.#length = 0;
  }
}
