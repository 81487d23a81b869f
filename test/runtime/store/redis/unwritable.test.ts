import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { CommitOutcomeUnknownError, StoreUnwritableError } from "../../../../runtime/store/redis/errors.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { type RedisServer, useRedis } from "../../../redis/index.js";
import { NO_READS, Positions } from "../positions.js";
import { counters, Load, sum } from "./load.js";
import { freshTag, openStore, type TestStoreOptions } from "./open-store.js";
import { enter, until, useProcesses } from "./registry-world.js";

/** However busy the machine is. */
const WITHIN = { timeout: 20_000 };

const redis = useRedis();
const run = useProcesses();
const stores: RedisStore[] = [];
const links: RedisLink[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const link of links.splice(0)) await link.close();
});

async function open(url: string, tag: string, options?: TestStoreOptions): Promise<RedisStore> {
  const link = await openLink(parseRedisUrl(url));
  links.push(link);
  const store = await openStore(link, tag, options);
  stores.push(store);
  return store;
}

/** A server whose folder can go away. */
function savingServer(): Promise<RedisServer> {
  return redis.server({ args: ["--save", "1000 100000000", "--enable-protected-configs", "yes"] });
}

/** From now on it cannot save, and so takes no writes. */
async function loseFolder(server: RedisServer): Promise<void> {
  const folder = join(server.folder, "gone");
  await mkdir(folder);
  await server.command("CONFIG", "SET", "dir", folder);
  await rm(folder, { recursive: true });
  await server.command("BGSAVE").catch(() => undefined);
  await vi.waitUntil(async () => (await server.info("persistence")).get("rdb_last_bgsave_status") === "err", WITHIN);
}

async function findFolder(server: RedisServer): Promise<void> {
  await server.command("CONFIG", "SET", "dir", server.folder);
  await server.command("BGSAVE");
  await vi.waitUntil(async () => (await server.info("persistence")).get("rdb_last_bgsave_status") === "ok", WITHIN);
}

async function refusals(server: RedisServer): Promise<number> {
  const told = (await server.info("errorstats")).get("errorstat_MISCONF") ?? "count=0";
  return Number(told.replace("count=", ""));
}

describe("a Redis that cannot save to its disk", () => {
  it("refuses commits in words, is read on, and takes commits again when it can", async () => {
    const server = await savingServer();
    const tag = freshTag();
    const store = await open(server.url, tag, { worker: 1, retryWindow: 1500 });
    const failures: Error[] = [];
    store.onFailure((error) => failures.push(error));
    const ids = await counters(store, 4);
    const load = new Load([store], ids, 4);
    await load.more(20);
    await loseFolder(server);
    await vi.waitUntil(() => load.errors.length > 20, WITHIN);
    // Those who read the feed dial again, and look at the history each time.
    await server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await vi.waitUntil(() => load.errors.length > 40, WITHIN);
    const positions = new Positions(store);
    expect(await positions.get(ids[0] as bigint)).toBeDefined();
    expect((await store.commit(NO_READS, [])).status).toBe("committed");
    // For longer than anything may stay away.
    const { lag } = store;
    const until = performance.now() + 2500;
    await vi.waitUntil(() => performance.now() > until, WITHIN);
    expect(failures).toEqual([]);
    expect(lag.positions).toBe(0);
    await findFolder(server);
    await load.more(20);
    await load.end();
    const others = load.errors.filter(
      (error) => !(error instanceof StoreUnwritableError || error instanceof CommitOutcomeUnknownError),
    );
    expect(others).toEqual([]);
    const told = load.errors.find((error) => error instanceof StoreUnwritableError);
    expect(String(told)).toMatch(/cannot save to its disk: MISCONF .*BGSAVE/s);
    expect(await sum(store, ids)).toBe(load.done);
  });

  it("is found out later what became of a commit whose answer was lost right before", async () => {
    const server = await savingServer();
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
    await loseFolder(server);
    const before = await refusals(server);
    proxy.cut();
    proxy.resume();
    await vi.waitUntil(async () => (await refusals(server)) > before, WITHIN);
    await findFolder(server);
    expect(await commit).toEqual({ status: "committed", position: position + 1 });
  });

  it("leaves all processes their leases, since nobody can take them either", { timeout: 30_000 }, async () => {
    const server = await savingServer();
    const both = [await run(server.url, { leaseTime: 1000 }), await run(server.url, { leaseTime: 1000 })];
    for (const process of both) await enter(process);
    await loseFolder(server);
    await until(() => both.every(({ lease }) => lease?.held === false));
    const before = await refusals(server);
    await until(async () => (await refusals(server)) > before + 30);
    for (const { lease } of both) expect(lease?.nextId()).toBeGreaterThan(0n);
    await findFolder(server);
    await until(() => both.every(({ lease }) => lease?.held === true));
    await until(() => both.every(({ log }) => log.some(({ message }) => message.includes("takes writes again"))));
    for (const { did, log } of both) {
      expect(did.filter((what) => what !== "prepare")).toEqual([]);
      expect(log.filter(({ message }) => message.includes("the lease waits")).length).toBe(1);
    }
  });

  it("takes no process that starts, and says why", async () => {
    const server = await savingServer();
    await loseFolder(server);
    const process = await run(server.url, { leaseTime: 1000 });
    await expect(process.registry.join()).rejects.toBeInstanceOf(StoreUnwritableError);
    await expect(open(server.url, freshTag())).rejects.toBeInstanceOf(StoreUnwritableError);
  });
});
