/** How long others wait at most: what has the turn may itself be waiting for one of them. */
const PATIENCE_MS = 1000;

/**
 * Lets a call that keeps losing against others run alone. While somebody has the turn, nobody else starts an attempt;
 * attempts that have started go on.
 */
export class Turn {
  #holder: Promise<void> | undefined = undefined;

  /** Whether attempts have to {@link wait}. */
  get taken(): boolean {
    return this.#holder !== undefined;
  }

  /** Resolves when nobody has the turn, or after a second. */
  async wait(): Promise<void> {
    if (this.#holder === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([this.#holder, late]);
    clearTimeout(timer);
  }

  /** Waits for the turn. @returns a function that gives it back. */
  async take(): Promise<() => void> {
    while (this.#holder !== undefined) await this.#holder;
    let release: () => void = () => undefined;
    this.#holder = new Promise((resolve) => {
      release = () => {
        this.#holder = undefined;
        resolve();
      };
    });
    return release;
  }
}
