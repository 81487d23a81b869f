import { expect, test } from "vitest";
import { parseRedisUrl } from "../../../../../runtime/store/redis/address.js";
import { LinkLostError } from "../../../../../runtime/store/redis/errors.js";
import type { RedisLink, RedisReply, ReplicaLink } from "../../../../../runtime/store/redis/link.js";
import { hashSlot } from "../../../../../runtime/store/redis/topology/hash-slot.js";
import { eventually, type RedisServer, useRedis } from "../../../../redis/index.js";
import { scriptOf } from "../scripts.js";
import { useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();
/** For tests that are not about the age: longer than this machine may stand still. */
const ANY_AGE = 60_000;

/** Waits until there is a replica that is new enough. */
async function replicaOf(link: RedisLink, key: string, maxAge: number): Promise<ReplicaLink> {
  let found: ReplicaLink | undefined;
  await eventually(() => Promise.resolve((found = link.replica(key, maxAge)) !== undefined));
  if (found === undefined) throw new Error("there was one just now");
  return found;
}

/** What a replica answers that is new enough. Of one whose state is nearly too old by then, the answer comes too late. */
async function answerOf(link: RedisLink, key: string, maxAge: number): Promise<RedisReply> {
  for (;;) {
    try {
      return await (await replicaOf(link, key, maxAge)).command("GET", key, []);
    } catch (error) {
      if (!(error instanceof LinkLostError)) throw error;
    }
  }
}

async function callsOf(server: RedisServer, command: string): Promise<number> {
  const stats = (await server.info("commandstats")).get(`cmdstat_${command}`);
  return Number(/calls=(\d+)/.exec(stats ?? "")?.[1] ?? 0);
}

test("A replica that the primary tells of is asked for stale reads, and the primary is not", async () => {
  const primary = await redis.server();
  const replica = await redis.replica(primary);
  const link = await linkTo(primary.url);
  expect(link.replica("k", ANY_AGE)).toBeUndefined();
  await link.command("SET", "k", ["1"]);
  await eventually(async () => (await replica.command("GET", "k")) === "1");
  const before = await callsOf(replica, "get");
  const picked = await replicaOf(link, "k", ANY_AGE);
  expect(await picked.command("GET", "k", [])).toEqual(Buffer.from("1"));
  const script = { ...scriptOf("return {KEYS[1], redis.call('GET', KEYS[1])}"), readOnly: true };
  expect(await picked.run(script, ["k"], [])).toEqual([Buffer.from("k"), Buffer.from("1")]);
  expect(await callsOf(replica, "get")).toBe(before + 2);
  expect(await callsOf(primary, "get")).toBe(0);
});

test("Of the replicas in the settings, one that follows another primary or none is not asked", async () => {
  const primary = await redis.server();
  const other = await redis.server();
  const [follower, stranger] = [await redis.replica(primary), await redis.replica(other)];
  const replicas = [other, stranger, follower].map(({ url }) => parseRedisUrl(url));
  const link = await linkTo(primary.url, { replicas });
  for (let i = 0; i < 20; i++) await (await replicaOf(link, "k", ANY_AGE)).command("GET", "k", []);
  expect(await callsOf(follower, "get")).toBe(20);
  expect(await callsOf(stranger, "get")).toBe(0);
  expect(await callsOf(other, "get")).toBe(0);
});

test("A replica that stands still is given up when its state may be too old, and taken again when it runs", async () => {
  const primary = await redis.server();
  const replica = await redis.replica(primary);
  const link = await linkTo(primary.url);
  // How old it is stays known for as long as somebody may ask for what is so old.
  await replicaOf(link, "k", ANY_AGE);
  const picked = await replicaOf(link, "k", 1000);
  replica.pause();
  // The primary can be asked long before the connection counts as lost.
  await expect(picked.command("GET", "k", [])).rejects.toThrow(LinkLostError);
  await eventually(() => Promise.resolve(link.replica("k", 1000) === undefined));
  expect(link.replica("k", ANY_AGE)).toBeDefined();
  replica.resume();
  expect(await answerOf(link, "k", 1000)).toBeNull();
});

test("A replica that has lost its primary answers, and is not asked all the same", async () => {
  const primary = await redis.server();
  const proxy = await redis.proxy(primary);
  const replica = await redis.replica(proxy);
  const link = await linkTo(primary.url);
  await replicaOf(link, "k", 1000);
  proxy.hold();
  await link.command("SET", "k", ["1"]);
  expect(await replica.command("GET", "k")).toBeNull();
  await eventually(() => Promise.resolve(link.replica("k", 1000) === undefined));
  proxy.resume();
  await eventually(async () => (await replica.command("GET", "k")) === "1");
  expect(await answerOf(link, "k", 1000)).toEqual(Buffer.from("1"));
});

test("However far a replica lags, no answer is older than allowed", async () => {
  const maxAge = 600;
  const primary = await redis.server();
  const proxy = await redis.proxy(primary);
  await redis.replica(proxy);
  const link = await linkTo(primary.url);
  const written: { readonly at: number; readonly value: number }[] = [];
  let done = false;
  const write = async (): Promise<void> => {
    for (let value = 1; !done; value++) {
      await link.command("SET", "k", [value]);
      written.push({ at: performance.now(), value });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const tally = { answers: 0, refusals: 0 };
  const read = async (): Promise<void> => {
    const replica = link.replica("k", maxAge);
    if (replica === undefined) {
      tally.refusals++;
      await new Promise((resolve) => setImmediate(resolve));
      return;
    }
    try {
      const reply = Number(String(await replica.command("GET", "k", [])));
      const oldest = performance.now() - maxAge;
      const least = written.findLast(({ at }) => at <= oldest)?.value ?? 0;
      expect(reply).toBeGreaterThanOrEqual(least);
      tally.answers++;
    } catch (error) {
      if (!(error instanceof LinkLostError)) throw error;
      tally.refusals++;
    }
  };
  const writing = write();
  for (const delay of [0, 100, 300, 900, 0]) {
    proxy.delay(delay);
    const goal = { answers: tally.answers + 50, refusals: tally.refusals + 50 };
    // With a delay above the bound there are only refusals in the end, without one only answers.
    await eventually(async () => {
      for (let i = 0; i < 20; i++) await read();
      return delay > maxAge ? tally.refusals > goal.refusals : tally.answers > goal.answers;
    });
  }
  done = true;
  await writing;
  expect(written.length).toBeGreaterThan(100);
});

test("In a cluster the replicas of the key's shard are asked, and none when they are gone", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const link = await linkTo(cluster.url);
  const slot = hashSlot("{p}k");
  await link.command("SET", "{p}k", ["1"]);
  const [replica] = await cluster.replicasOf(slot);
  if (replica === undefined) throw new Error("the cluster has no replica");
  const picked = await replicaOf(link, "{p}k", ANY_AGE);
  expect(await picked.command("GET", "{p}k", [])).toEqual(Buffer.from("1"));
  expect(await callsOf(replica, "get")).toBe(1);
  await replica.kill("SIGKILL");
  expect(link.replica("{p}k", ANY_AGE)).toBeUndefined();
  await expect(picked.command("GET", "{p}k", [])).rejects.toThrow(LinkLostError);
});
