const BASE_MS = 1;
const CAP_MS = 64;

/**
 * How long to wait before a transaction runs again: not at all the first time, then "full jitter" over an exponential
 * ceiling. (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.)
 * On a shared store the ceiling starts at once: the rivals are in other processes, and nothing else sets them apart.
 * @param attempt The run that met a conflict, from 1.
 * @param random From 0 (inclusive) to 1 (exclusive).
 * @param shared Whether other processes take part.
 * @returns milliseconds.
 */
export function backoffMs(attempt: number, random: number, shared = false): number {
  if (attempt <= 1 && !shared) return 0;
  const doublings = shared ? attempt - 1 : attempt - 2;
  return random * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(doublings, 16));
}

/** Waits; less than a millisecond is one turn of the event loop, in which other calls come forward. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms < 1) setImmediate(resolve);
    else setTimeout(resolve, ms);
  });
}
