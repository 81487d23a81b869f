import { afterEach, expect, test } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { DedicatedLink, RedisLink } from "../../../../runtime/store/redis/link.js";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";
import { FeedProcess, type FeedProcessOptions, ForeignWriter, META, STREAM } from "./feed-process.js";

const redis = useRedis();
const processes: FeedProcess[] = [];
const links: RedisLink[] = [];

const JUMP = 2 ** 32;

afterEach(async () => {
  for (const one of processes.splice(0)) await one.stop();
  for (const link of links.splice(0)) await link.close();
});

async function startFour(url: string, options?: FeedProcessOptions): Promise<FeedProcess[]> {
  const started = [];
  for (const worker of [1, 2, 3, 4]) {
    const one = await FeedProcess.start(url, { worker, ...options });
    processes.push(one);
    started.push(one);
  }
  return started;
}

async function allReached(readers: readonly FeedProcess[], position: number): Promise<void> {
  for (const reader of readers) await reader.reached(position);
}

async function meta(server: RedisServer): Promise<{ position: number; floor: number }> {
  const [position, floor] = (await server.command("HMGET", META, "p", "f")) as string[];
  return { position: Number(position), floor: Number(floor ?? 0) };
}

/** In one step: the database is emptied, and has so many other commits then. */
async function replaceBy(count: number, other: ForeignWriter): Promise<void> {
  const steps = [other.server.command("MULTI"), other.server.command("FLUSHALL")];
  const commits = other.commitAll(100, count);
  await Promise.all([...steps, commits, other.server.command("EXEC")]);
}

/** Where readers find the primary, as a cluster or a name would tell them. */
class Primary {
  #link: RedisLink | undefined;

