import { type Clock, randomBytes } from "../platform.js";
import { ONCE_ID_LENGTH, type ServerFrame, writeClockRequest } from "../wire.js";
import type { Request } from "./request.js";

/**
 * Makes the ids of `@once` calls: the server's time, which it uses to forget old ids, and 16 random bytes. The time
 * is asked for once a connection and counted on from there.
 */
export class OnceIds {
  readonly #clock: Clock;
  #offset = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The request that learns the server's time.
   * @param done called with `false` when the server has no clock to offer.
   */
  learn(done: (learnt: boolean) => void): Request {
    return {
      answer: "clock",
      frame: writeClockRequest,
      sent: () => undefined,
      answered: (frame: ServerFrame) => {
        if (frame.kind === "clock") this.#offset = frame.time - this.#clock.now();
        done(frame.kind === "clock");
      },
    };
  }

  next(): Uint8Array {
    const id = new Uint8Array(ONCE_ID_LENGTH);
    new DataView(id.buffer).setBigUint64(0, BigInt(Math.max(0, Math.round(this.#clock.now() + this.#offset))));
    id.set(randomBytes(ONCE_ID_LENGTH - 8), 8);
    return id;
  }
}
