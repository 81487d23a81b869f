import type { LayerStream } from "./layer.js";

/**
 * The layers of one connection, applied in order to what leaves and in reverse to what comes in. `jsonb` is MessagePack
 * itself and not among them; without layers, messages pass through as they are.
 */
export class LayerStack {
  readonly #streams: readonly LayerStream[];

  /** @param streams in the order in which they are configured. */
  constructor(streams: readonly LayerStream[] = []) {
    this.#streams = streams;
  }

  get empty(): boolean {
    return this.#streams.length === 0;
  }

  /** @returns what goes over the wire. It is not written to again, and neither is `message`. */
  encode(message: Uint8Array): Uint8Array {
    let bytes = message;
    for (const stream of this.#streams) bytes = stream.encode(bytes);
    return bytes;
  }

  /**
   * @returns the message; it may be a view of what came, and is not written to again.
   * @throws WireError: the connection is to be closed.
   */
  decode(message: Uint8Array): Uint8Array {
    let bytes = message;
    for (let i = this.#streams.length - 1; i >= 0; i--) bytes = this.#streams[i]?.decode(bytes) ?? bytes;
    return bytes;
  }

  close(): void {
    for (const stream of this.#streams) stream.close?.();
  }
}
