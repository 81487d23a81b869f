/** The language allows stale reads of an hour. */
const MOST_MS = 3_600_000;

interface Sample {
  /** When the primary was asked, as `performance.now`. */
  readonly at: number;
  readonly history: string;
  readonly offset: number;
}

/**
 * Knows how old the state of a replica can be, without comparing clocks.
 *
 * The primary is asked how far it has written; its answer counts everything that was written before the question was
 * sent. A replica that has applied as much therefore has the state of that moment at least, whenever it says so. Both
 * moments are of this process' own monotonic clock.
 */
export class Freshness {
  #longest = 0;
  /** Ascending in time. */
  readonly #samples: Sample[] = [];

  /** From now on somebody may ask for what is so old, in milliseconds; more than an hour is not kept in mind. */
  remember(age: number): void {
    if (age > this.#longest) this.#longest = Math.min(age, MOST_MS);
  }

  /** @param at before the question was sent. @param offset what the primary answered. */
  primaryAt(at: number, history: string, offset: number): void {
    this.#samples.push({ at, history, offset });
    const oldest = at - this.#longest;
    const keep = this.#samples.findIndex((sample) => sample.at >= oldest);
    this.#samples.splice(0, keep);
  }

  /**
   * The latest moment whose state a replica has that has applied `offset` bytes of a history; `undefined`: none is
   * known, because it lags too far behind, or follows another history.
   */
  stateOf(history: string, offset: number): number | undefined {
    const sample = this.#samples.findLast((each) => each.history === history && each.offset <= offset);
    return sample?.at;
  }
}
