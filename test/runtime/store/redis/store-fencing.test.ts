import { afterEach, describe, expect, it } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { WriterFencedError } from "../../../../runtime/store/redis/errors.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { Writer } from "../../../../runtime/store/redis/writer.js";
import { useRedis } from "../../../redis/index.js";
import { NO_READS, Positions, readsOf } from "../positions.js";
import { freshTag, openStore } from "./open-store.js";

const redis = useRedis();
const stores: RedisStore[] = [];
const links: RedisLink[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const link of links.splice(0)) await link.close();
});

async function linkTo(url: string): Promise<RedisLink> {
  const link = await openLink(parseRedisUrl(url));
  links.push(link);
  return link;
}

/** @param lease filled with this byte is the token of the lease. */
async function open(url: string, tag: string, worker: number, lease: number): Promise<RedisStore> {
  const store = await openStore(await linkTo(url), tag, { writer: { worker, token: leaseOf(lease) } });
  stores.push(store);
  return store;
}

function leaseOf(byte: number): Buffer {
  return Buffer.alloc(16, byte);
}

describe("a process that was taken for dead", () => {
  it("can commit nothing any more, not even what was on its way, and says that it must end", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const tag = freshTag();
    const paused = await open(proxy.url, tag, 1, 11);
    const alive = await open(server.url, tag, 2, 12);
    const failures: Error[] = [];
    paused.onFailure((error) => failures.push(error));
    const positions = new Positions(paused);
    await positions.insert({ owner: 1n });
    proxy.hold();
    const late = expect(positions.commit([positions.inserted({ owner: 2n })])).rejects.toBeInstanceOf(
      WriterFencedError,
    );
    await alive.fence(1, leaseOf(11));
    proxy.resume();
    await late;
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(WriterFencedError);
    expect(() => paused.commit(NO_READS, [positions.inserted({ owner: 3n })])).toThrow(WriterFencedError);
    expect(await new Positions(alive).owners("owner")).toEqual([1n]);
  });

  it("learns it also from a transaction that only reads", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const paused = await open(server.url, tag, 1, 11);
    const alive = await open(server.url, tag, 2, 12);
    const positions = new Positions(paused);
    await alive.fence(1, leaseOf(11));
    const reads = readsOf({ keys: [positions.absent(1n)] });
    await expect(paused.commit(reads, [])).rejects.toBeInstanceOf(WriterFencedError);
  });

  it("clears no table, when it was about to, under those who have started the instance since", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const paused = await open(server.url, tag, 1, 11);
    const alive = await open(server.url, tag, 2, 12);
    await alive.fence(1, leaseOf(11));
    const positions = new Positions(alive);
    await positions.insert({ owner: 1n });
    await expect(paused.clear(paused.table("Position"))).rejects.toBeInstanceOf(WriterFencedError);
    expect(await positions.owners("owner")).toEqual([1n]);
  });

  it("does not get the right to write when it only then asks for it", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const alive = await open(server.url, tag, 2, 12);
    await alive.fence(1, leaseOf(11));
    await expect(open(server.url, tag, 1, 11)).rejects.toBeInstanceOf(WriterFencedError);
  });

  it("is another process than the next one with the same number, which a late reaper leaves alone", async () => {
    const server = await redis.server();
    const tag = freshTag();
    const alive = await open(server.url, tag, 2, 12);
    const old = await open(server.url, tag, 1, 11);
    const next = await open(server.url, tag, 1, 13);
    await alive.fence(1, leaseOf(11));
    await new Positions(next).insert({ owner: 1n });
    await expect(new Positions(old).insert({ owner: 2n })).rejects.toBeInstanceOf(WriterFencedError);
    expect(await new Positions(next).owners("owner")).toEqual([1n]);
  });
});

describe("a registration that was on its way for long", () => {
  it("does not bring back a token that was replaced since", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    const meta = `${freshTag()}:m`;
    const inForce = (): Promise<unknown> => link.command("HGET", meta, ["w1"]);
    const first = await Writer.register(link, meta, 1, leaseOf(11));
    const second = await first?.renewed(link, meta);
    const third = await second?.writer.renewed(link, meta);
    await first?.renewed(link, meta);
    expect(await inForce()).toEqual(third?.writer.token);
    await Writer.register(link, meta, 1, leaseOf(11));
    expect(await inForce()).toEqual(third?.writer.token);
    const next = await Writer.register(link, meta, 1, leaseOf(12));
    expect(await inForce()).toEqual(next?.token);
    expect(await third?.writer.renewed(link, meta)).toBeUndefined();
  });
});
