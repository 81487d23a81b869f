import { EMBEDDED, onTopologies, REDIS, type TestStores } from "../topologies.js";

export type { TestStores };

/** Describes the same behaviour on each kind of store. */
export function onEveryStore(body: (stores: TestStores) => void): void {
  onTopologies([EMBEDDED, REDIS], body);
}

/** To be called where hooks may be registered. */
export function redisStores(): TestStores {
  return REDIS.stores();
}
