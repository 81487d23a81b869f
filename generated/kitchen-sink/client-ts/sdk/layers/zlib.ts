// @ts-nocheck its libraries are only installed where layers are used; checked where the SDK is built.
import { Deflate, Inflate, Z_SYNC_FLUSH } from "pako";
import { type ClientLayer, type ClientLayerFactory, type LayerStream, WireError } from "./wire.js";

/** Options of {@link zlib}. */
export interface ZlibOptions {
  /** Bytes that one message of the server may inflate to; 64 MiB. */
  readonly maxMessage?: number;
}

const MAX_MESSAGE = 64 * 1024 * 1024;
const LEVEL = 1;
const WINDOW = 15;
/** Bytes that are allocated for output at a time. */
const CHUNK = 4096;

/** The layer `zlib`: RFC 1950 with the server's dictionary, one stream a direction, flushed after each message. */
export function zlib(options: ZlibOptions = {}): ClientLayerFactory {
  const maxMessage = options.maxMessage ?? MAX_MESSAGE;
  return (): ClientLayer => ({
    name: "zlib",
    hello: () => new Uint8Array(0),
    finish: (dictionary) => new ZlibStream(dictionary, maxMessage),
  });
}

class ZlibStream implements LayerStream {
  readonly #deflate: Deflate;
  readonly #inflate: Inflate;
  /** What the running call has given so far. */
  #chunks: Uint8Array[] = [];
  #inflated = 0;

  constructor(given: Uint8Array, maxMessage: number) {
    // A copy: it came as a view of a message, and inflating looks at it when the first message comes.
    const dictionary = given.length === 0 ? {} : { dictionary: given.slice() };
    this.#deflate = new Deflate({ ...dictionary, level: LEVEL, windowBits: WINDOW, chunkSize: CHUNK });
    this.#inflate = new Inflate({ ...dictionary, windowBits: WINDOW, chunkSize: CHUNK });
    this.#deflate.onData = (chunk): void => {
      this.#chunks.push(chunk);
    };
    this.#inflate.onData = (chunk): void => {
      this.#inflated += chunk.length;
      if (this.#inflated > maxMessage) throw new WireError(`zlib: a message inflates to more than ${maxMessage} bytes`);
      this.#chunks.push(chunk);
    };
  }

  encode(message: Uint8Array): Uint8Array {
    this.#deflate.push(message, Z_SYNC_FLUSH);
    return this.#take();
  }

  decode(message: Uint8Array): Uint8Array {
    this.#inflated = 0;
    const went = this.#inflate.push(message, Z_SYNC_FLUSH);
    if (!went || this.#inflate.ended) {
      throw new WireError(`zlib: ${this.#inflate.err === 0 ? "the stream has ended" : this.#inflate.msg}`);
    }
    return this.#take();
  }

  #take(): Uint8Array {
    const chunks = this.#chunks;
    this.#chunks = [];
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return first;
    const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}