  async moveTo(url: string): Promise<this> {
    this.#link = await openLink(parseRedisUrl(url));
    links.push(this.#link);
    return this;
  }

  readonly connect = (): DedicatedLink => {
    if (this.#link === undefined) throw new Error("there is no primary yet");
    return this.#link.dedicated(STREAM);
  };
}

test("A database that was emptied and written to again is found out by all, and begins one new history", async () => {
  const server = await redis.server();
  const readers = await startFour(server.url, { block: 100 });
  const other = new ForeignWriter(server);
  await allReached(readers, await other.commitAll(1, 20));
  await replaceBy(3, other);
  for (const reader of readers) await eventually(async () => Promise.resolve(reader.resets.length > 0));
  const last = await other.commitAll(200, 5);
  await allReached(readers, last);
  const { position, floor } = await meta(server);
  expect(floor).toBe(20 + JUMP);
  expect(position).toBe(20 + JUMP + 5);
  for (const reader of readers) {
    expect(reader.resets).toEqual([{ position: 20 + JUMP, after: 20 }]);
    expect(reader.sequence.floor).toBe(floor);
    expect(reader.numbers.slice(20)).toEqual([200, 201, 202, 203, 204]);
  }
});

test("A history that was rewritten and has come further than the lost one is found out, too", async () => {
  const server = await redis.server();
  const readers = await startFour(server.url, { block: 4_000 });
  const other = new ForeignWriter(server);
  await allReached(readers, await other.commitAll(1, 20));
  // The reads that wait wake up at position 21, which is the next one but of another history.
  await replaceBy(30, other);
  for (const reader of readers) await eventually(async () => Promise.resolve(reader.resets.length > 0));
  const last = await other.commitAll(200, 5);
  await allReached(readers, last);
  const { position, floor } = await meta(server);
  expect(floor).toBe(30 + JUMP);
  expect(position).toBe(floor + 5);
  for (const reader of readers) {
    expect(reader.resets).toEqual([{ position: floor, after: 20 }]);
    expect(reader.sequence.floor).toBe(floor);
    expect(reader.numbers.slice(20)).toEqual([200, 201, 202, 203, 204]);
  }
});

test("A replica that was promoted without the last commits: who had heard of them resets, who had not goes on", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const replica = await redis.replica(server);
  const primary = await new Primary().moveTo(server.url);
  const primaryOfSlow = await new Primary().moveTo(proxy.url);
  const ahead = await startFour(server.url, { connect: primary.connect });
  const slow = await FeedProcess.start(proxy.url, { worker: 5, connect: primaryOfSlow.connect });
  processes.push(slow);
  const other = new ForeignWriter(server);
  const kept = await other.commitAll(1, 50);
  await allReached([...ahead, slow], kept);
  await eventually(async () => (await meta(replica)).position === kept);
  await replica.command("REPLICAOF", "NO", "ONE");
  proxy.hold("toClient");
  const lost = await other.commitAll(51, 5);
  await allReached(ahead, lost);
  const heir = new ForeignWriter(replica);
  await heir.commitAll(100, 3);
  for (const one of [primary, primaryOfSlow]) await one.moveTo(replica.url);
  await server.kill();
  proxy.cut();
  for (const reader of ahead) await eventually(async () => Promise.resolve(reader.resets.length > 0));
  const last = await heir.commitAll(200, 5);
  await allReached([...ahead, slow], last);
  const { position, floor } = await meta(replica);
  expect(floor).toBeGreaterThan(JUMP);
  expect(position).toBe(floor + 5);
  for (const reader of ahead) {
    expect(reader.resets).toEqual([{ position: floor, after: lost }]);
    expect(reader.numbers.slice(lost)).toEqual([200, 201, 202, 203, 204]);
  }
  expect(slow.resets).toEqual([]);
  expect(slow.numbers.slice(kept)).toEqual([100, 101, 102, 200, 201, 202, 203, 204]);
  for (const reader of [...ahead, slow]) expect(reader.sequence.floor).toBe(floor);
});

test("A restart that loses nothing raises the floor once, and nobody resets", async () => {
  const server = await redis.server({ aof: "always" });
  const readers = await startFour(server.url);
  const other = new ForeignWriter(server);
  await allReached(readers, await other.commitAll(1, 20));
  await server.kill("SIGKILL");
  await server.restart();
  await eventually(async () => (await meta(server)).floor > 0);
  const last = await other.commitAll(21, 5);
  await allReached(readers, last);
  const { position, floor } = await meta(server);
  expect(floor).toBe(20 + JUMP);
  expect(position).toBe(floor + 5);
  for (const reader of readers) {
    expect(reader.resets).toEqual([]);
    expect(reader.numbers).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(reader.sequence.floor).toBe(floor);
  }
});

test("Own commits that the new primary does not have are undone by a reset, and waits for them end", async () => {
  const server = await redis.server();
  const replica = await redis.replica(server);
  const primary = await new Primary().moveTo(server.url);
  const one = await FeedProcess.start(server.url, { connect: primary.connect });
  processes.push(one);
  const kept = await one.commit(1);
  await eventually(async () => (await meta(replica)).position === kept);
  await replica.command("REPLICAOF", "NO", "ONE");
  await one.commit(2);
  // The old primary has answered; what comes before this commit never will.
  one.sequence.sent(99, [], undefined);
  one.sequence.answered(99, kept + 5);
  const waiting = one.sequence.whenDelivered(kept + 5);
  await primary.moveTo(replica.url);
  await server.kill();
  await waiting;
  const begun = kept + 5 + JUMP;
  expect(one.resets).toEqual([{ position: begun, after: 2 }]);
  expect(await meta(replica)).toEqual({ position: begun, floor: begun });
});

test("A second loss after a new history begins another one", async () => {
  const server = await redis.server();
  const readers = await startFour(server.url, { block: 50 });
  const other = new ForeignWriter(server);
  for (const round of [1, 2, 3]) {
    const before = await other.commitAll(round * 100, 4);
    await allReached(readers, before);
    await server.command("FLUSHALL");
    await other.commit(round * 100 + 50);
    for (const reader of readers) await eventually(async () => Promise.resolve(reader.resets.length === round));
    expect((await meta(server)).floor).toBe(before + JUMP);
  }
});
