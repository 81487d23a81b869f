/** How long to wait before connecting again. */
export interface BackoffOptions {
    /** Upper bound of the first wait, in milliseconds. */
    readonly baseMs: number;
    /** Upper bound of every wait, in milliseconds. */
    readonly maxMs: number;
}
/**
 * Exponential backoff with full jitter: a uniformly random part of a bound that doubles with each attempt, so that
 * clients that were cut off together do not come back together. (M. Brooker, "Exponential Backoff And Jitter", 2015.)
 *
 * @param attempt 0 for the first wait after a connection that worked.
 * @param random from 0 to 1, 1 excluded.
 * @returns milliseconds.
 */
export declare function backoffDelay(attempt: number, options: BackoffOptions, random: () => number): number;
