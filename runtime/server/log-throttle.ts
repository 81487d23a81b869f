import { TokenBucket } from "../gate/token-bucket.js";

/** Lines of one kind that are logged at once, and how many more in a millisecond. */
const BURST = 20;
const PER_MS = 1 / 1000;

/** Bounds what others can make the server log: at first some 20 lines of a kind, then one a second. */
export class LogThrottle {
  readonly #kinds = new Map<string, { readonly bucket: TokenBucket; suppressed: number }>();

  /**
   * @param kind one of a few: each is remembered for good.
   * @param now milliseconds of a monotonic clock.
   * @returns fields for the line, which tell how many were left out before it; `undefined`: leave this one out, too.
   */
  pass(kind: string, now = performance.now()): { readonly suppressed?: number } | undefined {
    let seen = this.#kinds.get(kind);
    if (seen === undefined) {
      seen = { bucket: new TokenBucket(BURST, PER_MS, now), suppressed: 0 };
      this.#kinds.set(kind, seen);
    }
    if (!seen.bucket.take(now)) {
      seen.suppressed++;
      return undefined;
    }
    const { suppressed } = seen;
    seen.suppressed = 0;
    return suppressed > 0 ? { suppressed } : {};
  }
}
