import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { writeHello, writePing } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { callable, component, Hetu2Client, indexOf } from "./hetu2-client.js";
import { WireClient } from "./wire-client.js";
import { ADMIN, startWorld, type WorldServer } from "./world-server.js";

let world: WorldServer;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.close());

describe("the welcome", () => {
  it("leaves the description out for a client that has it", async () => {
    const client = await Hetu2Client.open(world.port);
    expect(client.welcome).toMatchObject({ description: undefined, resumeWindow: 10_000, resumed: false });
    expect(client.welcome.token).toHaveLength(16);
    expect(client.socket.protocol).toBe("hetu.2");
    await client.close();
  });

  it.each([
    ["none", undefined],
    ["another one", new Uint8Array(32)],
  ])("has the description for a client with %s", async (_what, fingerprint) => {
    const client = await Hetu2Client.open(world.port, { fingerprint });
    expect(client.welcome.description).toStrictEqual(schema.wire.description);
    await client.close();
  });

  it("tells nothing of what is for admins", () => {
    const text = JSON.stringify(schema.wire.description);
    for (const hidden of ["Journal", "Online", "source", "wipe", "remember", "items"])
      expect(text).not.toContain(hidden);
  });

  it("may be awaited while requests are already on their way", async () => {
    const client = new Hetu2Client(world.port);
    await once(client.socket, "open");
    client.socket.send(Uint8Array.of(0x90));
    const echo = (text: string): Uint8Array => encodeMessage([1, callable("echo"), text]);
    client.raw(writeHello({ fingerprint: undefined, resume: undefined }), echo("a"), echo("b"));
    const frames = await client.take(3);
    expect(frames.map(({ kind }) => kind)).toEqual(["welcome", "result", "result"]);
    await client.close();
  });

  it.each([
    ["another frame comes first", [writePing()]],
    ["it comes twice", [0, 1].map(() => writeHello({ fingerprint: undefined, resume: undefined }))],
    ["it is no frame", [Uint8Array.of(0xc1)]],
  ])("does not come when %s: the connection is closed", async (_what, frames) => {
    const client = new Hetu2Client(world.port);
    await once(client.socket, "open");
    client.socket.send(Uint8Array.of(0x90));
    client.raw(...frames);
    expect((await client.closed).code).toBe(1002);
  });

  it("reads no frame behind the one that ends the connection", async () => {
    const strict = await startWorld({ limits: { messagesPerSecond: 1, messagesBurst: 1, floodFactor: 2 } });
    const client = await Hetu2Client.open(strict.port);
    // What stands at the end is no frame.
    client.raw(...Array.from({ length: 1000 }, () => Uint8Array.of(0x91, 7)), Uint8Array.of(0xc1));
    expect((await client.closed).code).toBe(1008);
    await strict.close();
  });
});

describe("calls", () => {
  it("are answered with results, typed errors by number, and built-in codes by name", async () => {
    const client = await Hetu2Client.open(world.port);
    expect(await client.call("echo", "hi")).toEqual({ kind: "result", value: "hi" });
    expect(await client.call("whoami")).toEqual({ kind: "result", value: null });
    expect(await client.call("login", 5)).toEqual({ kind: "result", value: 5 });
    expect(await client.call("join_guild", 3)).toEqual({ kind: "result", value: undefined });
    expect(await client.call("transfer", 1, 2, 1000)).toEqual({
      kind: "rejection",
      code: 0,
      fields: { need: 1000, have: 100 },
    });
    expect(await client.call("echo")).toMatchObject({ kind: "rejection", code: "BAD_ARGUMENTS" });
    await client.close();
  });

  it("may give names, and are told the same of a number or name that there is not", async () => {
    const client = await Hetu2Client.open(world.port);
    client.send(1, "echo", "by name");
    client.send(1, 200);
    client.send(1, "nothing");
    expect(await client.take(3)).toMatchObject([
      { kind: "result", value: "by name" },
      { kind: "rejection", code: "UNKNOWN_SYSTEM" },
      { kind: "rejection", code: "UNKNOWN_SYSTEM" },
    ]);
    await client.close();
  });

  it("with an id take effect once", async () => {
    const client = await Hetu2Client.open(world.port);
    await client.call("login", 501);
    client.send(6);
    const clock = await client.next();
    const id = new Uint8Array(24).fill(9);
    new DataView(id.buffer).setBigUint64(0, BigInt(clock.kind === "clock" ? clock.time : 0));
    for (let times = 0; times < 2; times++) client.send(2, callable("buy"), id, 7, 1);
    const [first, second] = await client.take(2);
    expect(first).toMatchObject({ kind: "result", value: { item: 7, left: 1, notes: [] } });
    expect(second).toEqual(first);
    await client.close();
  });

  it("of one connection are answered in order, pings at once", async () => {
    const client = await Hetu2Client.open(world.port);
    client.raw(encodeMessage([1, callable("echo"), "first"]), encodeMessage([6]), encodeMessage([7]));
    expect((await client.take(3)).map(({ kind }) => kind)).toEqual(["pong", "result", "clock"]);
    await client.close();
  });
});

