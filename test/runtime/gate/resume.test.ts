import { once } from "node:events";
import fc from "fast-check";
import { afterEach, describe, expect, it, test } from "vitest";
import { fingerprintBytes, type Resume, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { ArrayView } from "../live/array-view.js";
import { writeSubscribed } from "../../../runtime/wire/hetu2/server-frames.js";
import { SessionHistory } from "../../../runtime/gate/session-history.js";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { callable, component, Hetu2Client, indexOf, resumeOf } from "./hetu2-client.js";
import { Told } from "./told.js";
import { KICKER, startWorld, worldSystems, worldWithoutAccount, type WorldServer } from "./world-server.js";

let world: WorldServer | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function hooked(resumeWindow: number): Promise<{ told: Told; port: number }> {
  const told = new Told();
  world = await startWorld({
    wire: { resumeWindow },
    systems: {
      arrived: (ctx) => told.tell(`arrived ${ctx.connection}`),
      left: (ctx) => told.tell(`left ${ctx.connection} as ${ctx.caller} in ${ctx.session.guild}`),
    },
  });
  return { told, port: world.port };
}

const LONG = 3_600_000;

/** `echo` waits until `open` is called, and then logs in with its argument, if that is somebody. */
async function gated(
  options: { swappable?: true } = {},
): Promise<{ told: Told; port: number; open: () => void; server: WorldServer["server"] }> {
  const told = new Told();
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  world = await startWorld({
    ...options,
    wire: { resumeWindow: LONG },
    systems: {
      async echo(ctx, user) {
        told.tell("waiting");
        await opened;
        if (user !== "") ctx.elevate(BigInt(user), { kick: true });
        return user;
      },
      left: (ctx) => told.tell(`left as ${ctx.caller}`),
    },
  });
  return { told, port: world.port, open, server: world.server };
}

/** Says hello without waiting for the welcome. */
async function comeBack(client: Hetu2Client, resume: Resume): Promise<void> {
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  client.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume }));
}

describe("a client that comes back in time", () => {
  it("goes on as who it was, under the same connection id, without any hook", async () => {
    const { told, port } = await hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    await first.call("join_guild", 3);
    await first.drop();
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(second.welcome.resumed).toBe(true);
    expect(second.welcome.token).not.toEqual(first.welcome.token);
    expect(await second.call("whoami")).toEqual({ kind: "result", value: 5 });
    expect(told.all).toHaveLength(1);
    await second.close();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as 5 in 3") ?? "");
    expect(told.all).toHaveLength(2);
  });

  it("can come back again and again, each time with the newest token alone", async () => {
    const { port } = await hooked(LONG);
    let client = await Hetu2Client.open(port);
    await client.call("login", 5);
    for (let times = 0; times < 5; times++) {
      const resume = resumeOf(client);
      await client.drop();
      client = await Hetu2Client.open(port, { resume });
      expect(client.welcome.resumed).toBe(true);
      await client.call("whoami");
      const stranger = await Hetu2Client.open(port, { resume });
      expect(stranger.welcome.resumed).toBe(false);
      expect(await stranger.call("whoami")).toEqual({ kind: "result", value: null });
      await stranger.close();
    }
    expect(await client.call("whoami")).toEqual({ kind: "result", value: 5 });
  });

  it("takes over from a link that the server still thinks is open, once its last call has ended", async () => {
    const { told, port } = await hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("slow"), 30);
    first.send(1, callable("login"), 6);
    await first.call("echo", "").catch(() => undefined);
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(second.welcome.resumed).toBe(true);
    expect((await first.closed).code).toBe(1001);
    expect(["5", "6"]).toContain(String(((await second.call("whoami")) as { value: unknown }).value));
    expect(told.all).toHaveLength(1);
  });

  it("gets all rows when it has become somebody else behind its position", async () => {
    const { port } = await hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    await first.call("move_to", 1, 1);
    await first.subscribe("Position", "x", 0, 10);
    const resume = resumeOf(first);
    await first.call("login", 6);
    await first.drop();
    const second = await Hetu2Client.open(port, { resume });
    expect(await second.subscribe("Position", "x", 0, 10, { held: [1n] })).toMatchObject({ kind: "subscribed" });
  });

  it("gets all rows when it gives held without having been resumed", async () => {
    const { port } = await hooked(LONG);
    const client = await Hetu2Client.open(port, { resume: { token: new Uint8Array(16), position: 5 } });
    expect(client.welcome.resumed).toBe(false);
    await client.call("login", 5);
    expect(await client.subscribe("Position", "x", 0, 10, { held: [1n] })).toMatchObject({ kind: "subscribed" });
  });
});

