/** Something that happens again and again, and that some wait for. */
export class Moment {
  #waiting: (() => void)[] = [];

  /** Whether somebody waits for the next time. */
  get awaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves the next time. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** It happens now. */
  come(): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting;
    this.#waiting = [];
    for (const resolve of due) resolve();
  }
}
