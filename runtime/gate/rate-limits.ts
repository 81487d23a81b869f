import type { GateLimits } from "./limits.js";
import { TokenBucket } from "./token-bucket.js";

/**
 * The rates of one connection: of all its messages, and of each system with `@limit`. A burst of `times` is allowed at
 * once, after which a call becomes free every `perMs / times`.
 */
export class RateLimits {
  readonly #limits: GateLimits;
  readonly #messages: TokenBucket | undefined;
  readonly #flood: TokenBucket | undefined;
  #calls: Map<string, TokenBucket> | undefined;

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
  call(name: string, limit: { times: number; perMs: number } | undefined, now: number): string | undefined {
    if (limit === undefined) return undefined;
    let bucket = this.#calls?.get(name);
    if (bucket === undefined) {
      bucket = new TokenBucket(limit.times, limit.times / limit.perMs, now);
      (this.#calls ??= new Map()).set(name, bucket);
    }
    return bucket.take(now) ? undefined : `${name} may be called ${limit.times} times per ${limit.perMs} ms`;
  }

  get rate(): string {
    const { messagesPerSecond, messagesBurst } = this.#limits;
    return `over messages_per_second (${messagesPerSecond} messages a second after a burst of ${messagesBurst})`;
  }

  get flood(): string {
    return `flood: far over messages_per_second (${this.#limits.messagesPerSecond} messages a second)`;
  }
}
