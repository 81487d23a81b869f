import { afterAll, beforeAll } from "vitest";
import type { Store } from "../../../../../runtime/store/contract.js";
import { parseRedisUrl } from "../../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../../runtime/store/redis/redis-store.js";
import { useRedis } from "../../../../redis/index.js";
import { storeConformance } from "../../conformance.js";
import { freshTag, openStore } from "../open-store.js";

const redis = useRedis();

function conforms(name: string, start: () => Promise<string>): void {
  const links: RedisLink[] = [];
  const stores: RedisStore[] = [];
  const tags = new Map<Store, string>();
  const open = async (tag: string, worker: number): Promise<RedisStore> => {
    const store = await openStore(links[worker] as RedisLink, tag, { worker });
    stores.push(store);
    tags.set(store, tag);
    return store;
  };
  beforeAll(async () => {
    const url = await start();
    for (let i = 0; i < 2; i++) links.push(await openLink(parseRedisUrl(url)));
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    for (const link of links) await link.close();
  });
  storeConformance(name, {
    open: () => open(freshTag(), 0),
    async reopen(store) {
      await store.close();
      return open(tags.get(store) ?? "", 0);
    },
    other: (store) => open(tags.get(store) ?? "", 1),
  });
}

conforms("the Redis store on a cluster", async () => (await redis.cluster({ primaries: 3, replicas: 1 })).url);

conforms("the Redis store on a primary with a replica", async () => {
  const primary = await redis.server();
  await redis.replica(primary);
  return primary.url;
});
