import { writeEvent as writeHetu1 } from "../wire/frames.js";
import { hetu1Form } from "../wire/hetu1-form.js";
import type { Reference } from "../wire/hetu2/kinds.js";
import { writeEvent as writeHetu2 } from "../wire/hetu2/server-frames.js";

/** An event on its way to many clients: encoded once for each protocol. */
export class OutgoingEvent {
  readonly name: string;
  readonly #value: Uint8Array;
  #hetu1: Uint8Array | undefined;
  #hetu2: Uint8Array | undefined;

  /** @param value the fields as MessagePack in the form of hetu.2. */
  constructor(name: string, value: Uint8Array) {
    this.name = name;
    this.#value = value;
  }

  hetu1(): Uint8Array {
    return (this.#hetu1 ??= writeHetu1(this.name, hetu1Form(this.#value)));
  }

  /** @param reference what the event is called; the same for all clients of an instance. */
  hetu2(reference: Reference): Uint8Array {
    return (this.#hetu2 ??= writeHetu2(reference, this.#value));
  }
}
