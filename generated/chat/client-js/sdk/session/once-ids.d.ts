import { type Clock } from "../platform.js";
import type { Request } from "./request.js";
/**
 * Makes the ids of `@once` calls: the server's time, which it uses to forget old ids, and 16 random bytes. The time
 * is learnt once a connection and counted on from there.
 */
export declare class OnceIds {
    #private;
    constructor(clock: Clock);
    /** @param time the server's, in milliseconds since 1970. */
    set(time: number): void;
    /**
     * The request that learns the server's time, where the session did not begin with it.
     * @param done called with `false` when the server has no clock to offer.
     */
    learn(done: (learnt: boolean) => void): Request;
    next(): Uint8Array;
}
