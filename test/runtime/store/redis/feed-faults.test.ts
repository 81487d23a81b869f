import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { DedicatedLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";
import { FeedProcess, type FeedProcessOptions, ForeignWriter, META, STREAM } from "./feed-process.js";

const redis = useRedis();
const processes: FeedProcess[] = [];

afterEach(async () => {
  for (const one of processes.splice(0)) await one.stop();
});

async function start(url: string, options?: FeedProcessOptions): Promise<FeedProcess> {
  const one = await FeedProcess.start(url, options);
  processes.push(one);
  return one;
}

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Breaks all connections of clients with this name. @returns how many. */
async function killClients(server: RedisServer, name: string): Promise<number> {
  const list = String(await server.command("CLIENT", "LIST")).split("\n");
  const ids = list.filter((line) => line.includes(`name=${name} `)).map((line) => /id=(\d+)/.exec(line)?.[1] ?? "");
  for (const id of ids) await server.command("CLIENT", "KILL", "ID", id);
  return ids.length;
}

/** A point that somebody comes to and waits at until the test lets it pass. */
class Barrier {
  arrive: () => void = () => undefined;
  open: () => void = () => undefined;
  readonly arrived = new Promise<void>((resolve) => (this.arrive = resolve));
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));

  async pass(): Promise<void> {
    this.arrive();
    await this.opened;
  }
}

/**
 * A link of a feed reader that waits twice: before it reads again behind what it has (as over a slow network), and with
 * the answer of Redis in its hands to where to go on after a read that found nothing.
 */
function slowly(link: DedicatedLink, beforeRead: Barrier, afterAnswer: Barrier): DedicatedLink {
  let found = true;
  return {
    command: async (name, args) => {
      const blocks = args.includes("BLOCK");
      if (name === "XREAD" && blocks && Number(String(args.at(-1)).split("-")[0]) > 0) await beforeRead.pass();
      const reply = await link.command(name, args);
      if (name === "EVAL" && !found) await afterAnswer.pass();
      if (name === "XREAD") found = blocks || reply !== null;
      return reply;
    },
    onLost: (listener) => link.onLost(listener),
    close: () => link.close(),
  };
}

async function floor(server: RedisServer): Promise<number> {
  return Number(await server.command("HGET", META, "f"));
}

test("Connections that are killed at random moments under load lose nothing and double nothing", async () => {
  const server = await redis.server();
  const readers = [];
  for (const worker of [1, 2, 3]) readers.push(await start(server.url, { worker, linkOptions: { name: "victim" } }));
  const other = new ForeignWriter(server);
  let killed = 0;
  let last = 0;
  for (const burst of fc.sample(fc.integer({ min: 1, max: 150 }), { numRuns: 25, seed: 7 })) {
    const writing = other.commitAll(last + 1, burst);
    await readers[killed % 3]?.reached(last + Math.ceil(burst / 2));
    killed += await killClients(server, "victim");
    last = await writing;
  }
  for (const reader of readers) {
    await reader.reached(last);
    expect(reader.numbers).toEqual(numbers(1, last));
    expect(reader.resets).toEqual([]);
    expect(reader.failures).toEqual([]);
  }
  expect(killed).toBeGreaterThan(25);
  expect(await floor(server)).toBe(0);
});

test("What a network that is silent for seconds held back is heard afterwards", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const one = await start(proxy.url, { block: 300, linkOptions: { replyTimeout: 800 } });
  const other = new ForeignWriter(server);
  await one.reached(await other.commitAll(1, 10));
  proxy.hold();
  await other.commitAll(11, 50);
  await eventually(async () => Promise.resolve(one.reader.lag.milliseconds > 2_000));
  expect(one.numbers).toEqual(numbers(1, 10));
  proxy.resume();
  await one.reached(60);
  expect(one.numbers).toEqual(numbers(1, 60));
  expect(one.resets).toEqual([]);
});

