interface Entry {
  readonly number: number;
  holders: number;
}

/**
 * The numbers by which hetu.2 calls subscriptions: one for each distinct id, for as long as anybody holds it, so that
 * an update is encoded once for all of its readers. A number is never given twice.
 */
export class SubscriptionNumbers {
  readonly #entries = new Map<string, Entry>();
  #last = 0;
  #pinned = false;

  /** How many are in use. */
  get size(): number {
    return this.#entries.size;
  }

  /** The number of an id, with one more holder. */
  acquire(id: string): number {
    let entry = this.#entries.get(id);
    if (entry === undefined) this.#entries.set(id, (entry = { number: ++this.#last, holders: 0 }));
    entry.holders++;
    return entry.number;
  }

  /** Gives back what {@link acquire} gave. */
  release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.holders--;
    if (entry.holders === 0 && !this.#pinned) this.#entries.delete(id);
  }

  /**
   * Keeps the numbers that nobody holds, while live queries are exchanged and everything is subscribed again.
   * @returns a function that ends it.
   */
  pin(): () => void {
    this.#pinned = true;
    return () => {
      this.#pinned = false;
      for (const [id, { holders }] of this.#entries) if (holders === 0) this.#entries.delete(id);
    };
  }
}
