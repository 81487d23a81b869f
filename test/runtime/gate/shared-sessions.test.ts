import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { fingerprintBytes, type Resume, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { readState } from "../../../runtime/transaction/connection-state.js";
import { useRedis } from "../../redis/index.js";
import { callable, Hetu2Client, resumeOf } from "./hetu2-client.js";
import { records, SharedWorld } from "./shared-world.js";
import { KICKER } from "./world-server.js";

const redis = useRedis();
let world: SharedWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Two servers of one instance. */
async function two(
  ...more: [ConstructorParameters<typeof SharedWorld>[1]?, ConstructorParameters<typeof SharedWorld>[2]?]
) {
  const { url } = await redis.server();
  const shared = (world = new SharedWorld(url, ...more));
  const first = await shared.start();
  const second = await shared.start();
  return { told: shared.told, first, second, shared };
}

/** What becomes of a client that comes back: `resumed`, `new`, or the code that its connection is closed with. */
async function outcomeOf(port: number, resume: Resume): Promise<"resumed" | "new" | number> {
  const client = new Hetu2Client(port);
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  client.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume }));
  const first = await Promise.race([client.next(), client.closed]);
  if ("code" in first) return Number(first.code);
  const outcome = first.kind === "welcome" && first.resumed ? "resumed" : "new";
  await client.close();
  return outcome;
}

test("a client goes on at another process as who it was, and the link that it left is closed without a hook", async () => {
  const { told, first, second } = await two();
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  await client.call("join_guild", 3);
  const back = await Hetu2Client.open(second.port, { resume: resumeOf(client) });
  expect(back.welcome.resumed).toBe(true);
  expect((await client.closed).code).toBe(1001);
  expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all).toHaveLength(1);
  await back.close();
  await told.until(told.all[0]?.replace("arrived", "left").concat(" as 5 in 3") ?? "");
  await vi.waitFor(async () => expect(await records(first)).toEqual([]));
  expect(told.all).toHaveLength(2);
});

test("a client that nobody knows any more begins anew, and its calls are answered in their order", async () => {
  const { first } = await two();
  const client = new Hetu2Client(first.port);
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  const resume = { token: randomBytes(16), position: 0 };
  const hello = writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume });
  // Several round trips to the store, then none: both wait until the hooks of the connection are done.
  const calls = [
    [1, callable("login"), 5],
    [1, callable("echo"), "second"],
  ];
  client.raw(hello, ...calls.map((frame) => encodeMessage(frame)));
  expect(await client.take(3)).toMatchObject([
    { kind: "welcome", resumed: false },
    { kind: "result", value: 5 },
    { kind: "result", value: "second" },
  ]);
  await client.close();
});

test("a client goes from process to process and back, each time with the newest token alone", async () => {
  const { told, first, second } = await two();
  let client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  for (const { port } of [second, first, first, second, first]) {
    const resume = resumeOf(client);
    await client.drop();
    client = await Hetu2Client.open(port, { resume });
    expect(client.welcome.resumed).toBe(true);
    await client.call("whoami");
    await vi.waitFor(async () => expect((await records(first)).map(({ previous }) => previous.length)).toContain(0));
    for (const each of [first, second]) {
      const stranger = await Hetu2Client.open(each.port, { resume });
      expect(stranger.welcome.resumed).toBe(false);
      await stranger.close();
    }
  }
  expect(await client.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all.filter((what) => what.includes("as 5"))).toEqual([]);
});

test("a token is not stored, only its hash", async () => {
  const { first } = await two();
  const client = await Hetu2Client.open(first.port);
  await client.call("whoami");
  const [record] = await records(first);
  expect(record?.token).toHaveLength(32);
  expect(Buffer.from(record?.state ?? []).includes(Buffer.from(client.welcome.token ?? []))).toBe(false);
});

test("a login that was under way when the client went on elsewhere does not take effect", async () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { told, first, second } = await two(
    {},
    {
      async echo(ctx, user) {
        if (user === "") return user;
        world?.told.tell("waiting");
        await opened;
        ctx.elevate(BigInt(user));
        return user;
      },
    },
  );
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  client.send(1, callable("echo"), "6");
  await told.until("waiting");
  const back = await Hetu2Client.open(second.port, { resume: resumeOf(client) });
  await client.closed;
  open();
  const calls = first.server.instances.get("world")?.gate;
  await calls?.idle();
  expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
  const [record] = await records(second);
  expect(readState(record?.state ?? new Uint8Array(0)).caller).toBe(5n);
});

