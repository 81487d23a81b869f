/** Runs at once when it has been quiet before, and once behind a burst. */
export class Debounce {
  readonly #run: () => void;
  readonly #delay: () => number;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #last = -Infinity;

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
    if (this.#immediate !== undefined) return;
    clearTimeout(this.#timer);
    if (isBurst) this.#timer = setTimeout(() => this.#fire(), delay);
    else this.#immediate = setImmediate(() => this.#fire());
  }

  /** Runs now if it is going to run. */
  flush(): void {
    if (this.#timer !== undefined || this.#immediate !== undefined) this.#fire();
  }

  /** Forgets what it was going to do. */
  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = this.#immediate = undefined;
  }

  #fire(): void {
    this.stop();
    this.#run();
  }
}
