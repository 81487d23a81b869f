import type { Attempt } from "./attempt.js";

/** Thrown in place of a system's result when its time is up. */
export class DeadlineSignal extends Error {
  override readonly name = "DeadlineSignal";
}

/** The `@timeout` of one call, over all of its attempts. */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #ends: number;
  readonly #timer: NodeJS.Timeout;
  #attempt: Attempt | undefined = undefined;
  readonly #elapsed: Promise<never>;
  #rang = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#ends = performance.now() + timeoutMs;
    let expire: (signal: DeadlineSignal) => void;
    this.#elapsed = new Promise((_, reject) => (expire = reject));
    this.#elapsed.catch(() => undefined);
    this.#timer = setTimeout(() => {
      this.#rang = true;
      this.#attempt?.close(`the call has run longer than its @timeout of ${timeoutMs} ms`);
      expire(new DeadlineSignal());
    }, timeoutMs);
  }

  get expired(): boolean {
    return this.#rang || performance.now() >= this.#ends;
  }

  get reason(): string {
    return `it has run longer than ${this.#timeoutMs} ms`;
  }

  /** What is to be closed when the time is up. */
  watch(attempt: Attempt): void {
    this.#attempt = attempt;
  }

  /** @throws DeadlineSignal when the time is up first. */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#elapsed]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
