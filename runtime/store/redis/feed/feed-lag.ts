/** How far what a process has heard of is behind what was committed. */
export interface FeedLag {
  /** Commits that it has not heard of; as far as it knows. */
  readonly positions: number;
  /** Since when it may have missed some; 0 while it hears of everything. */
  readonly milliseconds: number;
}

/** Measures since when a reader has not known that it has everything. */
export class LagClock {
  readonly #patience: number;
  #behindSince: number | undefined = performance.now();
  #heard = performance.now();

  /** @param patience milliseconds for which a reader that has everything may wait without hearing anything. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** There was no more than has come. */
  caughtUp(): void {
    this.#behindSince = undefined;
    this.#heard = performance.now();
  }

  /** There is more, or it cannot be known. */
  behind(): void {
    this.#behindSince ??= performance.now();
  }

  get milliseconds(): number {
    const since = this.#behindSince ?? this.#heard + this.#patience;
    return Math.max(0, performance.now() - since);
  }
}
