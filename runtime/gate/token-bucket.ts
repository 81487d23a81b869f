/**
 * The token bucket: `burst` tokens at most, `perMs` new ones each millisecond, one for each event.
 * Reference: Turner, "New directions in communications", IEEE Communications Magazine, 1986 (leaky bucket as a meter).
 */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number;

  /**
   * @param burst events allowed at once.
   * @param perMs events allowed a millisecond in the long run.
   * @param now milliseconds of any monotonic clock.
   */
  constructor(burst: number, perMs: number, now: number) {
    this.#burst = burst;
    this.#perMs = perMs;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes a token. @returns whether there was one. */
  take(now: number): boolean {
    const tokens = this.#tokens + (now - this.#at) * this.#perMs;
    this.#at = now;
    this.#tokens = tokens > this.#burst ? this.#burst : tokens;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
