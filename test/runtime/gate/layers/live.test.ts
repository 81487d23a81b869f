import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { type ClientLayerFactory, type LayerName, LayerStack } from "../../../../runtime/wire/layers/index.js";
import { crypto, zlib } from "../../../../templates/client-ts/layers/index.js";
import { startWorld, worldSystems, type WorldServer, worldWithoutAccount } from "../world-server.js";
import { LayeredClient } from "./layered-client.js";
import { SodiumPeer } from "./sodium-peer.js";

const SECRET = "a key of the test";
const OFF: readonly LayerName[] = [];

const SETS: readonly (readonly [LayerName[], ClientLayerFactory[], string | undefined])[] = [
  [["jsonb"], [], undefined],
  [["jsonb", "zlib"], [zlib()], undefined],
  [["jsonb", "crypto"], [crypto({ secret: SECRET })], SECRET],
  [["jsonb", "zlib", "crypto"], [zlib(), crypto({ secret: SECRET })], SECRET],
];
const [, , , ALL] = SETS;

function start(
  [hetu1, , secret]: (typeof SETS)[number],
  options: Parameters<typeof startWorld>[0] = {},
): Promise<WorldServer> {
  return startWorld({ ...options, wire: { hetu1, hetu2: OFF, ...(secret === undefined ? {} : { secret }) } });
}

test.each(SETS)("through %j calls, subscriptions, updates, events and the greeting work", async (...set) => {
  const world = await start(set);
  const [a, b] = await Promise.all([LayeredClient.open(world.port, set[1]), LayeredClient.open(world.port, set[1])]);
  expect(await a.call("login", 1)).toEqual(["rsp", 1]);
  expect(await b.call("login", 2)).toEqual(["rsp", 2]);
  for (const length of [0, 1, 100, 999]) {
    const text = "é".repeat(length);
    expect(await a.call("echo", text)).toEqual(["rsp", text]);
  }
  await b.call("move_to", 1, 1);
  a.send("sub", "Position", "get", "owner", 2);
  const [, subscription] = await a.next();
  for (let y = 2; y < 50; y++) {
    await b.call("move_to", 1, y);
    const [kind, id, rows] = await a.next();
    expect([kind, id, Object.values(rows as object)]).toMatchObject(["updt", subscription, [{ y }]]);
  }
  b.send("rpc", "shout", "hello");
  expect(await b.next()).toEqual(["evt", "Shout", { from: 2, text: "hello" }]);
  a.send("motd");
  const received = [await a.next(), await a.next(), await a.next()].map(([kind]) => kind).sort();
  expect(received).toEqual(["evt", "hetu", "updt"]);
  await world.close();
});

test("with crypto nothing of what is said can be read on the wire, with zlib repeated words are short", async () => {
  const world = await start(ALL ?? SETS[0]!);
  const client = await LayeredClient.open(world.port, ALL?.[1] ?? []);
  const text = "a text that repeats itself ".repeat(100);
  await client.call("echo", text);
  const [, answer] = client.raw;
  expect(answer?.includes("repeats")).toBe(false);
  expect(answer?.length).toBeLessThan(200);
  await world.close();
});

test("a reader that lags through layers gets every answer and the last state", async () => {
  const set = ALL ?? SETS[0]!;
  const world = await start(set, { limits: { messagesPerSecond: Infinity, socketBuffer: 64 * 1024 } });
  const [slow, mover] = await Promise.all([
    LayeredClient.open(world.port, set[1]),
    LayeredClient.open(world.port, set[1]),
  ]);
  await slow.call("login", 1);
  await mover.call("login", 2);
  await mover.call("move_to", 1, 0);
  slow.send("sub", "Position", "get", "owner", 2);
  await slow.next();
  const clients = [...(world.server.instances.get("world")?.gate.clients.all() ?? [])];
  slow.socket.pause();
  let asked = 0;
  while (clients.every(({ stalledAt }) => stalledAt === undefined)) {
    // What cannot be compressed fills the socket.
    for (let n = 0; n < 200; n++) slow.send("rpc", "echo", randomBytes(700).toString("base64"));
    asked += 200;
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let y = 1; y <= 300; y++) await mover.call("move_to", 1, y);
  expect(world.server.counters.mergedUpdates).toBeGreaterThan(200);
  slow.socket.resume();
  let answers = 0;
  const seen: number[] = [];
  while (answers < asked || seen.at(-1) !== 300) {
    const frame = await slow.next();
    if (frame[0] === "rsp") answers++;
    else seen.push(Object.values(frame[2] as Record<string, { y: number }>)[0]?.y ?? -1);
  }
  expect(answers).toBe(asked);
  expect(seen).toEqual([...seen].sort((x, y) => x - y));
  await world.close();
});

