import { constants as bufferConstants } from "node:buffer";
import { constants } from "node:zlib";
import { Deflate, Inflate } from "minizlib";
import { type LayerStream } from "../../wire/layers/index.js";
import { WireError } from "../../wire/wire-error.js";

export interface ZlibOptions {
  /** Preset dictionary of both directions; `undefined`: none. */
  readonly dictionary: Uint8Array | undefined;
  /** Bytes that one message may inflate to. */
  readonly maxMessage: number;
  /** Window of what leaves, as a power of two, 9 to 15. What comes in may have the full 15. */
  readonly deflateWindow: number;
}

/** Bytes that a stream keeps ready for its output, in each direction. */
const CHUNK = 4096;
const LEVEL = 1;
const FULL_WINDOW = 15;
const DEFAULT_MEMORY = 8;

/**
 * Both directions of the layer `zlib` on one connection. The platform's own streams work in its thread pool and
 * answer later; messages must leave in order and at once, so these are the same streams driven synchronously.
 */
export class ZlibStream implements LayerStream {
  readonly #maxMessage: number;
  readonly #deflate: Deflate;
  readonly #inflate: Inflate;
  /** What the running call has given so far. */
  readonly #output: Buffer[] = [];
  #error: Error | undefined = undefined;

  constructor({ dictionary, maxMessage, deflateWindow }: ZlibOptions) {
    this.#maxMessage = maxMessage;
    const shared = {
      flush: constants.Z_SYNC_FLUSH,
      chunkSize: CHUNK,
      ...(dictionary === undefined ? {} : { dictionary }),
    };
    // Not written in place: the library's types do not know `windowBits`, which it hands on.
    const deflate = {
      ...shared,
      level: LEVEL,
      windowBits: deflateWindow,
      // A small window is chosen to save memory, of which the hash tables are the other half.
      memLevel: deflateWindow === FULL_WINDOW ? DEFAULT_MEMORY : Math.max(1, deflateWindow - 7),
    };
    const inflate = {
      ...shared,
      windowBits: FULL_WINDOW,
      maxOutputLength: Math.min(maxMessage, bufferConstants.MAX_LENGTH),
    };
    this.#deflate = new Deflate(deflate);
    this.#inflate = new Inflate(inflate);
    for (const stream of [this.#deflate, this.#inflate]) {
      stream.on("data", (chunk: Buffer) => this.#output.push(chunk));
      stream.on("error", (error) => (this.#error = error as Error));
    }
  }

  encode(message: Uint8Array): Uint8Array {
    this.#deflate.write(asBuffer(message));
    return this.#take();
  }

  decode(message: Uint8Array): Uint8Array {
    if (this.#error === undefined) this.#inflate.write(asBuffer(message));
    return this.#take();
  }

  close(): void {
    this.#error ??= new Error("the stream is closed");
    this.#deflate.close();
    this.#inflate.close();
  }

  /** @throws WireError when the running call has failed, or one before it. */
  #take(): Uint8Array {
    const chunks = this.#output.splice(0);
    const error = this.#error;
    if (error !== undefined) {
      if ("code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
        throw new WireError(`zlib: a message inflates to more than max_message (${this.#maxMessage} bytes)`);
      }
      throw new WireError(error.message);
    }
    const [first] = chunks;
    return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
