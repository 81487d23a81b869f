import { decode } from "@msgpack/msgpack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WireClient } from "./wire-client.js";
import { startWorld, type WorldServer } from "./world-server.js";

let world: WorldServer;
beforeAll(async () => {
  world = await startWorld({
    motd: "welcome",
    systems: {
      any: () => {
        throw new Error("secret detail");
      },
    },
  });
});
afterAll(() => world.close());

test("an rpc is answered with the system's result", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("echo", "hello")).toEqual(["rsp", "hello"]);
  await client.close();
});

test("a system without a result answers ok", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("rare")).toEqual(["rsp", "ok"]);
  await client.close();
});

test("64-bit integers are accepted in any MessagePack form", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("login", 5)).toEqual(["rsp", 5]);
  expect(await client.call("login", 5_000_000_000_000n)).toEqual(["rsp", 5_000_000_000_000n]);
  await client.close();
});

test("a typed error is rejected with its name and fields", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("transfer", 1, 2, 500)).toEqual(["rej", "transfer", "NotEnough", { need: 500, have: 100 }]);
  await client.close();
});

test.each([
  ["UNKNOWN_SYSTEM", "no_such_system", []],
  ["BAD_ARGUMENTS", "echo", []],
  ["BAD_ARGUMENTS", "echo", [5]],
  ["BAD_ARGUMENTS", "transfer", [1, 2, 0]],
  ["FORBIDDEN", "pay", [1]],
  ["FORBIDDEN", "started", []],
  ["FORBIDDEN", "move_to", [1, 2]],
  ["FORBIDDEN", "wipe", []],
])("%s is what a caller of %s%j gets, with a reason, and the connection stays", async (code, name, args) => {
  const client = await WireClient.open(world.port);
  expect(await client.call(name, ...args)).toEqual([
    "rej",
    name,
    code,
    { reason: expect.stringMatching(/./) as unknown },
  ]);
  expect(await client.call("echo", "still here")).toEqual(["rsp", "still here"]);
  await client.close();
});

test("a system that throws answers err without telling why", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("any")).toEqual(["err", "any", "INTERNAL"]);
  await client.close();
});

test("a system over its time-out is rejected with TIMEOUT", async () => {
  const client = await WireClient.open(world.port);
  const [kind, name, code] = await client.call("slow", 5000);
  expect([kind, name, code]).toEqual(["rej", "slow", "TIMEOUT"]);
  await client.close();
});

test("an endpoint is called like a system", async () => {
  const client = await WireClient.open(world.port);
  expect(await client.call("whoami")).toEqual(["rsp", null]);
  await client.call("login", 12);
  expect(await client.call("whoami")).toEqual(["rsp", 12]);
  await client.close();
});

test("motd is answered with a greeting in a text frame", async () => {
  const client = await WireClient.open(world.port);
  client.send("motd");
  expect(await client.next()).toBe("welcome");
  await client.close();
});

test("clock is answered with the time in its turn", async () => {
  const client = await WireClient.open(world.port);
  client.send("rpc", "echo", "1");
  client.send("clock");
  client.send("rpc", "echo", "2");
  const [first, clock, second] = await client.take(3);
  expect(first).toEqual(["rsp", "1"]);
  expect(clock?.[0]).toBe("clock");
  expect(Math.abs(Number(clock?.[1]) - Date.now())).toBeLessThan(60_000);
  expect(second).toEqual(["rsp", "2"]);
  await client.close();
});

test("a once call takes effect once however often it is sent", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 31);
  const id = new Uint8Array(24).fill(7);
  new DataView(id.buffer).setBigUint64(0, BigInt(Date.now()));
  client.send("once", id, "buy", 4, 3);
  client.send("once", id, "buy", 4, 3);
  client.send("once", id, "buy", 4, 1);
  const [first, again, other] = await client.take(3);
  expect(first).toEqual(["rsp", { item: 4, left: 3, notes: [] }]);
  expect(again).toEqual(first);
  expect(other?.slice(0, 3)).toEqual(["rej", "buy", "ONCE_MISMATCH"]);
  await client.close();
});

