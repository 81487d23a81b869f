/** The language allows stale reads of an hour. */
const MOST_MS = 3_600_000;
/** For those who take any age, but look at what they get: what lags further behind is of no use to them. */
const ANY_AGE_MS = 60_000;
/** Samples lie this part of their age apart, so that an hour of them is a few hundred. */
const SPACING = 1 / 64;

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

  /** How many moments are kept in mind. */
  get size(): number {
    return this.#samples.length;
  }

  /**
   * From now on somebody may ask for what is so old, in milliseconds; more than an hour is not kept in mind.
   * `Infinity`: for whatever is there.
   */
  remember(age: number): void {
    const kept = age === Infinity ? ANY_AGE_MS : Math.min(age, MOST_MS);
    if (kept > this.#longest) this.#longest = kept;
  }

  /** @param at before the question was sent. @param offset what the primary answered. */
  primaryAt(at: number, history: string, offset: number): void {
    this.#samples.push({ at, history, offset });
    const oldest = at - this.#longest;
    const keep = this.#samples.findIndex((sample) => sample.at >= oldest);
    this.#samples.splice(0, keep);
    this.#thin(at);
  }

  /** Without a sample, a replica counts as a little older than it is: as the one before it says. */
  #thin(now: number): void {
    const samples = this.#samples;
    let kept = 1;
    for (let i = 1; i < samples.length; i++) {
      const [before, sample, after] = [samples[kept - 1], samples[i], samples[i + 1]] as [Sample, Sample, Sample?];
      const needed =
        after === undefined || before.history !== sample.history || after.at - before.at > (now - after.at) * SPACING;
      if (needed) samples[kept++] = sample;
    }
    samples.length = Math.min(kept, samples.length);
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