describe("subscriptions", () => {
  it("have a number that updates name, and end with one unsub", async () => {
    const [a, b] = await Promise.all([Hetu2Client.open(world.port), Hetu2Client.open(world.port)]);
    await a.call("login", 601);
    await b.call("login", 602);
    const first = await a.subscribe("Position", "x", 600, 700);
    const again = await a.subscribe("Position", "x", 600, 700);
    const other = await b.subscribe("Position", "x", 600, 700);
    if (first.kind !== "subscribed") throw new Error(first.kind);
    for (const one of [again, other])
      expect(one).toMatchObject({ kind: "subscribed", subscription: first.subscription });
    b.send(1, callable("move_to"), 650, 1);
    const update = await a.next();
    expect(update).toMatchObject({
      kind: "update",
      changes: [
        {
          subscription: first.subscription,
          delta: { updates: [], inserts: [[expect.anything(), 602, 0, 650, 1]], deletes: [] },
        },
      ],
    });
    expect((await b.take(2)).map(({ kind }) => kind)).toEqual(["update", "result"]);
    a.send(4, first.subscription);
    await b.call("move_to", 651, 1);
    expect(await a.call("echo", "quiet")).toEqual({ kind: "result", value: "quiet" });
    // Only the columns that changed: x is column 2.
    expect(
      b
        .drain()
        .concat(b.messages.flat())
        .filter(({ kind }) => kind === "update")
        .at(-1),
    ).toMatchObject({
      changes: [{ delta: { updates: [{ mask: 0b100, values: [651] }] } }],
    });
    await Promise.all([a.close(), b.close()]);
  });

  it("of a row that is not there yet stay live", async () => {
    const client = await Hetu2Client.open(world.port);
    await client.call("login", 603);
    expect(await client.subscribe("Position", "owner", 603, null, { limit: 1 })).toMatchObject({ rows: [] });
    client.send(1, callable("move_to"), 1, 2);
    expect(await client.next()).toMatchObject({
      kind: "update",
      changes: [{ delta: { inserts: [[expect.anything(), 603, 0, 1, 2]] } }],
    });
    await client.close();
  });

  it("that cannot be are refused with a code, in order, and without a word of what is for admins", async () => {
    const client = await Hetu2Client.open(world.port);
    const place = component("Position");
    const queries: [unknown, unknown, unknown, string][] = [
      [place, 0, 1, "FORBIDDEN"],
      [99, 0, 1, "UNKNOWN_COMPONENT"],
      ["Journal", 0, 1, "UNKNOWN_COMPONENT"],
      ["Nonsense", 0, 1, "UNKNOWN_COMPONENT"],
      ["Journal:Shop", 0, 1, "UNKNOWN_COMPONENT"],
      [place, 77, 1, "UNKNOWN_INDEX"],
      ["Position", "y", 1, "UNKNOWN_INDEX"],
      [component("Thing"), indexOf("Thing", "name"), 5, "BAD_BOUND"],
    ];
    for (const [table, index, left] of queries) {
      client.send(3, table, index, left, null, 10, false);
      client.send(5, table, index, left, null, 10, false, null, false);
    }
    const answers = await client.take(queries.length * 2);
    expect(answers.map((frame) => frame.kind === "refused" && frame.code)).toEqual(
      queries.flatMap(([, , , code]) => [code, code]),
    );
    const [journal, nonsense] = [answers[4], answers[6]].map((frame) =>
      frame?.kind === "refused" ? frame.reason : "",
    );
    expect(journal?.replace("Journal", "X")).toBe(nonsense?.replace("Nonsense", "X"));
    await client.close();
  });

  it("of an admin have what everybody's have: components and columns of admins do not travel", async () => {
    const client = await Hetu2Client.open(world.port);
    await client.call("login", Number(ADMIN));
    client.send(3, "Journal", 0, 1, null, 10, false);
    expect(await client.next()).toMatchObject({ kind: "refused", code: "UNKNOWN_COMPONENT" });
    await client.call("buy", 4, 1);
    const answer = await client.subscribe("Inventory", "owner", Number(ADMIN), null);
    expect(answer).toMatchObject({ rows: [[expect.anything(), 99, 4, 1]] });
    await client.close();
  });
});

