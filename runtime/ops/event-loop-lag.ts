const EVERY_MS = 100;
/** How far back {@link EventLoopLag.worst} looks. */
const REMEMBERED = 50;

/** How late timers of this process run: what every client waits on top of its own work. */
export class EventLoopLag {
  readonly #recent = new Float64Array(REMEMBERED);
  #at = 0;
  #expected = 0;
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#expected = performance.now() + EVERY_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#recent[this.#at] = Math.max(0, now - this.#expected);
      this.#at = (this.#at + 1) % REMEMBERED;
      this.#expected = now + EVERY_MS;
    }, EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Milliseconds, the mean of the last five seconds. */
  get mean(): number {
    return this.#recent.reduce((sum, lag) => sum + lag, 0) / REMEMBERED;
  }

  /** Milliseconds, the worst of the last five seconds. */
  get worst(): number {
    return Math.max(...this.#recent);
  }
}
