const BASE_MS = 1;
const CAP_MS = 64;
/** On a shared store it is one process of a few that waits, and its other calls behind it. */
const SHARED_CAP_MS = 8;

/**
 * How long to wait before a transaction runs again: not at all the first time, then "full jitter" over an exponential
 * ceiling. (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.)
 * @param attempt The run that met a conflict, from 1.
 * @param random From 0 (inclusive) to 1 (exclusive).
 * @param shared Whether the rivals are in other processes, those of this one being set apart already.
 * @returns milliseconds.
 */
export function backoffMs(attempt: number, random: number, shared = false): number {
  if (attempt <= 1) return 0;
  return random * Math.min(shared ? SHARED_CAP_MS : CAP_MS, BASE_MS * 2 ** Math.min(attempt - 2, 16));
}

/** Waits; less than a millisecond is one turn of the event loop, in which other calls come forward. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms < 1) setImmediate(resolve);
    else setTimeout(resolve, ms);
  });
}