test("sub range answers with an id and the rows, updates follow, unsub ends them", async () => {
  const [watcher, mover] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await watcher.call("login", 41);
  await mover.call("login", 42);
  watcher.send("sub", "Position", "range", "x", 100, 110);
  expect(await watcher.next()).toEqual(["sub", "Position.x[100:110:1][:10]", []]);
  await mover.call("move_to", 105, 1);
  const [kind, id, changes] = await watcher.next();
  expect([kind, id]).toEqual(["updt", "Position.x[100:110:1][:10]"]);
  expect(Object.values(changes as object)).toMatchObject([{ owner: 42, x: 105, y: 1, zone: 0 }]);
  watcher.send("unsub", "Position.x[100:110:1][:10]");
  expect(await watcher.call("echo", "unsubscribed")).toEqual(["rsp", "unsubscribed"]);
  await mover.call("move_to", 106, 1);
  expect(await watcher.call("echo", "nothing between")).toEqual(["rsp", "nothing between"]);
  await Promise.all([watcher.close(), mover.close()]);
});

test("sub get answers with one row, or with nil when there is none", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 51);
  client.send("sub", "Position", "get", "owner", 51);
  expect(await client.next()).toEqual(["sub", null, null]);
  await client.call("move_to", 300, 301);
  client.send("sub", "Position", "get", "owner", 51);
  const [kind, id, row] = await client.next();
  expect(kind).toBe("sub");
  expect(id).toMatch(/^Position\.id\[\d+:None:1\]\[:1\]$/);
  expect(row).toMatchObject({ owner: 51, x: 300, y: 301 });
  await client.close();
});

test.each([
  ["range", ["Position", "range", "x", 0, 1], ["sub", null, []]],
  ["get", ["Position", "get", "owner", 1], ["sub", null, null]],
  ["range of an unknown component", ["Nothing", "range", "x", 0, 1], ["sub", null, []]],
  ["get of an unknown index", ["Account", "get", "color", 1], ["sub", null, null]],
  ["range with a bound of another type", ["Account", "range", "number", "ten", 11], ["sub", null, []]],
  ["range without match and force", ["Account", "range", "number", 900, 901, 10, false, false], ["sub", null, []]],
])("a %s that may not or cannot be subscribed never answers rej or err", async (_what, query, answer) => {
  const client = await WireClient.open(world.port);
  client.send("sub", ...query);
  expect(await client.next()).toEqual(answer);
  expect(await client.call("echo", "open")).toEqual(["rsp", "open"]);
  await client.close();
});

test("a text frame closes its connection, and no other client notices", async () => {
  const [client, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  client.socket.send("[]");
  expect(await client.closed).toEqual({
    code: 1003,
    reason: "text frames are not part of the protocol, send MessagePack in binary ones",
  });
  expect(await other.call("echo", "fine")).toEqual(["rsp", "fine"]);
  await other.close();
});

test("the keys of an update are integers, and floats are written as such", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 71);
  client.send("sub", "Position", "range", "x", 7000, 7001);
  await client.next();
  const raw = new Promise<Buffer>((resolve) => client.socket.once("message", resolve));
  client.send("rpc", "move_to", 7000, 7);
  const bytes = await raw;
  const keys: unknown[] = [];
  const keep = (key: unknown): string => {
    keys.push(key);
    return String(key);
  };
  const [kind] = decode(bytes, { useBigInt64: true, mapKeyConverter: keep }) as [string];
  expect(kind).toBe("updt");
  expect(keys).toEqual([expect.any(BigInt), "id", "owner", "zone", "x", "y"]);
  // 0xcb is the head of a float64.
  expect(bytes.includes(Buffer.from([0xa1, 0x78, 0xcb]))).toBe(true);
  await client.close();
});

test("NaN is refused as an argument, before it reaches the system; an infinity is not", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 72);
  const [kind, name, code, fields] = await client.call("move_to", NaN, 1);
  expect([kind, name, code]).toEqual(["rej", "move_to", "BAD_ARGUMENTS"]);
  expect((fields as { reason: string }).reason).toContain("move_to.x must be a number, not NaN");
  expect(await client.call("move_to", -Infinity, Infinity)).toEqual(["rsp", "ok"]);
  await client.close();
});
