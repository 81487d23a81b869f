import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WireClient } from "./wire-client.js";
import { startWorld } from "./world-server.js";

test("@limit is counted for each connection, and over it a call is rejected with the limit", async () => {
  const world = await startWorld();
  const [first, second] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  expect(await first.call("rare")).toEqual(["rsp", "ok"]);
  expect(await first.call("rare")).toEqual(["rsp", "ok"]);
  const reason = "rare may be called 2 times per 3600000 ms";
  expect(await first.call("rare")).toEqual(["rej", "rare", "RATE_LIMITED", { reason }]);
  expect(await first.call("echo", "others go on")).toEqual(["rsp", "others go on"]);
  expect(await second.call("rare")).toEqual(["rsp", "ok"]);
  await world.close();
});

test("messages above the rate are answered RATE_LIMITED in their turn, never by closing", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: 1, messagesBurst: 5 } });
  const client = await WireClient.open(world.port);
  for (let n = 0; n < 8; n++) client.send("rpc", "echo", `${n}`);
  const answers = await client.take(8);
  expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }, (_, n) => ["rsp", `${n}`]));
  for (const answer of answers.slice(5)) expect(answer.slice(0, 3)).toEqual(["rej", "echo", "RATE_LIMITED"]);
  await world.close();
});

test("a flood is closed with the limit as its reason, and others do not notice", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: 10, messagesBurst: 10, floodFactor: 2 } });
  const [flooder, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  for (let n = 0; n < 1000; n++) flooder.send("rpc", "echo", "x");
  const { code, reason } = await flooder.closed;
  expect(code).toBe(1008);
  expect(reason).toContain("messages_per_second (10 messages a second)");
  expect(await other.call("echo", "fine")).toEqual(["rsp", "fine"]);
  await world.close();
});

test("a message over max_message closes its connection only", async () => {
  const world = await startWorld({ limits: { maxMessage: 1024 } });
  const [big, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  big.send("rpc", "echo", "x".repeat(2000));
  expect((await big.closed).code).toBe(1009);
  expect(await other.call("echo", "fine")).toEqual(["rsp", "fine"]);
  await world.close();
});

test.each([
  ["more requests than may wait", { pendingRequests: 4, pendingBytes: Infinity }],
  ["requests with more bytes than may wait", { pendingRequests: Infinity, pendingBytes: 1000 }],
])("%s hold back the socket, and all of them are answered in order", async (_, limits) => {
  let letGo = (): void => undefined;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const systems = { neverRetried: () => free };
  const world = await startWorld({ limits: { ...limits, messagesPerSecond: Infinity }, systems });
  const client = await WireClient.open(world.port);
  client.send("rpc", "never_retried");
  for (let n = 0; n < 5000; n++) client.send("rpc", "echo", `${n} ${"x".repeat(100)}`);
  const [served] = world.server.instances.get("world")?.gate.clients.all() ?? [];
  await vi.waitFor(() => expect(served?.paused).toBe(true));
  letGo();
  const answers = await client.take(5001);
  expect(answers.slice(1)).toEqual(Array.from({ length: 5000 }, (_, n) => ["rsp", `${n} ${"x".repeat(100)}`]));
  expect(served?.paused).toBe(false);
  await world.close();
});

test("what has come with the same bytes of the socket is not looked at before its turn, either", async () => {
  let letGo = (): void => undefined;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const world = await startWorld({ limits: { pendingBytes: 1000 }, systems: { neverRetried: () => free } });
  const client = await WireClient.open(world.port);
  client.send("rpc", "never_retried");
  client.send("rpc", "echo", "x".repeat(1000));
  client.raw([0xc1]);
  const [served] = world.server.instances.get("world")?.gate.clients.all() ?? [];
  await vi.waitFor(() => expect(served?.paused).toBe(true));
  expect(served?.gone).toBe(false);
  letGo();
  expect((await client.closed).code).toBe(1002);
  await world.close();
});

test("subscriptions of one connection are limited", async () => {
  const world = await startWorld({ limits: { subscriptions: 3 } });
  const client = await WireClient.open(world.port);
  for (let n = 0; n < 5; n++) client.send("sub", "Account", "range", "number", n, n);
  const answers = await client.take(5);
  expect(answers.map((frame) => frame[1] !== null)).toEqual([true, true, true, false, false]);
  await world.close();
});

test("a client that answers no ping is closed, one that does stays", async () => {
  const world = await startWorld({ limits: { idleTimeout: 300 } });
  const quiet = await WireClient.open(world.port);
  const dead = new WireClient(`ws://127.0.0.1:${world.port}/hetu/world`, { autoPong: false });
  await once(dead.socket, "open");
  dead.raw([0x90]);
  await dead.next();
  expect(await dead.closed).toEqual({ code: 4008, reason: "no sign of life within idle_timeout (300 ms)" });
  expect(await quiet.call("echo", "alive")).toEqual(["rsp", "alive"]);
  await world.close();
});

test("pings count as messages: a flood of them is closed", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: 10, messagesBurst: 10, floodFactor: 2 } });
  const client = await WireClient.open(world.port);
  for (let n = 0; n < 200; n++) client.socket.ping();
  expect((await client.closed).code).toBe(1008);
  await world.close();
});
