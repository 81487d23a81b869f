/** Checking waits for so many times what it last took, so that an editor of a huge schema stays usable. */
const PATIENCE = 2;
/** It never waits longer for that, in milliseconds: the first check, of everything, takes far more than those that follow. */
const LONGEST_PATIENCE = 300;

/**
 * Milliseconds without a change after which what is typed in a burst is checked.
 *
 * @param shortest what the user's settings ask for. @param cost what the last check took.
 */
export function delayOf(shortest: number, cost: number): number {
  return Math.max(shortest, Math.min(PATIENCE * cost, LONGEST_PATIENCE));
}

/**
 * In a burst that does not end, milliseconds from the first change that has not been checked to its check; longer only
 * when the delay itself is.
 */
export const LONGEST_WAIT = 300;

/**
 * Runs at once when it has been quiet before, and once behind a burst. A burst that goes on does not put it off for
 * longer than {@link LONGEST_WAIT}.
 */
export class Debounce {
  readonly #run: () => void;
  readonly #delay: () => number;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #last = -Infinity;
  /** When the first change came that it has not run for. */
  #waitsSince: number | undefined;

  /** @param delay milliseconds that end a burst, asked for anew each time. */
  constructor(run: () => void, delay: () => number) {
    this.#run = run;
    this.#delay = delay;
  }

  /** Something changed. */
  trigger(): void {
    const now = performance.now();
    const delay = this.#delay();
    const isBurst = now - this.#last < delay;
    this.#last = now;
    this.#waitsSince ??= now;
    if (this.#immediate !== undefined) return;
    clearTimeout(this.#timer);
    if (isBurst) {
      const left = this.#waitsSince + Math.max(LONGEST_WAIT, delay) - now;
      this.#timer = setTimeout(() => this.#fire(), Math.min(delay, Math.max(0, left)));
    } else this.#immediate = setImmediate(() => this.#fire());
  }

  /** Forgets what it was going to do. */
  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = this.#immediate = this.#waitsSince = undefined;
  }

  #fire(): void {
    this.stop();
    this.#run();
  }
}
