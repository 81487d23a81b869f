import { LinkLostError } from "./errors.js";
import type { Absence } from "./link.js";

/** Tells of absences, one at a time: what breaks during one belongs to it. */
export class Absences {
  readonly #ask: () => Promise<unknown>;
  readonly #listeners = new Set<(absence: Absence) => void>();
  #breaks = 0;
  #away = false;

  /**
   * @param ask asks each server that calls need, over the connections for commits, and waits for those that are not
   * there. Rejects with `LinkLostError` when a connection broke before the answer.
   */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** @returns a function that ends it. */
  onAbsence(listener: (absence: Absence) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A connection for commits broke that calls need. @param node of a cluster, its name. */
  broke(node?: string): void {
    this.#breaks++;
    if (this.#away) return;
    this.#away = true;
    const since = performance.now();
    const over = this.#answered().then(() => performance.now() - since);
    const absence = { node, over };
    over.then(
      () => (this.#away = false),
      // The link has failed or is closed: it does not come back.
      () => undefined,
    );
    for (const listener of [...this.#listeners]) listener(absence);
  }

  /** Answers count only when nothing has broken since they were asked for. */
  async #answered(): Promise<void> {
    for (;;) {
      const breaks = this.#breaks;
      try {
        await this.#ask();
        if (this.#breaks === breaks) return;
      } catch (error) {
        if (!(error instanceof LinkLostError)) throw error;
      }
    }
  }
}