test.each(SETS)("through %j garbage of one client closes it, and another one notices nothing", async (...set) => {
  const world = await start(set, { limits: { connectionsPerAddress: Infinity, anonymousPerAddress: Infinity } });
  const good = await LayeredClient.open(world.port, set[1]);
  const garbage = [
    Buffer.alloc(0),
    randomBytes(1),
    randomBytes(15),
    randomBytes(16),
    randomBytes(500),
    Buffer.alloc(3),
  ];
  for (const bytes of [...garbage, deflateSync(Buffer.alloc(64 << 20))]) {
    const bad = await LayeredClient.open(world.port, set[1]);
    bad.socket.send(bytes);
    const pushed = good.call("echo", "still here");
    expect((await bad.closed).code).toBe(1002);
    expect(await pushed).toEqual(["rsp", "still here"]);
  }
  await world.close();
});

test("a bomb inside of valid encryption closes the connection with a reason", async () => {
  const set = ALL ?? SETS[0]!;
  const world = await start(set);
  const client = await LayeredClient.open(world.port, set[1]);
  const stack = new LayerStack([client.stack]);
  client.socket.send(stack.encode(Buffer.alloc(8 << 20)));
  expect(await client.closed).toEqual({
    code: 1002,
    reason: "zlib: a message inflates to more than max_message (524288 bytes)",
  });
  await world.close();
});

test("a wrong secret, an unsigned hello and a repeated one are answered with the empty array, then 4005", async () => {
  const world = await start(ALL ?? SETS[0]!);
  const none = new Uint8Array(0);
  const used = new SodiumPeer("client").signedHello(SECRET);
  const first = await LayeredClient.greet(world.port, [none, used]);
  await first.message();
  for (const [hello, reason] of [
    [new SodiumPeer("client").signedHello("another"), "crypto: the signature of the hello does not fit the key"],
    [new SodiumPeer("client").publicKey, "crypto: the hello must be signed"],
    [used, "crypto: the hello was used before"],
  ] as const) {
    const client = await LayeredClient.greet(world.port, [none, hello]);
    expect(await client.message()).toEqual(Buffer.of(0x90));
    expect(await client.closed).toEqual({ code: 4005, reason });
  }
  await world.close();
});

test("where a key is configured, only those who have it learn that there is no such instance", async () => {
  const world = await start(ALL ?? SETS[0]!);
  const none = new Uint8Array(0);
  const entries = [[], [none, new SodiumPeer("client").publicKey], [none, new SodiumPeer("client").signedHello("no")]];
  for (const each of entries) {
    const [real, unreal] = await Promise.all([
      LayeredClient.greet(world.port, each),
      LayeredClient.greet(world.port, each, "nowhere"),
    ]);
    expect(await unreal.closed).toEqual(await real.closed);
    expect(unreal.raw).toEqual(real.raw);
  }
  const friend = await LayeredClient.greet(world.port, [none, new SodiumPeer("client").signedHello(SECRET)], "nowhere");
  expect(await friend.closed).toEqual({ code: 4004, reason: 'unknown instance "nowhere"' });
  await world.close();
});

test("a server that stops does not wait for those who ask for an unknown instance and say nothing", async () => {
  const world = await start(ALL ?? SETS[0]!);
  const silent = new LayeredClient(`ws://127.0.0.1:${world.port}/hetu/nowhere`);
  await new Promise((resolve) => silent.socket.once("open", resolve));
  await world.close();
  expect((await silent.closed).code).toBe(1006);
});

test("where hetu.1 is switched off its clients are told with 4005", async () => {
  const world = await startWorld({ wire: { hetu1: [] } });
  const client = await LayeredClient.greet(world.port, []);
  expect(await client.closed).toEqual({ code: 4005, reason: "this server does not speak hetu.1" });
  await world.close();
});

test("a swapped schema gives new connections its dictionary, and older ones go on with theirs", async () => {
  const [, withZlib] = SETS;
  const set = withZlib ?? SETS[0]!;
  const world = await start(set, { swappable: true });
  const older = await LayeredClient.open(world.port, set[1]);
  await older.call("echo", "before");
  await world.server.swap(worldWithoutAccount());
  expect(await older.call("echo", "Account")).toEqual(["rsp", "Account"]);
  const newer = await LayeredClient.open(world.port, set[1]);
  expect(await newer.call("echo", "Account")).toEqual(["rsp", "Account"]);
  expect(older.raw[0]?.includes("\nbalance\n")).toBe(true);
  expect(newer.raw[0]?.includes("\nbalance\n")).toBe(false);
  await world.server.swap(worldSystems());
  await world.close();
});
