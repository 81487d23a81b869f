/** A point in time that several steps share. */
export class Deadline {
  readonly #at: number;

  /** @param ms from now. */
  constructor(ms: number) {
    this.#at = performance.now() + ms;
  }

  get left(): number {
    return Math.max(0, this.#at - performance.now());
  }

  /** @returns whether `work` ended in time; its failure counts as an end. */
  async within(work: Promise<unknown>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, this.left, false)));
    const done = work.then(
      () => true,
      () => true,
    );
    try {
      return await Promise.race([done, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
