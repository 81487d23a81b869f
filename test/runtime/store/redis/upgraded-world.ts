import type { Row } from "../../../../runtime/codegen/row.js";
import type { UpgradeRequest } from "../../../../runtime/store/migration/request.js";
import { addressText, parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisPlace } from "../../../../runtime/store/redis/place.js";
import { openRedisStores, type RedisStores } from "../../../../runtime/store/redis/redis-stores.js";
import { forgetKept, upgrade, type UpgradeReport } from "../../../../runtime/store/redis/registry/upgrade.js";
import type { RedisCluster, RedisServer, useRedis } from "../../../redis/index.js";
import { TAG } from "./registry-world.js";
import { type Placed, placed } from "./placed-schema.js";

export const NO_READS = { rows: [], keys: [], ranges: [], operations: 0 };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function placeOf(url: string): RedisPlace {
  const address = parseRedisUrl(url);
  const text = addressText(address);
  return { address, text, replicas: [], wait: undefined, feedLength: 1000, retryWindow: 30_000 };
}

export interface UpgradedWorld {
  /** One server after the other, each with its schema. */
  serve<T>(components: readonly Placed[], use: (stores: RedisStores) => Promise<T>): Promise<T>;
  upgrade(...components: readonly Placed[]): Promise<UpgradeReport>;
  /** The same with consents, or back. */
  upgradeWith(request: UpgradeRequest, ...components: readonly Placed[]): Promise<UpgradeReport>;
  /** Deletes what is kept for the way back. */
  forget(): Promise<boolean>;
  keys(): Promise<string[]>;
  /** Asks the Redis of the default store. */
  command: RedisServer["command"];
}

/**
 * An instance on a Redis of its own, and a backend `big`.
 * @param redis as `useRedis` gives it.
 * @param cluster the default store is this one instead.
 */
export async function upgradedWorld(
  redis: ReturnType<typeof useRedis>,
  cluster?: RedisCluster,
): Promise<UpgradedWorld> {
  const home = cluster ?? (await redis.server());
  const big = await redis.server();
  const withLinks = async <T>(use: (link: (backend: string | undefined) => RedisLink) => Promise<T>): Promise<T> => {
    const links = await Promise.all([home, big].map(({ url }) => openLink(parseRedisUrl(url))));
    try {
      return await use((backend) => links[backend === undefined ? 0 : 1] as RedisLink);
    } finally {
      await Promise.all(links.map((link) => link.close()));
    }
  };
  return {
    async serve(components, use) {
      const stores = await openRedisStores({
        instance: "game",
        schema: placed(...components),
        places: {
          home: placeOf(home.url),
          backends: new Map([["big", placeOf(big.url)]]),
          prefix: "hetu",
          leaseTime: 1000,
        },
        log: quiet,
      });
      try {
        await stores.registry.startOnce((start) => start.cleared());
        return await use(stores);
      } finally {
        await stores.close();
      }
    },
    upgrade: (...components) =>
      withLinks((link) => upgrade({ tag: TAG, link, leaseTime: 1000 }, placed(...components))),
    upgradeWith: (request, ...components) =>
      withLinks((link) => upgrade({ ...request, tag: TAG, link, leaseTime: 1000 }, placed(...components))),
    forget: () => withLinks((link) => forgetKept({ tag: TAG, link, leaseTime: 1000 }, "plain")),
    command: (...words) => (cluster?.nodes[0] ?? (home as RedisServer)).command(...words),
    async keys() {
      const lists = await Promise.all(
        [...(cluster?.nodes ?? [home as RedisServer]), big].map((server) => server.command("KEYS", "*")),
      );
      return lists
        .flatMap((list) => list as string[])
        .filter((key) => !/:(horizons|start|upgrader)$/.test(key))
        .sort();
    },
  };
}

export async function insert(
  stores: RedisStores,
  name: string,
  rows: readonly Record<string, unknown>[],
): Promise<bigint[]> {
  const store = stores.of(name);
  const table = store.table(name);
  const ids: bigint[] = [];
  for (const values of rows) {
    const after = table.codec.create(store.nextId(), values, 0, false);
    await store.commit(NO_READS, [{ table, id: after.id, before: undefined, after }]);
    ids.push(after.id);
  }
  return ids;
}

export async function rows(stores: RedisStores, name: string, index = 0): Promise<Record<string, unknown>[]> {
  const store = stores.of(name);
  const scan = { index, lower: new Uint8Array(0), upper: undefined, limit: 1000, desc: false };
  return (await store.range({ table: store.table(name), ...scan })).map((row: Row) => row.toObject());
}
