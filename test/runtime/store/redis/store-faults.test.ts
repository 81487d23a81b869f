import { afterEach, describe, expect, it, vi } from "vitest";
import type { Store } from "../../../../runtime/store/contract.js";
import { UnknownTableError } from "../../../../runtime/store/errors.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { CommitOutcomeUnknownError, StoreFullError } from "../../../../runtime/store/redis/errors.js";
import type { LinkOptions, RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { schema as world } from "../../../fixtures/world/generated/server-ts/world/index.js";
import { type RedisServer, useRedis } from "../../../redis/index.js";
import { NO_READS, Positions } from "../positions.js";
import { counters, follow, increment, Load, sum } from "./load.js";
import { freshTag, openStore, specsOf, type TestStoreOptions } from "./open-store.js";

/** However busy the machine is. */
const WITHIN = { timeout: 20_000 };

const redis = useRedis();
const stores: RedisStore[] = [];
const links: RedisLink[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const link of links.splice(0)) await link.close();
});

async function open(url: string, tag: string, options?: TestStoreOptions, how?: LinkOptions): Promise<RedisStore> {
  const link = await openLink(parseRedisUrl(url), how);
  const store = await openStore(link, tag, options);
  links.push(link);
  stores.push(store);
  return store;
}

async function killLinks(server: RedisServer): Promise<void> {
  await server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
}

describe("the Redis store under load", () => {
  it("loses and doubles no commit when scripts are flushed again and again", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const both = [await open(server.url, tag, { worker: 1 }), await open(server.url, tag, { worker: 2 })];
    const ids = await counters(both[0] as Store, 8);
    const load = new Load(both, ids, 16);
    for (let i = 0; i < 10; i++) {
      await load.more(50);
      await server.command("SCRIPT", "FLUSH");
    }
    await load.end();
    expect(load.errors).toEqual([]);
    expect(await sum(both[1] as Store, ids)).toBe(load.done);
  });

  it("loses and doubles no commit when its connections are killed again and again", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const both = [await open(server.url, tag, { worker: 1 }), await open(server.url, tag, { worker: 2 })];
    const ids = await counters(both[0] as Store, 8);
    const first = (both[0] as Store).position;
    const heard = both.map(follow);
    const load = new Load(both, ids, 16);
    for (let i = 0; i < 15; i++) {
      await load.more(60);
      await killLinks(server);
    }
    await load.end();
    expect(load.errors).toEqual([]);
    expect(await sum(both[1] as Store, ids)).toBe(load.done);
    for (const commits of heard) {
      const told = (): number[] => commits.map(({ position }) => position).filter((position) => position > first);
      await vi.waitUntil(() => told().length >= load.done, WITHIN);
      expect(told()).toEqual(Array.from({ length: load.done }, (_, i) => first + 1 + i));
    }
  });

  it("finds out what became of commits whose answers were lost on the way", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const store = await open(proxy.url, tag, { worker: 1 });
    const other = await open(server.url, tag, { worker: 2 });
    const heard = follow(other);
    const positions = new Positions(store);
    await positions.insert({ owner: 100n });
    await vi.waitUntil(() => heard.length === 1, WITHIN);
    for (let round = 0; round < 5; round++) {
      const before = heard.length;
      proxy.hold("toClient");
      const commits = [0, 1, 2].map((i) => positions.commit([positions.inserted({ owner: BigInt(10 * round + i) })]));
      // They have happened, and nobody knows.
      await vi.waitUntil(() => heard.length === before + 3, WITHIN);
      proxy.cut();
      proxy.resume();
      expect((await Promise.all(commits)).map((result) => result.status === "committed" && result.position)).toEqual(
        heard.slice(before).map(({ position }) => position),
      );
    }
    expect(heard).toHaveLength(16);
  });

  it("says that nobody knows what became of a commit whose entry was trimmed away, and does not run it again", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const store = await open(proxy.url, tag, { worker: 1 });
    const other = await open(server.url, tag, { worker: 2 });
    const positions = new Positions(store);
    await positions.insert({ owner: 1n });
    const { position } = store;
    proxy.hold("toClient");
    const unknown = expect(positions.insert({ owner: 2n })).rejects.toBeInstanceOf(CommitOutcomeUnknownError);
    await vi.waitUntil(() => other.position === position + 1, WITHIN);
    await server.command("XTRIM", `${tag}:f`, "MAXLEN", 0);
    proxy.cut();
    proxy.resume();
    await unknown;
    await positions.insert({ owner: 3n });
    expect(await positions.owners("owner")).toEqual([1n, 2n, 3n]);
    expect(store.position).toBe(position + 2);
  });

  it("sends commits again that have not reached Redis", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const store = await open(proxy.url, tag, { worker: 1 });
    const positions = new Positions(store);
    const { position } = store;
    proxy.hold("toServer");
    const commits = [0, 1, 2].map((i) => positions.commit([positions.inserted({ owner: BigInt(i) })]));
    await new Promise((resolve) => setImmediate(resolve));
    proxy.cut();
    proxy.resume();
    const results = await Promise.all(commits);
    expect(results).toEqual([1, 2, 3].map((i) => ({ status: "committed", position: position + i })));
    expect(await positions.owners("owner")).toEqual([0n, 1n, 2n]);
  });

  it("loses no answered commit and doubles none when Redis is killed and comes back with its log", async () => {
    const server = await redis.server({ aof: "always" });
    const tag = freshTag();
    const both = [await open(server.url, tag, { worker: 1 }), await open(server.url, tag, { worker: 2 })];
    const ids = await counters(both[0] as Store, 8);
    const load = new Load(both, ids, 16);
    for (let i = 0; i < 3; i++) {
      await load.more(40);
      await server.kill("SIGKILL");
      await server.restart();
    }
    await load.more(40);
    await load.end();
    expect(load.errors).toEqual([]);
    expect(await sum(both[1] as Store, ids)).toBe(load.done);
  });

  it("outlives a network that is silent for longer than it waits for answers", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const both = [
      await open(proxy.url, tag, { worker: 1 }, { replyTimeout: 300 }),
      await open(server.url, tag, { worker: 2 }),
    ];
    const ids = await counters(both[0] as Store, 4);
    const load = new Load(both, ids, 8);
    for (let i = 0; i < 3; i++) {
      await load.more(40);
      // Its connection is one that can be lost.
      await increment(both[0] as Store, ids[0] as bigint);
      proxy.hold();
      // The other process goes on; this one gives its connection up.
      await new Promise<void>((resolve) => {
        const stop = links[0]?.onLost(() => {
          stop?.();
          resolve();
        });
      });
      proxy.resume();
    }
    await load.more(40);
    await load.end();
    expect(load.errors).toEqual([]);
    expect(await sum(both[1] as Store, ids)).toBe(load.done + 3);
  });

  it("refuses calls while Redis is out of memory, changes nothing then, and goes on afterwards", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const store = await open(server.url, tag);
    const ids = await counters(store, 4);
    const load = new Load([store], ids, 8);
    await load.more(20);
    await server.command("CONFIG", "SET", "maxmemory", 1);
    await vi.waitUntil(() => load.errors.length > 20, WITHIN);
    await server.command("CONFIG", "SET", "maxmemory", 0);
    await load.more(20);
    await load.end();
    expect(load.errors.every((error) => error instanceof StoreFullError)).toBe(true);
    expect(await sum(store, ids)).toBe(load.done);
  });
});

