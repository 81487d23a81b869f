import type { Store } from "../store/contract.js";

/** How far durability is behind what is committed in memory. */
export class FeedLag {
  readonly #store: Store;
  /** Since when something is not durable; after a partial advance the moment of that: a lower bound of the age. */
  #since: number | undefined = undefined;
  readonly #end: () => void;

  constructor(store: Store) {
    this.#store = store;
    const endCommit = store.onCommit(() => (this.#since ??= performance.now()));
    const endDurable = store.onDurable((position) => {
      this.#since = position < store.position ? performance.now() : undefined;
    });
    this.#end = () => {
      endCommit();
      endDurable();
    };
  }

  get commits(): number {
    return this.#store.position - this.#store.durablePosition;
  }

  get ms(): number {
    return this.#since === undefined ? 0 : performance.now() - this.#since;
  }

  close(): void {
    this.#end();
  }
}
