import { afterEach, describe, expect, it, vi } from "vitest";
import { parseRedisUrl } from "../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../runtime/store/redis/link.js";
import { openLink } from "../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../runtime/store/redis/redis-store.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { useRedis } from "../../redis/index.js";
import { Positions, readsOf } from "../store/positions.js";
import { freshTag, openStore } from "../store/redis/open-store.js";
import { openLive, type TestLive, TestViewer } from "./live-world.js";

const redis = useRedis();
let link: RedisLink | undefined;
let store: RedisStore | undefined;

afterEach(async () => {
  await store?.close();
  await link?.close();
});

const all = {
  kind: "range",
  table: "Position",
  index: "x",
  left: 0,
  right: 10,
  limit: 3,
  desc: false,
  force: true,
} as const;

/** A subscription, and the answer to a transaction that has read what is not there. */
async function ask(live: TestLive, of: RedisStore): Promise<unknown> {
  const subscribed = await live.subscribe(new TestViewer({ live }, { caller: 1n }), all);
  const result = await of.commit(readsOf({ keys: [new Positions(of).absent(7n)] }), []);
  if (result.status === "committed") await live.reached(of, result.position);
  return subscribed.status;
}

describe("where the position of a store has grown without a commit", () => {
  it("those who subscribe and call next are answered, after tables were cleared at a start", async () => {
    link = await openLink(parseRedisUrl((await redis.server()).url));
    store = await openStore(link, freshTag());
    await new Positions(store).insert({ owner: 1n });
    const live = openLive(singleStore(store));
    await store.clear(store.table("Position"));
    expect(await ask(live, store)).toBe("subscribed");
  });

  it("those who subscribe and call next are answered, after Redis was started again", async () => {
    const server = await redis.server({ aof: "always" });
    link = await openLink(parseRedisUrl(server.url));
    store = await openStore(link, freshTag());
    await new Positions(store).insert({ owner: 1n });
    const live = openLive(singleStore(store));
    const { floor } = store;
    await server.restart();
    await vi.waitUntil(() => store?.floor !== floor, { timeout: 20_000 });
    expect(await ask(live, store)).toBe("subscribed");
  });
});
