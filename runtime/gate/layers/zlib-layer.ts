import type { LayerStream, ServerLayer } from "../../wire/layers/index.js";
import { ZlibStream, type ZlibOptions } from "./zlib-stream.js";

/** The server's side of `zlib`: RFC 1950, one stream a direction, flushed after each message. */
export class ZlibLayer implements ServerLayer {
  readonly name = "zlib";
  readonly #options: ZlibOptions;
  readonly #answer: Uint8Array;

  /** @param options.dictionary an empty one means none. */
  constructor(options: ZlibOptions & { readonly dictionary: Uint8Array }) {
    this.#answer = options.dictionary;
    this.#options = { ...options, dictionary: options.dictionary.length === 0 ? undefined : options.dictionary };
  }

  /** Whatever the entry says, which is empty: a client has nothing to choose here. */
  accept(): { answer: Uint8Array; stream: LayerStream } {
    return { answer: this.#answer, stream: new ZlibStream(this.#options) };
  }
}