it("a one-shot read gives pages", async () => {
  const client = await Hetu2Client.open(world.port);
  await client.call("login", 701);
  for (const item of [1, 2, 3]) await client.call("buy", item, item);
  const read = (after: unknown) =>
    client.send(5, component("Inventory"), indexOf("Inventory", "owner,item"), [701], null, 2, false, after, true);
  read(null);
  const page = await client.next();
  expect(page).toMatchObject({
    kind: "page",
    count: 3,
    rows: [
      [expect.anything(), 701, 1, 1],
      [expect.anything(), 701, 2, 2],
    ],
  });
  read(page.kind === "page" ? page.next : null);
  expect(await client.next()).toMatchObject({ rows: [[expect.anything(), 701, 3, 3]], next: undefined });
  await client.close();
});

it("what is above the rate is refused in its turn, calls and one-shot reads alike", async () => {
  const strict = await startWorld({ limits: { messagesPerSecond: 1, messagesBurst: 3, floodFactor: 100 } });
  const client = await Hetu2Client.open(strict.port);
  // The hello was one of three.
  for (let times = 0; times < 2; times++) client.send(6);
  client.raw(
    encodeMessage([5, component("Account"), 0, 1, null, 1, false, null, false]),
    encodeMessage([1, callable("echo"), "x"]),
  );
  expect(await client.take(4)).toMatchObject([
    { kind: "clock" },
    { kind: "clock" },
    { kind: "refused", code: "SCAN_LIMIT", reason: expect.stringContaining("messages_per_second") as string },
    { kind: "rejection", code: "RATE_LIMITED" },
  ]);
  await client.close();
  await strict.close();
});

it("all that one transaction changes is one frame, and what leaves at once one message", async () => {
  const client = await Hetu2Client.open(world.port);
  await client.call("login", 801);
  await client.subscribe("Position", "owner", 801, null);
  await client.subscribe("Position", "x", 800, 900);
  const before = client.messages.length;
  client.send(1, callable("shout"), "me");
  await client.take(3);
  expect(client.messages.slice(before).map((frames) => frames.map(({ kind }) => kind))).toEqual([
    ["update", "event", "result"],
  ]);
  await client.call("move_to", 850, 1);
  const update = client.messages
    .flat()
    .filter(({ kind }) => kind === "update")
    .at(-1);
  expect(update).toMatchObject({ kind: "update", changes: [{}, {}] });
  await client.close();
});

