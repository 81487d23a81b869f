import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StoreClosedError, StoreFailedError } from "../../../../runtime/store/errors.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { LinkLostError, RedisReplyError, StoreFullError } from "../../../../runtime/store/redis/errors.js";
import type { LinkOptions, RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink, RedisUnreachableError } from "../../../../runtime/store/redis/open-link.js";
import type { Script } from "../../../../runtime/store/redis/script.js";
import { type RedisServer, useRedis } from "../../../redis/index.js";
import { scriptOf } from "./scripts.js";

const redis = useRedis();
const links: RedisLink[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const link of links.splice(0)) await link.close();
});

async function linkTo(url: string, options?: LinkOptions): Promise<RedisLink> {
  const link = await openLink(parseRedisUrl(url), options);
  links.push(link);
  return link;
}

const COUNT: Script = scriptOf("return redis.call('INCRBY', KEYS[1], ARGV[1])");
const SLOW: Script = scriptOf("local n = 0 for i = 1, 3e7 do n = n + i end return redis.call('INCR', KEYS[1])");

async function commandsOf(server: RedisServer, command: string): Promise<number> {
  const stats = await server.info("commandstats");
  return Number(/calls=(\d+)/.exec(stats.get(`cmdstat_${command}`) ?? "")?.[1] ?? 0);
}

