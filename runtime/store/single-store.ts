import type { Store, StoreSet } from "./contract.js";

/** One store with every table, as the embedded store is. */
export function singleStore(store: Store): StoreSet {
  return {
    all: [store],
    of(table) {
      store.table(table);
      return store;
    },
  };
}