describe("the Redis store without memory", () => {
  it("takes commits that only delete, also at the first try after scripts are lost, and none that puts something", async () => {
    const server = await redis.server();
    const store = await open(server.url, freshTag(), { worker: 1 });
    const positions = new Positions(store);
    const ids = await Promise.all([1n, 2n, 3n].map((owner) => positions.insert({ owner })));
    await server.command("CONFIG", "SET", "maxmemory", 1);
    await positions.remove(ids[0] as bigint);
    await server.command("SCRIPT", "FLUSH");
    await positions.remove(ids[1] as bigint);
    const [before] = [await positions.get(ids[2] as bigint)];
    const removal = { table: positions.table, id: ids[2] as bigint, before, after: undefined };
    await expect(positions.commit([removal, positions.inserted({ owner: 4n })])).rejects.toBeInstanceOf(StoreFullError);
    await expect(positions.change(ids[2] as bigint, { y: 1 })).rejects.toBeInstanceOf(StoreFullError);
    expect(await positions.owners("owner")).toEqual([3n]);
  });

  it("finds out what became of commits whose answers were lost, and goes on when there is memory again", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const store = await open(proxy.url, tag, { worker: 1 });
    const other = await open(server.url, tag, { worker: 2 });
    const positions = new Positions(store);
    await positions.insert({ owner: 1n });
    const { position } = store;
    proxy.hold("toClient");
    const commit = positions.commit([positions.inserted({ owner: 2n })]);
    await vi.waitUntil(() => other.position === position + 1, WITHIN);
    await server.command("CONFIG", "SET", "maxmemory", 1);
    proxy.cut();
    proxy.resume();
    expect(await commit).toEqual({ status: "committed", position: position + 1 });
    await expect(positions.insert({ owner: 3n })).rejects.toBeInstanceOf(StoreFullError);
    await server.command("CONFIG", "SET", "maxmemory", 0);
    await positions.insert({ owner: 4n });
    expect(await positions.owners("owner")).toEqual([1n, 2n, 4n]);
  });
});