describe("the link to one server", () => {
  it("runs commands and scripts with binary keys, arguments and replies", async () => {
    const link = await linkTo((await redis.server()).url);
    const bytes = Buffer.from([0, 255, 13, 10, 36, 42]);
    await link.command("HSET", "{t}k", [bytes, bytes, "ü", 7]);
    expect(await link.command("HGET", "{t}k", [bytes])).toEqual(bytes);
    expect(await link.command("HGET", "{t}k", ["ü"])).toEqual(Buffer.from("7"));
    expect(await link.command("HGET", "{t}k", ["none"])).toBeNull();
    const script = scriptOf("return {KEYS[2], ARGV[1], 5, false, {ARGV[2]}}");
    const reply = await link.run(script, ["{t}a", "{t}b"], [bytes, Buffer.alloc(0)]);
    expect(reply).toEqual([Buffer.from("{t}b"), bytes, 5, null, [Buffer.alloc(0)]]);
  });

  it("sends a script once and its digest from then on, also after the server has forgotten it", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    for (let i = 0; i < 5; i++) await link.run(COUNT, ["k"], [1]);
    expect(await commandsOf(server, "eval")).toBe(1);
    await server.command("SCRIPT", "FLUSH");
    for (let i = 0; i < 5; i++) await link.commit(COUNT, ["k"], [1]);
    expect(await server.command("GET", "k")).toBe("10");
    expect(await commandsOf(server, "eval")).toBe(2);
  });

  it("keeps the order of one tick", async () => {
    const link = await linkTo((await redis.server()).url);
    const replies = await Promise.all(Array.from({ length: 100 }, () => link.commit(COUNT, ["k"], [1])));
    expect(replies).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it("tells errors of the server with their code", async () => {
    const link = await linkTo((await redis.server()).url);
    await link.command("SET", "k", ["x"]);
    const error: unknown = await link.command("HGET", "k", ["f"]).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RedisReplyError);
    expect(error).toMatchObject({ code: "WRONGTYPE" });
    await expect(link.commit(COUNT, ["k"], [1])).rejects.toMatchObject({ code: "ERR" });
  });

  it("refuses a commit that finds no memory, and goes on when there is some", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    await server.command("CONFIG", "SET", "maxmemory", 1);
    await expect(link.commit(COUNT, ["k"], [1])).rejects.toBeInstanceOf(StoreFullError);
    await server.command("CONFIG", "SET", "maxmemory", 0);
    expect(await link.commit(COUNT, ["k"], [1])).toBe(1);
  });

  it("gives unanswered commits back as lost and asks reads again when its connection is killed", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    let lost = 0;
    link.onLost(() => lost++);
    server.pause();
    const refused = expect(link.commit(COUNT, ["k"], [1])).rejects.toBeInstanceOf(LinkLostError);
    const read = link.command("EXISTS", "gone", []);
    await server.kill("SIGKILL");
    await server.restart();
    await refused;
    expect(await read).toBe(0);
    expect(lost).toBe(1);
    expect(await link.commit(COUNT, ["k"], [1])).toBe(1);
  });

  it("waits while the server is a replica", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    await server.command("REPLICAOF", "127.0.0.1", "1");
    const commit = link.commit(COUNT, ["k"], [1]);
    await link.command("EXISTS", "k", []);
    await server.command("REPLICAOF", "NO", "ONE");
    expect(await commit).toBe(1);
  });

  it("counts a connection as lost that does not answer in time", async () => {
    const server = await redis.server();
    const proxy = await redis.proxy(server);
    const link = await linkTo(proxy.url, { replyTimeout: 200 });
    await link.commit(COUNT, ["k"], [1]);
    server.pause();
    await expect(link.commit(COUNT, ["k"], [1])).rejects.toBeInstanceOf(LinkLostError);
    server.resume();
    expect(await link.command("EXISTS", "k", [])).toBe(1);
  });

  it("fails once the server has been away for the retry window, and says so once", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url, { retryWindow: 300 });
    const failures: Error[] = [];
    link.onFailure((error) => failures.push(error));
    await server.kill();
    await expect(link.command("EXISTS", "k", [])).rejects.toBeInstanceOf(StoreFailedError);
    await expect(link.commit(COUNT, ["k"], [1])).rejects.toBeInstanceOf(StoreFailedError);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(StoreFailedError);
  });

  it("answers what is under way before it closes, and nothing afterwards", async () => {
    const link = await linkTo((await redis.server()).url);
    const slow = link.commit(SLOW, ["k"], []);
    const closing = link.close();
    await expect(link.command("EXISTS", "k", [])).rejects.toBeInstanceOf(StoreClosedError);
    expect(await slow).toBe(1);
    await closing;
  });

  it("does not miss a server that it has left", async () => {
    const link = await linkTo((await redis.server()).url);
    const failures: Error[] = [];
    link.onFailure((error) => failures.push(error));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const gone = new Promise<void>((resolve) => void link.onLost(resolve));
    await link.close();
    await gone;
    vi.advanceTimersByTime(600_000);
    expect(failures).toEqual([]);
  });

  it("has connections of their own for reads that block, which dial again", async () => {
    const server = await redis.server();
    const link = await linkTo(server.url);
    const dedicated = link.dedicated("list");
    const popped = dedicated.command("BLPOP", ["list", 2]);
    await link.command("RPUSH", "list", ["x"]);
    expect(await popped).toEqual([Buffer.from("list"), Buffer.from("x")]);
    let lost = 0;
    dedicated.onLost(() => lost++);
    const again = expect(dedicated.command("BLPOP", ["list", 2])).rejects.toBeInstanceOf(LinkLostError);
    await server.kill();
    await again;
    const after = dedicated.command("EXISTS", ["list"]);
    await server.restart();
    expect(await after).toBe(0);
    expect(lost).toBe(1);
    dedicated.close();
    await expect(dedicated.command("EXISTS", ["list"])).rejects.toBeInstanceOf(LinkLostError);
  });

  it("says at once why it cannot be opened", async () => {
    const server = await redis.server({ args: ["--requirepass", "secret", "--databases", "2"] });
    const { port } = server;
    const open = (login: string, database = 0): Promise<unknown> =>
      linkTo(`redis://${login}127.0.0.1:${port}/${database}`).catch((error: unknown) => error);
    expect(await open("")).toMatchObject({ message: expect.stringContaining("NOAUTH") as string });
    expect(await open(":wrong@")).toMatchObject({ message: expect.stringContaining("WRONGPASS") as string });
    expect(await open(":secret@", 7)).toMatchObject({ message: expect.stringContaining("database") as string });
    expect(await open(":secret@", 7)).toBeInstanceOf(RedisUnreachableError);
    expect(await open(":secret@", 1)).not.toBeInstanceOf(Error);
  });

  it("shows the password in no error, nor in its causes", async () => {
    const { port } = await redis.server({ args: ["--requirepass", "secret"] });
    const error: unknown = await linkTo(`redis://someone:wrong-one@127.0.0.1:${port}`).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RedisUnreachableError);
    expect(inspect(error, { depth: Infinity })).not.toContain("wrong-one");
  });

  it("waits for replicas when it shall, and says when too few have a commit", async () => {
    const server = await redis.server();
    const replica = await redis.replica(server);
    const link = await linkTo(server.url, { wait: { replicas: 1, timeout: 4_000 } });
    expect(await link.commit(COUNT, ["k"], [1])).toBe(1);
    await replica.kill();
    await expect(link.commit(COUNT, ["k"], [1])).rejects.toMatchObject({ name: "NotReplicatedError", replicas: 0 });
    expect(await link.command("GET", "k", [])).toEqual(Buffer.from("2"));
  });
});

it("says once that it waits for a server that does not answer yet", async () => {
  const server = await redis.server();
  await server.kill();
  const told: number[] = [];
  let heard: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (heard = resolve));
  const opening = openLink(parseRedisUrl(server.url), {}, (ms) => {
    told.push(ms);
    heard();
  });
  await waiting;
  await server.restart();
  await (await opening).close();
  expect(told).toEqual([10_000]);
});
