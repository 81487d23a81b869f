/** Timers know no longer ones. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Calls a function at a time that may be brought forward. Does not keep the process alive. */
export class Wakeup {
  readonly #run: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;
  #closed = false;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Then at the latest. @param time milliseconds since 1970. */
  by(time: number): void {
    if (time >= this.#at || this.#closed) return;
    this.#at = time;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#due(), Math.min(Math.max(0, time - Date.now()), LONGEST_TIMEOUT));
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #due(): void {
    const at = this.#at;
    this.#at = Infinity;
    if (at > Date.now()) this.by(at);
    else this.#run();
  }
}
