/** Tasks that must not overlap: each starts when the one before has ended. */
export class Turns {
  readonly #onError: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param onError is told what a task throws; the next task runs all the same. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Whether nothing runs or waits. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Runs a task after those that were given before. Never rejects. */
  run(task: () => Promise<void> | void): Promise<void> {
    this.#waiting += 1;
    this.#last = this.#last
      .then(task)
      .catch(this.#onError)
      .then(() => {
        this.#waiting -= 1;
      });
    return this.#last;
  }

  /** Resolves when all tasks that have been given by then are done. */
  async quiet(): Promise<void> {
    while (!this.idle) await this.#last;
  }
}
