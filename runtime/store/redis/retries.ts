import { StoreFailedError } from "../errors.js";
import { delayOf, type NodeConnection } from "./connection.js";
import type { HeldCalls } from "./link.js";
import type { RedisCall } from "./redis-call.js";

/** How often it is told of calls that wait, before they fail. */
const TELLS = 3;

/** Waits out what passes, and ends it all when it does not pass within the retry window. */
export class Retries {
  readonly #window: number;
  readonly #onHeld: (held: HeldCalls) => void;
  readonly #listeners = new Set<(error: Error) => void>();
  /** When it was last told of a partition, as `performance.now`. */
  readonly #toldAt = new Map<string, number>();
  /** Of connections that are not there. */
  readonly #timers = new Set<NodeJS.Timeout>();
  #failure: StoreFailedError | undefined;
  #closed = false;

  /**
   * @param window milliseconds.
   * @param onHeld See `LinkOptions.onHeld`.
   */
  constructor(window: number, onHeld: (held: HeldCalls) => void = () => undefined) {
    this.#window = window;
    this.#onHeld = onHeld;
  }

  /** Set once the window has passed in vain. */
  get failure(): StoreFailedError | undefined {
    return this.#failure;
  }

  /** Sends the call again after a pause that grows; or fails when its time is over. */
  later(call: RedisCall, send: () => void, cause: Error): void {
    const now = performance.now();
    if (call.attempts++ === 0) call.deadline = now + this.#window;
    if (this.#failure === undefined && now > call.deadline) this.fail(cause);
    if (this.#failure !== undefined) call.fail(this.#failure);
    else if (this.#closed) call.fail(cause);
    else {
      const milliseconds = now + this.#window - call.deadline;
      if (milliseconds >= this.#window / TELLS) this.#tell(tagOf(call.key), now, { reason: cause, milliseconds });
      setTimeout(send, delayOf(call.attempts));
    }
  }

  /** Once for all calls that wait for the same. */
  #tell(partition: string, now: number, held: Omit<HeldCalls, "partition">): void {
    const toldAt = this.#toldAt.get(partition);
    if (toldAt !== undefined && now - toldAt < this.#window / TELLS) return;
    this.#toldAt.set(partition, now);
    this.#onHeld({ partition, ...held });
  }

  /** From now on and after each loss, the connection has the window's time to be there. */
  watch(connection: NodeConnection): void {
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      if (timer !== undefined) this.#timers.delete(timer);
    };
    const start = (): void => {
      stop();
      if (this.#closed) return;
      timer = setTimeout(() => this.fail(connection.error), this.#window);
      timer.unref();
      this.#timers.add(timer);
    };
    start();
    connection.onReady(stop);
    connection.onLost(start);
  }

  /** Connections are closed from now on: nobody waits for them to come back. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  fail(cause: Error | undefined): void {
    if (this.#failure !== undefined) return;
    const reason = `Redis could not be used for ${this.#window / 1000} s (retry_window)`;
    const detail = cause === undefined ? "" : `: ${cause.message}`;
    this.#failure = new StoreFailedError(reason + detail, cause);
    for (const listener of this.#listeners) listener(this.#failure);
  }

  /** @returns a function that ends it. */
  onFailure(listener: (error: Error) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** The hash tag of a key with its braces; the key itself where it has none. */
function tagOf(key: string): string {
  return /\{[^}]+\}/.exec(key)?.[0] ?? key;
}
