import type { LiveUpdate } from "../live/contract.js";
import { ServerKind } from "../wire/hetu2/kinds.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type { Framing } from "./protocol.js";

/** Frames are put into one message until it has this many bytes. */
const MESSAGE = 16 * 1024;
/** Messages from this size on have memory of their own. */
const OWN_MEMORY = 4 * 1024;

/**
 * What leaves at once is one message, and all that one transaction changes is one frame. One serves all connections in
 * turn; the message that it gives to `send` is valid until the next one.
 */
export class Hetu2Framing implements Framing {
  readonly #message = new MessagePackWriter(2 * MESSAGE);
  /** Number and delta of each update of the frame that is not written yet. */
  readonly #changes: Uint8Array[] = [];
  #changesSize = 0;
  #position = 0;
  #send: (message: Uint8Array) => void = () => undefined;

  size(update: LiveUpdate): number {
    return update.hetu2().length;
  }

  begin(send: (message: Uint8Array) => void): void {
    this.#send = send;
  }

  frame(frame: Uint8Array): void {
    this.#endUpdate();
    this.#makeRoom(frame.length);
    this.#message.raw(frame);
  }

  update(update: LiveUpdate, position: number): void {
    const change = update.hetu2();
    if (change.length === 0) return;
    if (position !== this.#position) this.#endUpdate();
    this.#position = position;
    this.#changes.push(change);
    this.#changesSize += change.length;
  }

  end(): void {
    this.#endUpdate();
    this.#sendMessage();
    this.#send = () => undefined;
  }

  #endUpdate(): void {
    const changes = this.#changes;
    if (changes.length === 0) return;
    this.#makeRoom(this.#changesSize);
    const message = this.#message;
    message.arrayHeader(2 + changes.length * 2);
    message.int(ServerKind.update);
    message.int(this.#position);
    for (const change of changes) message.raw(change);
    changes.length = 0;
    this.#changesSize = 0;
  }

  #makeRoom(size: number): void {
    if (this.#message.length > 0 && this.#message.length + size > MESSAGE) this.#sendMessage();
  }

  #sendMessage(): void {
    if (this.#message.length === 0) return;
    // The socket keeps a large message as it is, and copies a small one.
    if (this.#message.length >= OWN_MEMORY) {
      this.#send(this.#message.finish());
      return;
    }
    this.#send(this.#message.peek());
    this.#message.reset();
  }
}
