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
  /** The only frame of the message so far, which need not be copied: most messages have one, shared by many readers. */
  #only: Uint8Array | undefined;
  /** Those of the frame that is not written yet. */
  readonly #updates: LiveUpdate[] = [];
  #updatesSize = 0;
  #position = 0;
  #send: (message: Uint8Array) => void = () => undefined;

  size(update: LiveUpdate): number {
    return update.hetu2().length;
  }

  begin(send: (message: Uint8Array) => void): void {
    this.#send = send;
    // Nothing is left here unless something failed half-way, and that was for somebody else.
    this.#only = undefined;
    this.#message.reset();
    this.#updates.length = 0;
    this.#updatesSize = 0;
  }

  frame(frame: Uint8Array): void {
    this.#endUpdate();
    this.#add(frame);
  }

  update(update: LiveUpdate, position: number): void {
    const size = update.hetu2().length;
    if (size === 0) return;
    if (position !== this.#position) this.#endUpdate();
    this.#position = position;
    this.#updates.push(update);
    this.#updatesSize += size;
  }

  end(): void {
    this.#endUpdate();
    this.#sendMessage();
    this.#send = () => undefined;
  }

  #endUpdate(): void {
    const updates = this.#updates;
    const [first] = updates;
    if (first === undefined) return;
    if (updates.length === 1 && first.position === this.#position) {
      this.#add(first.hetu2Frame());
    } else {
      this.#makeRoom(this.#updatesSize);
      const message = this.#message;
      message.arrayHeader(2 + updates.length * 2);
      message.int(ServerKind.update);
      message.int(this.#position);
      for (const update of updates) message.raw(update.hetu2());
    }
    updates.length = 0;
    this.#updatesSize = 0;
  }

  #add(frame: Uint8Array): void {
    if (this.#only === undefined && this.#message.length === 0) {
      this.#only = frame;
      return;
    }
    this.#makeRoom(frame.length);
    this.#message.raw(frame);
  }

  /** Makes the message one that a frame of this size can be appended to. */
  #makeRoom(size: number): void {
    if (this.#only !== undefined) {
      if (this.#only.length + size > MESSAGE) this.#sendMessage();
      else this.#message.raw(this.#only);
      this.#only = undefined;
    } else if (this.#message.length > 0 && this.#message.length + size > MESSAGE) {
      this.#sendMessage();
    }
  }

  #sendMessage(): void {
    if (this.#only !== undefined) {
      this.#send(this.#only);
      this.#only = undefined;
    } else if (this.#message.length >= OWN_MEMORY) {
      // The socket keeps a large message as it is, and copies a small one.
      this.#send(this.#message.finish());
    } else if (this.#message.length > 0) {
      this.#send(this.#message.peek());
      this.#message.reset();
    }
  }
}