describe("a client whose link breaks before it was told the next token", () => {
  it("comes back with the token that it has, until it has shown that it knows a newer one", async () => {
    const { told, port } = await hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    const resume = resumeOf(first);
    await first.drop();
    for (let lost = 0; lost < 3; lost++) {
      const back = await Hetu2Client.open(port, { resume });
      expect(back.welcome.resumed).toBe(true);
      await back.drop();
    }
    const last = await Hetu2Client.open(port, { resume });
    expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
    const stranger = await Hetu2Client.open(port, { resume });
    expect(stranger.welcome.resumed).toBe(false);
    expect(told.all.filter((one) => one.startsWith("left"))).toEqual([]);
  });

  it("comes back with the next token alone, when that has reached it", async () => {
    const { port } = await hooked(LONG);
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    const second = await Hetu2Client.open(port, { resume: resumeOf(first) });
    const third = await Hetu2Client.open(port, { resume: resumeOf(second) });
    expect((await Hetu2Client.open(port, { resume: resumeOf(first) })).welcome.resumed).toBe(false);
    expect(await third.call("whoami")).toEqual({ kind: "result", value: 5 });
  });

  it("comes back while its last call still runs, however many links it has lost meanwhile", async () => {
    const { told, port, open } = await gated();
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("echo"), "");
    await told.until("waiting");
    const resume = resumeOf(first);
    for (let lost = 0; lost < 3; lost++) {
      const back = new Hetu2Client(port);
      await comeBack(back, resume);
      if (lost === 0) await first.closed;
      await back.drop();
    }
    const last = new Hetu2Client(port);
    await comeBack(last, resume);
    open();
    expect(await last.next()).toMatchObject({ kind: "welcome", resumed: true });
    expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
    expect(told.all).toEqual(["waiting"]);
    await last.close();
    await told.until("left as 5");
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("is missed after the window, and its hooks run once", async () => {
    const told = new Told();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    world = await startWorld({
      wire: { resumeWindow: 20 },
      systems: {
        async echo(_ctx, text) {
          told.tell("waiting");
          await opened;
          return text;
        },
        left: (ctx) => told.tell(`left as ${ctx.caller}`),
      },
    });
    const { port } = world;
    const first = await Hetu2Client.open(port);
    await first.call("login", 5);
    first.send(1, callable("echo"), "");
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(first));
    await first.closed;
    await back.drop();
    open();
    await told.until("left as 5");
    const next = await Hetu2Client.open(port, { resume: resumeOf(first) });
    expect(next.welcome.resumed).toBe(false);
    await next.call("login", 6);
    await next.close();
    await told.until("left as 6");
    expect(told.all).toEqual(["waiting", "left as 5", "left as 6"]);
  });
});

