import type { GateLimits } from "./limits.js";
import { SlidingWindow } from "./sliding-window.js";
import { TokenBucket } from "./token-bucket.js";

/** `@limit`. */
interface CallLimit {
  readonly times: number;
  readonly perMs: number;
}

/** The rates of one connection: of all its messages, and, never more than `times` in any `perMs`, of systems with `@limit`. */
export class RateLimits {
  readonly #limits: GateLimits;
  readonly #messages: TokenBucket | undefined;
  readonly #flood: TokenBucket | undefined;
  #calls: Map<string, { readonly limit: CallLimit; readonly window: SlidingWindow }> | undefined;

  constructor(limits: GateLimits, now: number) {
    this.#limits = limits;
    const { messagesPerSecond, messagesBurst, floodFactor } = limits;
    if (!Number.isFinite(messagesPerSecond)) return;
    this.#messages = new TokenBucket(messagesBurst, messagesPerSecond / 1000, now);
    if (!Number.isFinite(floodFactor)) return;
    this.#flood = new TokenBucket(messagesBurst * floodFactor, (messagesPerSecond * floodFactor) / 1000, now);
  }

  /** Counts a message of any kind. */
  message(now: number): "within" | "over" | "flood" {
    if (this.#messages === undefined || this.#messages.take(now)) return "within";
    // Only what is above the rate counts as flood.
    return this.#flood === undefined || this.#flood.take(now) ? "over" : "flood";
  }

  /** Counts a call of a system with `@limit`. @returns the reason when it is over. */
  call(name: string, limit: CallLimit | undefined, now: number): string | undefined {
    if (limit === undefined) return undefined;
    let counted = this.#calls?.get(name);
    // It is another object when other code was swapped in.
    if (counted?.limit !== limit) {
      counted = { limit, window: new SlidingWindow(limit.times, limit.perMs) };
      (this.#calls ??= new Map()).set(name, counted);
    }
    return counted.window.take(now) ? undefined : `${name} may be called ${limit.times} times per ${limit.perMs} ms`;
  }

  get rate(): string {
    const { messagesPerSecond, messagesBurst } = this.#limits;
    return `over messages_per_second (${messagesPerSecond} messages a second after a burst of ${messagesBurst})`;
  }

  get flood(): string {
    return `flood: far over messages_per_second (${this.#limits.messagesPerSecond} messages a second)`;
  }
}
