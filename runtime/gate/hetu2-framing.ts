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
  /** Those of the frame that is not written yet. Most have one. */
  #first: LiveUpdate | undefined;
  readonly #more: LiveUpdate[] = [];
  #updatesSize = 0;
  #position = 0;
  #send: (message: Uint8Array) => void = () => undefined;

  size(update: LiveUpdate): number {
    return update.hetu2().length;
  }

  begin(send: (message: Uint8Array) => void): void {
    this.#send = send;
    // Nothing is left here unless something failed half-way, and that was for somebody else.
    this.#only = this.#first = undefined;
    if (this.#message.length > 0) this.#message.reset();
    if (this.#more.length > 0) this.#more.length = 0;
  }

  frame(frame: Uint8Array): void {
    this.#endUpdate();
    this.#add(frame);
  }

  update(update: LiveUpdate, position: number): void {
    if (this.#first !== undefined) {
      if (position === this.#position) {
        this.#more.push(update);
        this.#updatesSize += update.hetu2().length;
        return;
      }
      this.#endUpdate();
    }
    this.#first = update;
    this.#position = position;
    this.#updatesSize = update.hetu2().length;
  }

  end(): void {
    this.#endUpdate();
    this.#sendMessage();
    this.#send = () => undefined;
  }

  #endUpdate(): void {
    const first = this.#first;
    if (first === undefined) return;
    this.#first = undefined;
    const more = this.#more;
    if (more.length === 0 && first.position === this.#position) {
      this.#add(first.hetu2Frame());
      return;
    }
    this.#makeRoom(this.#updatesSize);
    const message = this.#message;
    message.arrayHeader(4 + more.length * 2);
    message.int(ServerKind.update);
    message.int(this.#position);
    message.raw(first.hetu2());
    for (const update of more) message.raw(update.hetu2());
    more.length = 0;
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
