import type { LiveUpdate } from "../live/contract.js";

/**
 * Updates of whole transactions, merged by subscription and row while a reader lags behind. They leave together, so
 * the reader goes from the state before the first transaction to the one after the last.
 */
export class UpdateGroup {
  readonly #sizeOf: (update: LiveUpdate) => number;
  readonly #updates = new Map<string, LiveUpdate>();
  /** An estimate of what it will weigh, in bytes. */
  size = 0;

  /** @param sizeOf what an update weighs in the protocol. */
  constructor(sizeOf: (update: LiveUpdate) => number) {
    this.#sizeOf = sizeOf;
  }

  /** @returns by how many bytes the group grew, as an estimate; 0 when the update only replaced rows. */
  add(update: LiveUpdate): number {
    const bytes = this.#sizeOf(update);
    const previous = this.#updates.get(update.subscription);
    if (previous === undefined) {
      this.#updates.set(update.subscription, update);
      this.size += bytes;
      return bytes;
    }
    const merged = previous.merge(update);
    this.#updates.set(update.subscription, merged);
    const newRows = merged.rows.size - previous.rows.size;
    const grown = update.rows.size === 0 ? 0 : Math.ceil((bytes * newRows) / update.rows.size);
    this.size += grown;
    return grown;
  }

  /** In the order in which the subscriptions first changed. */
  updates(): IterableIterator<LiveUpdate> {
    return this.#updates.values();
  }
}
