import { type Clock, host } from "../platform.js";

/**
 * The wait before the next attempt to connect. Browsers tell when the network is back: then it is cut short.
 */
export class RetryWait {
  readonly #clock: Clock;
  readonly #run: () => void;
  readonly #endsAt: number;
  readonly #onOnline: () => void;
  #timer: unknown;

  /**
   * @param milliseconds until `run`.
   * @param hurry asked when the network is back: the milliseconds to wait from then on.
   * @param hurried told when they are fewer than would have been left.
   */
  constructor(
    clock: Clock,
    milliseconds: number,
    run: () => void,
    hurry: () => number,
    hurried: (milliseconds: number) => void,
  ) {
    this.#clock = clock;
    this.#endsAt = clock.now() + milliseconds;
    this.#run = () => {
      this.cancel();
      run();
    };
    this.#timer = clock.setTimeout(this.#run, milliseconds);
    this.#onOnline = () => {
      const soon = hurry();
      if (soon >= this.#endsAt - clock.now()) return;
      this.cancel();
      this.#timer = clock.setTimeout(this.#run, soon);
      hurried(soon);
    };
    host.addEventListener?.("online", this.#onOnline);
  }

  /** Ends the wait; `run` is not called. */
  cancel(): void {
    this.#clock.clearTimeout(this.#timer);
    host.removeEventListener?.("online", this.#onOnline);
  }
}