describe("the session of a lost link", () => {
  it("ends after the window: its hooks run, once, and the token is void", async () => {
    const { told, port } = await hooked(20);
    const client = await Hetu2Client.open(port);
    await client.call("login", 5);
    await client.drop();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as 5 in undefined") ?? "");
    const second = await Hetu2Client.open(port, { resume: resumeOf(client) });
    expect(second.welcome.resumed).toBe(false);
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("ends at once when the client says goodbye", async () => {
    const { told, port } = await hooked(LONG);
    const client = await Hetu2Client.open(port);
    await client.close();
    await told.until(told.all[0]?.replace("arrived", "left").concat(" as undefined in undefined") ?? "");
    expect((await Hetu2Client.open(port, { resume: resumeOf(client) })).welcome.resumed).toBe(false);
  });

  it("ends when its user logs in elsewhere and kicks", async () => {
    const { told, port } = await hooked(LONG);
    const away = await Hetu2Client.open(port);
    await away.call("login", Number(KICKER));
    await away.drop();
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    await told.until(told.all[0]?.replace("arrived", "left").concat(` as ${KICKER} in undefined`) ?? "");
    expect((await Hetu2Client.open(port, { resume: resumeOf(away) })).welcome.resumed).toBe(false);
  });

  it("is void when the client was kicked itself", async () => {
    const { port } = await hooked(LONG);
    const kicked = await Hetu2Client.open(port);
    await kicked.call("login", Number(KICKER));
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    expect((await kicked.closed).code).toBe(4001);
    expect((await Hetu2Client.open(port, { resume: resumeOf(kicked) })).welcome.resumed).toBe(false);
  });

  it("is not gone on with when it was kicked while another link waited for its last call", async () => {
    const { told, port, open } = await gated();
    const away = await Hetu2Client.open(port);
    await away.call("login", Number(KICKER));
    away.send(1, callable("echo"), "");
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(away));
    expect((await away.closed).code).toBe(1001);
    const other = await Hetu2Client.open(port);
    await other.call("login", Number(KICKER));
    open();
    expect((await back.closed).code).toBe(4001);
    await told.until(`left as ${KICKER}`);
    expect(await other.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
    expect(told.all.filter((one) => one.startsWith("left"))).toHaveLength(1);
  });

  it("kicks others when its login ends only after its link", async () => {
    const { told, port, open } = await gated();
    const rival = await Hetu2Client.open(port);
    await rival.call("login", Number(KICKER));
    const away = await Hetu2Client.open(port);
    away.send(1, callable("echo"), String(KICKER));
    await told.until("waiting");
    const back = new Hetu2Client(port);
    await comeBack(back, resumeOf(away));
    await away.closed;
    open();
    expect((await rival.closed).code).toBe(4001);
    expect(await back.next()).toMatchObject({ kind: "welcome", resumed: true });
    expect(await back.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
  });

  it("ends when the server stops, and its hooks run", async () => {
    const { told, port } = await hooked(LONG);
    const client = await Hetu2Client.open(port);
    await client.call("login", 5);
    await client.drop();
    await world?.close();
    world = undefined;
    expect(told.all).toHaveLength(2);
  });

  it("gives up its place in the limits of its address at once", async () => {
    world = await startWorld({ limits: { connectionsPerAddress: 1 } });
    const client = await Hetu2Client.open(world.port);
    await client.call("login", 5);
    await client.drop();
    const second = await Hetu2Client.open(world.port, { resume: resumeOf(client) });
    expect(second.welcome.resumed).toBe(true);
  });

  it("does not exist with a window of 0", async () => {
    const { port } = await hooked(0);
    const client = await Hetu2Client.open(port);
    expect(client.welcome).toMatchObject({ token: undefined, resumeWindow: 0 });
  });
});

test("code can be exchanged: clients of hetu.2 stay, or come back when the schema is another one", async () => {
  world = await startWorld({ swappable: true, wire: { resumeWindow: LONG } });
  const client = await Hetu2Client.open(world.port);
  await client.call("login", 5);
  const before = await client.subscribe("Position", "owner", 5, null);
  await world.server.swap(worldSystems({ echo: () => "new" }));
  expect(await client.call("echo", "")).toEqual({ kind: "result", value: "new" });
  client.send(1, callable("move_to"), 3, 4);
  const update = await client.next();
  expect(update).toMatchObject({
    kind: "update",
    changes: [{ subscription: before.kind === "subscribed" && before.subscription }],
  });
  await client.next();
  const next = worldWithoutAccount();
  const wire = { fingerprint: "00".repeat(32), description: next.schema.wire.description };
  await world.server.swap({ ...next, schema: { ...next.schema, wire } });
  expect((await client.closed).code).toBe(1001);
  const again = await Hetu2Client.open(world.port, { resume: resumeOf(client) });
  expect(again.welcome.resumed).toBe(true);
  expect(again.welcome.description).toBeDefined();
  expect(await again.subscribe("Position", "owner", 5, null, { held: [] })).toMatchObject({ kind: "subscribed" });
});

test("a client that comes back while code is being exchanged gets all rows", async () => {
  const { told, port, open, server } = await gated({ swappable: true });
  const [busy, client] = [await Hetu2Client.open(port), await Hetu2Client.open(port)];
  await client.call("login", 5);
  await client.call("move_to", 1, 1);
  await client.subscribe("Position", "owner", 5, null);
  busy.send(1, callable("echo"), "");
  await told.until("waiting");
  const swapped = server.swap(worldSystems());
  await client.drop();
  const again = await Hetu2Client.open(port, { resume: resumeOf(client) });
  expect(again.welcome.resumed).toBe(true);
  const answer = again.subscribe("Position", "owner", 5, null, { held: [] });
  open();
  await swapped;
  expect(await answer).toMatchObject({ kind: "subscribed" });
});

test("after code was exchanged, becoming somebody else makes nothing known that was not", () => {
  const history = new SessionHistory();
  history.position = 5;
  history.forget();
  history.identityChanged();
  expect(history.since(9)).toBeUndefined();
});

test("wherever the link breaks, what a client had, caught up, is what a fresh subscription gives", async () => {
  world = await startWorld({ wire: { resumeWindow: LONG }, limits: { messagesPerSecond: Infinity } });
  const { port } = world;
  const writers = await Promise.all([0, 1, 2].map(() => Hetu2Client.open(port)));
  for (const [at, writer] of writers.entries()) await writer.call("login", 100 + at);
  let reader = await Hetu2Client.open(port);
  await reader.call("login", 5);
  const query = ["Position", "x", 0, 50] as const;
  const subscribe = [3, component(query[0]), indexOf(query[0], query[1]), query[2], query[3], 2, false];
  const bytesOf = (frame: Awaited<ReturnType<Hetu2Client["next"]>>): Uint8Array => {
    if (frame.kind !== "subscribed") throw new Error(`expected subscribed, got ${JSON.stringify(frame)}`);
    return writeSubscribed(frame.subscription, frame.position, encodeMessage(frame.rows));
  };
  reader.send(...subscribe);
  let view = new ArrayView("Position", bytesOf(await reader.next()));
  let caughtUp = 0;
  const moves = fc.array(fc.record({ who: fc.nat(2), x: fc.integer({ min: -20, max: 70 }) }), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(moves, moves, fc.nat({ max: 12 }), async (during, after, seen) => {
      const move = ({ who, x }: { who: number; x: number }): void => writers[who]?.send(1, callable("move_to"), x, 0);
      during.forEach(move);
      // The link breaks after any number of frames.
      for (let count = 0; count < Math.min(seen, during.length); count++) {
        const soon = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
        await soon;
      }
      reader.socket.terminate();
      const applied = reader.drain();
      const position = reader.position;
      for (const frame of applied) {
        if (frame.kind !== "update") continue;
        for (const { delta } of frame.changes) view.apply(delta, false);
      }
      after.forEach(move);
      const resume = { token: reader.welcome.token as Uint8Array, position };
      reader = await Hetu2Client.open(port, { resume });
      expect(reader.welcome.resumed).toBe(true);
      reader.send(...subscribe, [...view.rows.keys()]);
      const answer = await reader.next();
      const fresh = await Hetu2Client.open(port);
      if (answer.kind === "caughtUp") {
        caughtUp++;
        view.apply(answer.delta, false);
      } else {
        view = new ArrayView("Position", bytesOf(answer));
      }
      // Everything that was sent has been done when its writer is answered once more.
      for (const writer of writers) {
        writer.send(6);
        while ((await writer.next()).kind !== "clock");
      }
      reader.send(6);
      for (let frame = await reader.next(); frame.kind !== "clock"; frame = await reader.next()) {
        if (frame.kind === "update") for (const { delta } of frame.changes) view.apply(delta, false);
      }
      await fresh.call("login", 6);
      fresh.send(...subscribe);
      const expected = new ArrayView("Position", bytesOf(await fresh.next()));
      const sorted = (one: ArrayView): unknown[] =>
        [...one.rows.values()].sort((a, b) => (BigInt(a[0] as bigint) < BigInt(b[0] as bigint) ? -1 : 1));
      expect(sorted(view)).toEqual(sorted(expected));
      await fresh.close();
    }),
    { numRuns: 60 },
  );
  expect(caughtUp).toBeGreaterThan(30);
});