test("a client that comes back to another process is told the difference alone, once it was told who it is", async () => {
  const { first, second } = await two();
  const writer = await Hetu2Client.open(second.port);
  await writer.call("login", 6);
  await writer.call("move_to", 2, 2);
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  await client.call("move_to", 1, 1);
  const shown = await client.subscribe("Position", "x", 0, 10);
  if (shown.kind !== "subscribed") throw new Error(shown.kind);
  const held = shown.rows.map((row) => BigInt((row as [number])[0]));
  await vi.waitFor(
    async () => {
      const record = (await records(first)).find(({ state }) => readState(state).caller === 5n);
      expect(readState(record?.state ?? new Uint8Array(0)).barrier).toBeDefined();
    },
    { timeout: 10_000 },
  );
  const resume = resumeOf(client);
  await client.drop();
  await writer.call("move_to", 3, 3);
  const back = await Hetu2Client.open(second.port, { resume });
  const caught = await back.subscribe("Position", "x", 0, 10, { held });
  expect(caught).toMatchObject({ kind: "caughtUp" });
});

test("who has become somebody else behind its position gets all rows at another process", async () => {
  const { first, second } = await two();
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  await client.call("move_to", 1, 1);
  await client.subscribe("Position", "x", 0, 10);
  const resume = resumeOf(client);
  await client.call("login", 6);
  await client.drop();
  const back = await Hetu2Client.open(second.port, { resume });
  expect(back.welcome.resumed).toBe(true);
  expect(await back.subscribe("Position", "x", 0, 10, { held: [1n] })).toMatchObject({ kind: "subscribed" });
});

test("a kick ends the user's connections at every process, and those that wait there for their clients", async () => {
  const { told, first, second } = await two();
  const open = await Hetu2Client.open(first.port);
  await open.call("login", KICKER);
  const own = await Hetu2Client.open(second.port);
  await own.call("login", KICKER);
  expect((await open.closed).code).toBe(4001);
  const other = await Hetu2Client.open(first.port);
  await own.drop();
  await other.call("login", KICKER);
  for (const { port } of [first, second]) expect(await outcomeOf(port, resumeOf(own))).not.toBe("resumed");
  expect(await other.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
  // A hook that has lost against a process that wanted to go on with its connection has run again.
  await vi.waitFor(() => expect(new Set(told.all.filter((what) => what.includes(`as ${KICKER}`))).size).toBe(2));
});

test("events reach everybody, one user and one connection at every process, after the rows of their commit", async () => {
  const { first, second } = await two();
  const sender = await Hetu2Client.open(first.port);
  await sender.call("login", 5);
  await sender.call("move_to", 1, 1);
  const listener = await Hetu2Client.open(second.port);
  await listener.call("login", 5);
  const stranger = await Hetu2Client.open(second.port);
  await stranger.call("login", 6);
  await listener.subscribe("Position", "x", 0, 10);
  await stranger.subscribe("Position", "x", 0, 10);
  await sender.call("shout", "all");
  for (const each of [listener, stranger]) {
    expect((await each.take(2)).map(({ kind }) => kind)).toEqual(["update", "event"]);
  }
  await sender.call("shout", "me");
  expect((await listener.take(2)).map(({ kind }) => kind)).toEqual(["update", "event"]);
  expect((await stranger.next()).kind).toBe("update");
  await sender.call("shout", "all");
  expect((await stranger.take(2)).map(({ kind }) => kind)).toEqual(["update", "event"]);
});

test("a process that stops leaves its sessions to the others, whose clients go on without any hook", async () => {
  const { told, first, second } = await two();
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  const stopped = first.server.close();
  expect((await client.closed).code).toBe(1001);
  const back = await Hetu2Client.open(second.port, { resume: resumeOf(client) });
  expect(back.welcome.resumed).toBe(true);
  await stopped;
  expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all).toHaveLength(1);
});

test("a session that a stopped process has left, and nobody came back to, ends at another process, once", async () => {
  const { told, first, second } = await two({ wire: { resumeWindow: 300 } });
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  const parked = await Hetu2Client.open(first.port);
  await parked.call("login", 6);
  await parked.drop();
  await first.server.close();
  const left = (user: number): boolean =>
    told.all.some((what) => what.startsWith("left") && what.includes(`as ${user}`));
  await vi.waitFor(() => expect([left(5), left(6)]).toEqual([true, true]), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await records(second)).toEqual([]));
  expect(told.all.filter((what) => what.startsWith("left"))).toHaveLength(2);
});

test("sessions that the last process has left end when the next one starts, since volatile tables are cleared", async () => {
  const { told, first, second, shared } = await two();
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  await second.server.close();
  await first.server.close();
  const third = await shared.start();
  expect(told.all.filter((what) => what.startsWith("left"))).toHaveLength(1);
  const back = await Hetu2Client.open(third.port, { resume: resumeOf(client) });
  expect(back.welcome.resumed).toBe(false);
  await back.close();
});