test("Entries that were trimmed away while a process was cut off cost it one reset, and then it goes on", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const one = await start(proxy.url);
  const other = new ForeignWriter(server);
  await one.reached(await other.commitAll(1, 5));
  proxy.refuse();
  await other.commitAll(6, 1000, 10);
  const first = String(await server.command("XRANGE", STREAM, "-", "+", "COUNT", 1));
  expect(Number(/^(\d+)-/.exec(first)?.[1])).toBeGreaterThan(500);
  proxy.resume();
  await one.reached(1005);
  await one.reached(await other.commitAll(2001, 20));
  expect(one.resets).toEqual([{ position: 1005, after: 5 }]);
  expect(one.numbers).toEqual([...numbers(1, 5), ...numbers(2001, 20)]);
  expect(one.heard.slice(5).map(({ position }) => position)).toEqual(numbers(1006, 20));
  expect([one.sequence.floor, await floor(server)]).toEqual([0, 0]);
});

test("A stream that is emptied costs a reset only those who have missed something", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const [near, far] = [await start(server.url, { worker: 1 }), await start(proxy.url, { worker: 2 })];
  const other = new ForeignWriter(server);
  const first = await other.commit(1);
  for (const one of [near, far]) await one.reached(first);
  proxy.refuse();
  const last = await other.commitAll(3, 5);
  await near.reached(last);
  await server.command("DEL", STREAM);
  proxy.resume();
  await far.reached(last);
  const next = await other.commit(100);
  for (const one of [near, far]) await one.reached(next);
  expect(near.resets).toEqual([]);
  expect(far.resets).toHaveLength(1);
  for (const one of [near, far]) expect(one.numbers.at(-1)).toBe(100);
});

test("A primary that is a replica for a while holds the feed up, and nothing is missed", async () => {
  const server = await redis.server();
  const one = await start(server.url, { block: 200 });
  const other = new ForeignWriter(server);
  await one.reached(await other.commitAll(1, 5));
  await server.command("REPLICAOF", "127.0.0.1", 1);
  await eventually(async () => Promise.resolve(one.reader.lag.milliseconds > 0));
  await server.command("REPLICAOF", "NO", "ONE");
  await one.reached(await other.commitAll(6, 5));
  expect(one.numbers).toEqual(numbers(1, 10));
  expect(one.resets).toEqual([]);
  expect(one.failures).toEqual([]);
});

test("A process whose own commits were cut off hears of them once, however the connection broke", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const one = await start(proxy.url, { worker: 1 });
  const two = await start(server.url, { worker: 2 });
  const position = await one.commit(1);
  proxy.hold("toClient");
  const lost = expect(one.commit(2)).rejects.toThrow("was lost before it answered");
  await two.reached(position + 1);
  proxy.cut();
  await lost;
  proxy.resume();
  await one.reached(position + 1);
  expect(one.heard.map(({ position, own }) => [position, own])).toEqual([
    [1, true],
    [2, true],
  ]);
  expect(one.sequence.outcome(2)).toBe(2);
  await one.commit(3);
  expect(one.numbers).toEqual([1, 2, 3]);
});

test("A commit of its own that is answered while a process asks where to go on behind a gap is heard of once", async () => {
  const server = await redis.server();
  const [beforeRead, afterAnswer] = [new Barrier(), new Barrier()];
  const link = await openLink(parseRedisUrl(server.url));
  const one = await start(server.url, {
    block: 50,
    connect: () => slowly(link.dedicated(STREAM), beforeRead, afterAnswer),
  });
  await one.commit(1);
  await beforeRead.arrived;
  await one.commit(2);
  await server.command("DEL", STREAM);
  beforeRead.open();
  await afterAnswer.arrived;
  await one.commit(3);
  expect(one.resets).toEqual([]);
  const wentOn = new Promise((resolve) => one.sequence.onReset(resolve));
  afterAnswer.open();
  await wentOn;
  await one.commit(4);
  await one.reached(await new ForeignWriter(server).commit(5));
  expect(one.heard.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  expect(one.numbers).toEqual([1, 2, 3, 4, 5]);
  expect(one.resets).toEqual([{ position: 3, after: 3 }]);
  await link.close();
});
