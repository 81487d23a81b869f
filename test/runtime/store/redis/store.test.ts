import { afterAll, beforeAll } from "vitest";
import type { Store } from "../../../../runtime/store/contract.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { useRedis } from "../../../redis/index.js";
import { storeConformance } from "../conformance.js";
import { freshTag, openStore } from "./open-store.js";

const redis = useRedis();
const links: RedisLink[] = [];
const stores: RedisStore[] = [];
const tags = new Map<Store, string>();
let url = "";

beforeAll(async () => {
  url = (await redis.server()).url;
  links.push(await openLink(parseRedisUrl(url)), await openLink(parseRedisUrl(url)));
});

afterAll(async () => {
  for (const store of stores) await store.close();
  for (const link of links) await link.close();
});

async function open(tag: string, worker: number): Promise<RedisStore> {
  const store = await openStore(links[worker] as RedisLink, tag, { worker });
  stores.push(store);
  tags.set(store, tag);
  return store;
}

storeConformance("the Redis store", {
  open: () => open(freshTag(), 0),
  async reopen(store) {
    await store.close();
    return open(tags.get(store) ?? "", 0);
  },
  other: (store) => open(tags.get(store) ?? "", 1),
});