describe("a commit that is too large for one command", () => {
  it("is refused before it is sent", async () => {
    const store = await open((await redis.server()).url, freshTag());
    const positions = new Positions(store);
    const changes = Array.from({ length: 60_000 }, (_, i) => positions.inserted({ owner: BigInt(i) }));
    await expect(positions.commit(changes)).rejects.toMatchObject({ name: "CommitTooLargeError", changes: 60_000 });
    expect(await positions.commit(changes.slice(0, 20_000))).toMatchObject({ status: "committed" });
    expect((await positions.owners("id")).length).toBe(20_000);
  });
});

describe("a user who may not read the feed", () => {
  it("is told so when the store has failed", async () => {
    const server = await redis.server();
    await server.command("ACL", "SETUSER", "half", "on", ">secret", "~*", "+@all", "-xread");
    const store = await open(server.url.replace("//", "//half:secret@"), freshTag(), { retryWindow: 500 });
    const failure = await new Promise<Error>((resolve) => void store.onFailure(resolve));
    expect(failure).toMatchObject({ name: "StoreFailedError", message: expect.stringContaining("NOPERM") as string });
  });
});

describe("tables of other code", () => {
  it("read what the earlier ones have written, and leave those usable", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const store = await open(server.url, tag, { worker: 1 });
    const other = await open(server.url, tag, { worker: 2 });
    const heard = follow(other);
    const old = new Positions(store);
    const id = await old.insert({ owner: 1n });
    for (const each of [store, other]) each.use(specsOf(world));
    const next = new Positions(store);
    expect(next.table).not.toBe(old.table);
    expect(next.table.ordinal).toBe(old.table.ordinal);
    await next.change(id, { y: 1 });
    await old.change(id, { x: 2 });
    expect((await next.get(id))?.toObject()).toMatchObject({ x: 2, y: 1 });
    await vi.waitUntil(() => heard.length === 3, WITHIN);
    expect(heard.at(-1)?.changes[0]?.table).toBe(other.table("Position"));
    expect(() => other.get(next.table, id)).toThrow(UnknownTableError);
  });
});

describe("a table that is cleared", () => {
  it("has no rows and no keys left, and nothing older can be compared with it", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const store = await open(server.url, tag);
    const positions = new Positions(store);
    await positions.insert({ owner: 1n });
    const journal = store.table("Journal");
    const kept = journal.codec.create(store.nextId(), { key: 1 }, 0, false);
    await store.commit(NO_READS, [{ table: journal, id: kept.id, before: undefined, after: kept }]);
    const { position } = store;
    await store.clear(positions.table);
    expect(await positions.owners("owner")).toEqual([]);
    expect(await positions.byOwner(1n)).toBeUndefined();
    expect((await store.get(journal, kept.id))?.id).toBe(kept.id);
    await positions.insert({ owner: 1n });
    expect(await positions.owners("x")).toEqual([1n]);
    expect(store.position).toBe(position + 3);
    const again = await open(server.url, tag, { worker: 1 });
    for (const each of [store, again]) expect(each.floor).toBe(position + 2);
  });

  it("is heard of at once by everybody, as a commit without changes, and nobody waits for what lies before", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const store = await open(server.url, tag);
    const other = await open(server.url, tag, { worker: 1 });
    const positions = new Positions(store);
    await positions.insert({ owner: 1n });
    const heard = follow(other);
    await store.clear(positions.table);
    const { position } = store;
    expect(await server.command("HGET", `${tag}:m`, "p")).toBe(String(position));
    expect(store.floor).toBe(position);
    await vi.waitUntil(
      () => heard.some((commit) => commit.position === position && commit.changes.length === 0),
      WITHIN,
    );
    await vi.waitUntil(() => other.floor === position, WITHIN);
    await store.clear(positions.table);
    expect(store.position).toBe(position);
  });

  it("is cleared once, and for good, when the link breaks with the answer", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const store = await open(server.url, tag);
    const positions = new Positions(store);
    const other = new Positions(await open(server.url, tag, { worker: 1 }));
    for (let owner = 1n; owner < 10n; owner++) {
      await other.insert({ owner });
      const clearing = store.clear(positions.table);
      await killLinks(server);
      await clearing;
      expect(await other.owners("owner")).toEqual([]);
      await other.insert({ owner });
      expect(await other.owners("owner")).toEqual([owner]);
      await store.clear(positions.table);
    }
  });
});
