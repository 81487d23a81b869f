import { type Clock } from "../platform.js";
/**
 * The wait before the next attempt to connect. Browsers tell when the network is back: then it is cut short.
 */
export declare class RetryWait {
    #private;
    /**
     * @param milliseconds until `run`.
     * @param hurry asked when the network is back: the milliseconds to wait from then on.
     * @param hurried told when they are fewer than would have been left.
     */
    constructor(clock: Clock, milliseconds: number, run: () => void, hurry: () => number, hurried: (milliseconds: number) => void);
    /** Ends the wait; `run` is not called. */
    cancel(): void;
}
