import { afterEach, expect, test } from "vitest";
import { StoreClosedError, StoreFailedError } from "../../../../runtime/store/errors.js";
import { FeedFormatError } from "../../../../runtime/store/redis/feed/entry.js";
import { FeedReader } from "../../../../runtime/store/redis/feed/feed-reader.js";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";
import { FeedProcess, type FeedProcessOptions, ForeignWriter, META, numberIn, STREAM } from "./feed-process.js";

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

async function calls(server: RedisServer, command: string): Promise<number> {
  const stats = (await server.info("commandstats")).get(`cmdstat_${command}`) ?? "calls=0";
  return Number(/calls=(\d+)/.exec(stats)?.[1]);
}

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

test("A process hears of what is committed after its start, and knows how much was before it", async () => {
  const server = await redis.server();
  const other = new ForeignWriter(server);
  await other.commitAll(1, 3);
  const one = await start(server.url);
  expect(one.sequence.position).toBe(3);
  await one.reached(await other.commit(4));
  expect(one.numbers).toEqual([4]);
  expect(one.heard[0]).toMatchObject({ position: 4, own: false, message: undefined });
});

test("Processes that commit at the same time hear the same commits in the same order", async () => {
  const server = await redis.server();
  const all = [];
  for (const worker of [1, 2, 3]) all.push(await start(server.url, { worker }));
  const work = all.flatMap((one, i) => numbers(1000 * i, 150).map((number) => one.commit(number)));
  const positions = await Promise.all(work);
  expect([...positions].sort((a, b) => a - b)).toEqual(numbers(1, 450));
  for (const one of all) await one.reached(450);
  const [first] = all;
  for (const [i, one] of all.entries()) {
    expect(one.heard.map(({ position }) => position)).toEqual(numbers(1, 450));
    expect(one.numbers).toEqual(first?.numbers);
    expect(one.heard.filter(({ own }) => own).map(numberIn)).toEqual(numbers(1000 * i, 150));
    expect(one.resets).toEqual([]);
  }
});

test("A commit alone costs its process the script and about one read", async () => {
  const server = await redis.server();
  const one = await start(server.url);
  for (const number of numbers(1, 300)) {
    const position = await one.commit(number);
    await eventually(async () => Promise.resolve(one.sequence.read === position));
  }
  expect(one.numbers).toEqual(numbers(1, 300));
  const reads = (await calls(server, "xread")) + (await calls(server, "eval"));
  expect(reads).toBeLessThan(1.2 * 300);
});

test("Positions that are passed without an entry are passed here, too", async () => {
  const server = await redis.server();
  const one = await start(server.url, { block: 100 });
  await one.reached(await new ForeignWriter(server).commit(1));
  await server.command("HSET", META, "p", 40, "f", 40);
  await one.reached(40);
  expect(one.sequence.floor).toBe(40);
  await one.reached(await one.commit(2));
  expect(one.heard.map(({ position }) => position)).toEqual([1, 41]);
  expect(one.resets).toEqual([]);
});

test("No more than a batch is taken before it has been delivered", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const one = await start(proxy.url, { batch: 10 });
  proxy.refuse();
  const last = await new ForeignWriter(server).commitAll(1, 1000);
  const before = await calls(server, "xread");
  proxy.resume();
  await one.reached(last);
  expect(one.numbers).toEqual(numbers(1, 1000));
  expect((await calls(server, "xread")) - before).toBeGreaterThanOrEqual(100);
});

test("Closing ends a read that waits, and leaves no connection", async () => {
  const server = await redis.server();
  const one = await start(server.url, { block: 60_000, linkOptions: { name: "closing" } });
  await eventually(async () => /cmd=xread/.test(String(await server.command("CLIENT", "LIST"))));
  await one.stop();
  await one.reader.close();
  await eventually(async () => !String(await server.command("CLIENT", "LIST")).includes("name=closing"));
  expect(one.failures).toEqual([]);
});

test("A reader that is closed before there was a server refuses its start", async () => {
  const server = await redis.server();
  const one = await start(server.url);
  await server.kill();
  await one.reader.close();
  const late = new FeedReader({
    connect: () => one.link.dedicated(STREAM),
    stream: STREAM,
    meta: META,
    sequence: one.sequence,
    onFailure: (error) => one.failures.push(error),
  });
  const starting = expect(late.start()).rejects.toThrow(StoreClosedError);
  await late.close();
  await starting;
  expect(one.failures).toEqual([]);
});

test("Without a server for the retry window, reading has failed", async () => {
  const server = await redis.server();
  const one = await start(server.url, { retryWindow: 300 });
  await server.kill();
  await eventually(async () => Promise.resolve(one.failures.length > 0));
  expect(one.failures[0]).toBeInstanceOf(StoreFailedError);
  expect(one.failures[0]?.message).toContain("could not be read for 0.3 s (retry_window)");
  expect(one.failures).toHaveLength(1);
});

test("An entry of another version's format ends reading, since nothing behind it can be told", async () => {
  const server = await redis.server();
  const one = await start(server.url);
  await server.command(
    "XADD",
    STREAM,
    "1-0",
    "c",
    Buffer.concat([Buffer.alloc(8), Buffer.from([77]), Buffer.alloc(40)]),
  );
  await eventually(async () => Promise.resolve(one.failures.length > 0));
  expect(one.failures[0]).toBeInstanceOf(FeedFormatError);
});

test("A user who may not ask for the server's run id can read the feed", async () => {
  const server = await redis.server();
  await server.command("ACL", "SETUSER", "feed", "on", ">secret", "~*", "&*", "+@all", "-info");
  const one = await start(`redis://feed:secret@127.0.0.1:${server.port}/0`);
  await one.reached(await new ForeignWriter(server).commit(1));
  expect(one.numbers).toEqual([1]);
});

test("The lag is nothing while all is heard, and grows while the server is out of reach", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const one = await start(proxy.url);
  await one.reached(await new ForeignWriter(server).commit(1));
  expect(one.reader.lag).toEqual({ positions: 0, milliseconds: 0 });
  proxy.refuse();
  await eventually(async () => Promise.resolve(one.reader.lag.milliseconds > 50));
  proxy.resume();
  await eventually(async () => Promise.resolve(one.reader.lag.milliseconds === 0));
});