it("events and rows are the same for clients of both protocols", async () => {
  const [two, one] = [await Hetu2Client.open(world.port), await WireClient.open(world.port)];
  await two.call("login", 901);
  await one.call("login", 902);
  await two.subscribe("Position", "x", 1000, 1100);
  one.send("sub", "Position", "range", "x", 1000, 1100, 100);
  await one.next();
  await two.call("move_to", 1050, 2.5);
  one.send("rpc", "shout", "all");
  const [updt] = (await one.take(1)) as [[string, string, Record<string, unknown>]];
  expect(updt[0]).toBe("updt");
  expect(Object.values(updt[2])).toEqual([{ id: expect.any(BigInt) as bigint, owner: 901, zone: 0, x: 1050, y: 2.5 }]);
  expect(await one.next()).toEqual(["evt", "Shout", { from: 902, text: "all" }]);
  const frames = [...two.messages.flat()];
  while (!frames.some(({ kind }) => kind === "event")) frames.push(await two.next());
  expect(frames.find(({ kind }) => kind === "event")).toEqual({
    kind: "event",
    event: 0,
    value: { from: 902, text: "all" },
  });
  await Promise.all([two.close(), one.close()]);
});

describe("the subprotocol", () => {
  const offered = async (server: WorldServer, headers: Record<string, string> = {}): Promise<string> => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/hetu/world`, ["other", "hetu.2"], { headers });
    return new Promise((resolve) => {
      socket.once("open", () => {
        resolve(socket.protocol);
        socket.terminate();
      });
      socket.once("error", (error) => resolve(error.message));
    });
  };

  it("is selected over loopback, not where others can read along", async () => {
    expect(await offered(world)).toBe("hetu.2");
    // A proxy that nobody told the server of.
    expect(await offered(world, { "x-forwarded-for": "10.0.0.1" })).toBe("Server sent no subprotocol");
  });

  it("is selected behind trusted proxies exactly when they say that the client uses TLS", async () => {
    const behind = await startWorld({ trustedProxies: 1 });
    const forwarded = { "x-forwarded-for": "10.0.0.1" };
    expect(await offered(behind, { ...forwarded, "x-forwarded-proto": "https" })).toBe("hetu.2");
    expect(await offered(behind, { ...forwarded, "x-forwarded-proto": "http" })).toBe("Server sent no subprotocol");
    expect(await offered(behind, { ...forwarded, "x-forwarded-proto": "https, http" })).toBe(
      "Server sent no subprotocol",
    );
    expect(await offered(behind, forwarded)).toBe("Server sent no subprotocol");
    await behind.close();
  });

  it("is selected anywhere when plaintext allows it, but without a token", async () => {
    const plain = await startWorld({ wire: { plaintext: true } });
    const client = await Hetu2Client.open(plain.port, { headers: { "x-forwarded-for": "10.0.0.1" } });
    expect(client.welcome).toMatchObject({ token: undefined, resumeWindow: 0 });
    await client.close();
    await plain.close();
  });

  it("is selected also for an instance that there is not, so that its client is told so", async () => {
    const client = new Hetu2Client(world.port, { instance: "nope" });
    expect(await client.closed).toMatchObject({ code: 4004 });
    expect(client.socket.protocol).toBe("hetu.2");
  });

  it("is not selected where hetu.2 is switched off, and hetu.1 goes on", async () => {
    const old = await startWorld({ wire: { hetu2: [] } });
    expect(await offered(old)).toBe("Server sent no subprotocol");
    const client = await WireClient.open(old.port);
    expect(await client.call("echo", "x")).toEqual(["rsp", "x"]);
    await client.close();
    await old.close();
  });

  it("goes on with 4005 and a reason when a layer is refused", async () => {
    const keyed = await startWorld({ wire: { hetu1: [], hetu2: ["jsonb", "crypto"], secret: "key" } });
    const client = new Hetu2Client(keyed.port);
    await once(client.socket, "open");
    client.socket.removeAllListeners("message");
    client.socket.send(encodeMessage([new Uint8Array(32)]));
    expect(await client.closed).toMatchObject({ code: 4005, reason: expect.stringContaining("signed") as string });
    await keyed.close();
  });
});
