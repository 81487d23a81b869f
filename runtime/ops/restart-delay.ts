const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A worker that served for this long did not crash because of how it starts. */
const STABLE = 30_000;

/** How long to wait before a worker is started again: not at all the first time, then longer while it keeps dying. */
export class RestartDelay {
  #delay = 0;

  /**
   * @param servedMs for how long the one that died had served; `undefined`: never.
   * @returns milliseconds.
   */
  next(servedMs: number | undefined): number {
    if (servedMs !== undefined && servedMs > STABLE) this.#delay = 0;
    const delay = this.#delay;
    this.#delay = Math.min(LONGEST_DELAY, Math.max(FIRST_DELAY, delay * 2));
    return delay;
  }

  /** For a failure that will not go away by itself. @returns milliseconds. */
  longest(): number {
    this.#delay = LONGEST_DELAY;
    return LONGEST_DELAY;
  }
}
