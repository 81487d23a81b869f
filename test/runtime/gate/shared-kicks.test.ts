import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { fingerprintBytes, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { useRedis } from "../../redis/index.js";
import { call, ClustersProcess, open, rowsOf } from "./clusters-world.js";
import { Hetu2Client, resumeOf } from "./hetu2-client.js";
import { LONG, SharedWorld } from "./shared-world.js";
import { KICKER } from "./world-server.js";

const redis = useRedis();

test("when many log in as one user at once and kick the others, the one that committed last stays, alone", async () => {
  const server = await redis.server();
  const processes: ClustersProcess[] = [];
  for (let i = 0; i < 3; i++) processes.push(await ClustersProcess.start(redis, server, { resumeWindow: LONG }));
  const [first] = processes as [ClustersProcess];
  try {
    for (let round = 0; round < 5; round++) {
      const clients = await Promise.all(Array.from({ length: 12 }, (_, i) => open(processes[i % 3]?.port ?? 0)));
      const logins = await Promise.all(clients.map((client) => call(client, "login", 5, true)));
      const kicked = new Set<number>();
      for (const [i, { closed }] of clients.entries()) {
        void closed.then(({ code }) => {
          if (code === 4001) kicked.add(i);
        });
      }
      await vi.waitFor(() => expect(kicked.size).toBe(clients.length - 1), { timeout: 20_000 });
      const winner = clients.findIndex((_, i) => !kicked.has(i));
      expect(await call(clients[winner] as (typeof clients)[number], "sit", 1)).toBe(5);
      await vi.waitFor(async () => {
        expect((await rowsOf(first, "Online")).map(({ link }) => link)).toEqual([logins[winner]]);
      });
      await clients[winner]?.close();
      await vi.waitFor(async () => expect(await rowsOf(first, "core.Connection")).toEqual([]));
    }
  } finally {
    for (const each of processes) await each.close();
  }
});

test("a client that comes to another process, which cannot find out whether its user was kicked, may try again", async () => {
  const world = new SharedWorld((await redis.server()).url);
  try {
    const first = await world.start();
    const second = await world.start();
    const client = await Hetu2Client.open(first.port);
    await client.call("login", 5n);
    const { sharing } = second.server.instances.get("world")!.engine!.runner;
    if (sharing === undefined) throw new Error("the server shares nothing");
    // The answer to this question alone does not come: the question before it must have been answered.
    const asked = vi.spyOn(sharing, "standing").mockRejectedValueOnce(new Error("Redis is away"));
    await client.drop();
    const back = new Hetu2Client(second.port);
    await once(back.socket, "open");
    back.socket.send(Uint8Array.of(0x90));
    back.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume: resumeOf(client) }));
    expect(await back.closed).toMatchObject({ code: 1011 });
    expect(asked).toHaveBeenCalledOnce();
  } finally {
    await world.close();
  }
});

test("kicks that are too old to matter are forgotten, and a later one still counts for all who logged in before", async () => {
  const world = new SharedWorld((await redis.server()).url, { wire: { resumeWindow: LONG } });
  try {
    const [first, second] = [await world.start(), await world.start()];
    const { gate, engine } = first.server.instances.get("world")!;
    const { stores, runner } = engine!;
    const row = async () => stores.all[0].get(stores.all[0].table("core.Kick"), KICKER);
    const client = await Hetu2Client.open(first.port);
    await client.call("login", KICKER);
    await runner.sharing?.forgetKicks(60_000);
    expect(await row()).toBeDefined();
    await vi.waitFor(
      async () => {
        await runner.sharing?.forgetKicks(0);
        expect(await row()).toBeUndefined();
      },
      { timeout: 10_000 },
    );
    // This process does not hear of the kick.
    vi.spyOn(gate, "onMessage").mockImplementation(() => undefined);
    await client.drop();
    const other = await Hetu2Client.open(second.port);
    await other.call("login", KICKER);
    const back = new Hetu2Client(second.port);
    await once(back.socket, "open");
    back.socket.send(Uint8Array.of(0x90));
    back.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume: resumeOf(client) }));
    expect(await back.closed).toMatchObject({ code: 4001 });
  } finally {
    vi.restoreAllMocks();
    await world.close();
  }
});

test("after so many kicks a process looks for those that are too old", async () => {
  const world = new SharedWorld((await redis.server()).url, { wire: { resumeWindow: LONG } });
  try {
    const first = await world.start();
    const { sharing } = first.server.instances.get("world")!.engine!.runner;
    if (sharing === undefined) throw new Error("the server shares nothing");
    const forget = vi.spyOn(sharing, "forgetKicks");
    const client = await Hetu2Client.open(first.port);
    for (let kicks = 0; kicks < 100; kicks++) {
      expect(forget).not.toHaveBeenCalled();
      await client.call("login", KICKER);
    }
    await vi.waitFor(() => expect(forget).toHaveBeenCalledOnce());
    expect(forget.mock.calls[0]?.[0]).toBeGreaterThan(LONG);
  } finally {
    vi.restoreAllMocks();
    await world.close();
  }
});
