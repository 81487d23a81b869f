import { randomBytes } from "../platform.js";
import { ONCE_ID_LENGTH } from "../wire.js";
/**
 * Makes the ids of `@once` calls: the server's time, which it uses to forget old ids, and 16 random bytes. The time
 * is learnt once a connection and counted on from there.
 */
export class OnceIds {
    #clock;
    #offset = 0;
    constructor(clock) {
        this.#clock = clock;
    }
    /** @param time the server's, in milliseconds since 1970. */
    set(time) {
        this.#offset = time - this.#clock.now();
    }
    /**
     * The request that learns the server's time, where the session did not begin with it.
     * @param done called with `false` when the server has no clock to offer.
     */
    learn(done) {
        return {
            answer: "clock",
            frame: (protocol) => protocol.writeClockRequest(),
            sent: () => undefined,
            unsendable: () => done(false),
            answered: (message) => {
                if (message.kind === "clock")
                    this.set(message.time);
                done(message.kind === "clock");
            },
        };
    }
    next() {
        const id = new Uint8Array(ONCE_ID_LENGTH);
        new DataView(id.buffer).setBigUint64(0, BigInt(Math.max(0, Math.round(this.#clock.now() + this.#offset))));
        id.set(randomBytes(ONCE_ID_LENGTH - 8), 8);
        return id;
    }
}
