import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { fingerprintBytes, type Resume, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { useRedis } from "../../redis/index.js";
import { Hetu2Client, resumeOf } from "./hetu2-client.js";
import { LONG, records, SharedWorld } from "./shared-world.js";
import { KICKER, type WorldServer } from "./world-server.js";

const redis = useRedis();
let world: SharedWorld | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await world?.close();
  world = undefined;
});

/** Three servers of one instance. */
async function three(resumeWindow = LONG) {
  const { url } = await redis.server();
  const shared = (world = new SharedWorld(url, { wire: { resumeWindow } }));
  const [first, second, third] = [await shared.start(), await shared.start(), await shared.start()];
  return { told: shared.told, first, second, third };
}

function sharingOf({ server }: WorldServer) {
  const sharing = server.instances.get("world")?.engine?.runner.sharing;
  if (sharing === undefined) throw new Error("the server shares nothing");
  return sharing;
}

/** Says hello without waiting for the welcome. */
async function comeBack({ port }: WorldServer, resume: Resume): Promise<Hetu2Client> {
  const client = new Hetu2Client(port);
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  client.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume }));
  return client;
}

/** Holds back what a server has learnt from the store of a session that comes to it. */
function holdBack(server: WorldServer, what: "resume" | "renew" | "standing") {
  const sharing = sharingOf(server);
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const wait = async <T>(result: Promise<T>): Promise<T> => {
    const known = await result;
    reach();
    await opened;
    return known;
  };
  if (what === "resume") {
    const { resume } = sharing;
    vi.spyOn(sharing, what).mockImplementationOnce((...given) => wait(resume(...given)));
  } else if (what === "renew") {
    const { renew } = sharing;
    vi.spyOn(sharing, what).mockImplementationOnce((...given) => wait(renew(...given)));
  } else {
    const { standing } = sharing;
    vi.spyOn(sharing, what).mockImplementationOnce((...given) => wait(standing(...given)));
  }
  return { reached, open };
}

/** Somebody who is logged in at a server, and what the link was lost with. */
async function lostAt(server: WorldServer, user: number): Promise<Resume> {
  const client = await Hetu2Client.open(server.port);
  await client.call("login", user);
  await client.drop();
  return resumeOf(client);
}

test("a client that was not told its next token comes back with the one that it has, to whichever process", async () => {
  const { told, first, second, third } = await three();
  const resume = await lostAt(first, 5);
  for (const { port } of [second, second, third, first, first, second]) {
    const back = await Hetu2Client.open(port, { resume });
    expect(back.welcome.resumed).toBe(true);
    await back.drop();
  }
  const last = await Hetu2Client.open(third.port, { resume });
  expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all).toHaveLength(1);
});

test("a client that was told its next token, and has not used it yet, comes back with it to whichever process", async () => {
  const { told, first, second, third } = await three();
  let resume = await lostAt(first, 5);
  for (const { port } of [second, third, third, first]) {
    const back = await Hetu2Client.open(port, { resume });
    expect(back.welcome.resumed).toBe(true);
    await back.drop();
    resume = resumeOf(back);
  }
  const last = await Hetu2Client.open(second.port, { resume });
  expect(await last.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all).toHaveLength(1);
});

test("the token before is void everywhere once the client has shown that it has the next one", async () => {
  const { first, second, third } = await three();
  const resume = await lostAt(first, 5);
  const back = await Hetu2Client.open(second.port, { resume });
  await back.call("whoami");
  await vi.waitFor(async () => expect((await records(first)).map(({ previous }) => previous.length)).toEqual([0]));
  for (const { port } of [first, second, third]) {
    const stranger = await Hetu2Client.open(port, { resume });
    expect(stranger.welcome.resumed).toBe(false);
  }
  expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
});

test.each(["resume", "standing"] as const)(
  "a client whose link breaks while a process takes its session over (%s) comes back with the token that it has",
  async (what) => {
    for (const [at, to] of [
      [1, 1],
      [1, 0],
      [1, 2],
    ] as const) {
      const { told, ...servers } = await three();
      const all = [servers.first, servers.second, servers.third] as const;
      const resume = await lostAt(all[0], 5);
      const { reached, open } = holdBack(all[at], what);
      const lost = await comeBack(all[at], resume);
      await reached;
      await lost.drop();
      const back = await comeBack(all[to], resume);
      if (to !== at) expect(await back.next()).toMatchObject({ kind: "welcome", resumed: true });
      open();
      if (to === at) expect(await back.next()).toMatchObject({ kind: "welcome", resumed: true });
      expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
      expect(told.all).toHaveLength(1);
      await back.close();
      await vi.waitFor(async () => expect(await records(all[2])).toEqual([]));
      expect(told.all).toHaveLength(2);
      await world?.close();
    }
  },
);

test("a client whose link breaks while the process that it was at renews its token comes back to any process", async () => {
  const { told, first, second } = await three();
  const resume = await lostAt(first, 5);
  for (const to of [first, second]) {
    const { reached, open } = holdBack(first, "renew");
    const lost = await comeBack(first, resume);
    await reached;
    await lost.drop();
    const back = await comeBack(to, resume);
    open();
    expect(await back.next()).toMatchObject({ kind: "welcome", resumed: true });
    await back.drop();
  }
  expect(told.all).toHaveLength(1);
});

test("a client comes back to the process that still thinks it has the session, after another one has taken it", async () => {
  const { told, first, second } = await three();
  const resume = await lostAt(first, 5);
  const gate = first.server.instances.get("world")?.gate;
  if (gate === undefined) throw new Error("the server has no gate");
  // The message that the session has moved comes late.
  vi.spyOn(gate, "onMessage").mockImplementation(() => undefined);
  const lost = await Hetu2Client.open(second.port, { resume });
  await lost.drop();
  const back = await Hetu2Client.open(first.port, { resume });
  expect(back.welcome.resumed).toBe(true);
  expect(await back.call("whoami")).toEqual({ kind: "result", value: 5 });
  expect(told.all).toHaveLength(1);
});

test("a session whose client was lost while a process took it over ends there after the window, once", async () => {
  const { told, first, second, third } = await three(300);
  const client = await Hetu2Client.open(first.port);
  await client.call("login", 5);
  const { reached, open } = holdBack(second, "resume");
  const lost = await comeBack(second, resumeOf(client));
  await reached;
  await lost.drop();
  open();
  await vi.waitFor(async () => expect(await records(third)).toEqual([]), { timeout: 10_000 });
  expect(told.all.filter((what) => what.startsWith("left"))).toHaveLength(1);
});

test("a kick voids the token that a client came back with, and the next one", async () => {
  const { first, second, third } = await three();
  const resume = await lostAt(first, Number(KICKER));
  const back = await Hetu2Client.open(second.port, { resume });
  const other = await Hetu2Client.open(third.port);
  await other.call("login", Number(KICKER));
  expect((await back.closed).code).toBe(4001);
  for (const each of [first, second, third]) {
    for (const given of [resume, resumeOf(back)]) {
      const again = await comeBack(each, given);
      const outcome = await Promise.race([again.next(), again.closed]);
      expect("code" in outcome ? outcome.code : outcome).not.toMatchObject({ resumed: true });
      await again.drop();
    }
  }
  expect(await other.call("whoami")).toEqual({ kind: "result", value: Number(KICKER) });
});
