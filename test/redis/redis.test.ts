import { existsSync } from "node:fs";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { eventually, startRedis, useRedis } from "./index.js";

const redis = useRedis();

test("A server answers commands, and takes its folder with it", async () => {
  const server = await startRedis();
  try {
    expect(await server.command("SET", "a", "1")).toBe("OK");
    expect(await server.command("GET", "a")).toBe("1");
    expect(existsSync(server.folder)).toBe(true);
  } finally {
    await server.stop();
  }
  expect(existsSync(server.folder)).toBe(false);
  expect(() => process.kill(server.pid, 0)).toThrow("ESRCH");
});

test("A killed server with an append-only file comes back on its port with what it had", async () => {
  const server = await redis.server({ aof: "always" });
  await server.command("SET", "a", "1");
  const { port, pid } = server;
  await server.kill("SIGKILL");
  await server.restart();
  expect(server.port).toBe(port);
  expect(server.pid).not.toBe(pid);
  expect(await server.command("GET", "a")).toBe("1");
});

test("A server that does not start shows what it said", async () => {
  await expect(startRedis({ args: ["--no-such-setting", "1"] })).rejects.toThrow("no-such-setting");
});

test("A replica has what the primary has", async () => {
  const primary = await redis.server();
  await primary.command("SET", "a", "1");
  const replica = await redis.replica(primary);
  expect(await replica.command("GET", "a")).toBe("1");
  await primary.command("SET", "a", "2");
  await eventually(async () => (await replica.command("GET", "a")) === "2");
});

test("A cluster serves all slots, moves one with its keys, and replaces a dead primary", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const slot = await cluster.slotOf("{a}");
  const [first, other] = [await cluster.primaryOf(slot), cluster.nodes.slice(0, 3)];
  await first.command("SET", "{a}:1", "x");
  await first.command("SET", "{a}:2", "y");
  const target = other.find((node) => node !== first);
  if (target === undefined) throw new Error("one primary only");
  await cluster.moveSlot(slot, target, async () => {
    await expect(first.command("MGET", "{a}:1", "{a}:2")).rejects.toThrow("TRYAGAIN");
  });
  expect(await cluster.primaryOf(slot)).toBe(target);
  expect(await target.command("MGET", "{a}:1", "{a}:2")).toEqual(["x", "y"]);
  await target.command("WAIT", 1, 10_000);

  const [heir] = await cluster.replicasOf(slot);
  await target.kill("SIGKILL");
  await eventually(async () => (await cluster.primaryOf(slot)) === heir);
  await cluster.settled();
  expect(await heir?.command("GET", "{a}:1")).toBe("x");
});

test("A proxy cuts, refuses, and holds back without losing or reordering", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const connect = () => {
    const client = new Redis(proxy.port, proxy.host, { retryStrategy: null, maxRetriesPerRequest: 0 });
    client.on("error", () => undefined);
    return client;
  };
  const client = connect();
  await client.set("n", 0);
  proxy.hold();
  const counts = Promise.all([client.incr("n"), client.incr("n")]);
  expect(await server.command("GET", "n")).toBe("0");
  proxy.resume();
  expect(await counts).toEqual([1, 2]);

  proxy.hold("toClient");
  const lost = client.incr("n");
  await eventually(async () => (await server.command("GET", "n")) === "3");
  proxy.cut();
  await expect(lost).rejects.toThrow();

  proxy.refuse();
  await expect(connect().ping()).rejects.toThrow();
  proxy.resume();
  const again = connect();
  expect(await again.get("n")).toBe("3");
  again.disconnect();
});
