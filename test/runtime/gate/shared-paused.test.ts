import { afterEach, expect, test, vi } from "vitest";
import { LeaseUnconfirmedError } from "../../../runtime/store/redis/registry/errors.js";
import { useRedis } from "../../redis/index.js";
import { callable, Hetu2Client } from "./hetu2-client.js";
import { LONG, SharedWorld } from "./shared-world.js";

const redis = useRedis();
let world: SharedWorld | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await world?.close();
  world = undefined;
});

/** As a process that is stopped, or collects garbage, for so long: nothing of it runs meanwhile. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

async function start() {
  const { url } = await redis.server();
  world = new SharedWorld(
    url,
    { wire: { resumeWindow: LONG } },
    // Nothing that is asked of Redis before could bring the renewal along.
    { transfer: async (ctx, number) => (await ctx.Account.insert({ number, balance: 7n })).balance },
  );
  const server = await world.start();
  const engine = server.server.instances.get("world")?.engine;
  if (engine === undefined) throw new Error("the server has no engine");
  return { server, engine };
}

/** Lets ids be given again. */
function pauseIds(ids: { nextId(): bigint }): { resume: () => void; lose: () => void; readonly asked: () => number } {
  let resume = (): void => undefined;
  let lose = (): void => undefined;
  const resumed = new Promise<void>((yes, no) => {
    resume = yes;
    lose = () => no(new Error("the lease is lost"));
  });
  const asked = vi.spyOn(ids, "nextId").mockImplementationOnce(() => {
    throw new LeaseUnconfirmedError(0, resumed);
  });
  return { resume, lose, asked: () => asked.mock.calls.length };
}

test("a process that stood still for longer than its lease lets calls that insert wait until Redis has confirmed it", async () => {
  const { server } = await start();
  const client = await Hetu2Client.open(server.port);
  await client.call("login", 5);
  for (let time = 0; time < 3; time++) {
    client.send(1, callable("transfer"), time, 0, 1);
    standStill(1200);
    expect(await client.next()).toEqual({ kind: "result", value: 7 });
  }
});

test("a call that waits for an id goes on with what it has read, and happens once", async () => {
  const { server, engine } = await start();
  const client = await Hetu2Client.open(server.port);
  await client.call("login", 5);
  const paused = pauseIds(engine.ids);
  client.send(1, callable("buy"), 7, 1);
  await vi.waitFor(() => expect(paused.asked()).toBe(1));
  paused.resume();
  expect(await client.next()).toMatchObject({ kind: "result" });
  expect(await client.call("buy", 7, 1)).toMatchObject({ kind: "result", value: { item: 7, left: 2 } });
});

test("a call that waits for an id fails when no id will be given any more", async () => {
  const { server, engine } = await start();
  const client = await Hetu2Client.open(server.port);
  await client.call("login", 5);
  const paused = pauseIds(engine.ids);
  client.send(1, callable("buy"), 7, 1);
  await vi.waitFor(() => expect(paused.asked()).toBe(1));
  paused.lose();
  expect(await client.next()).toMatchObject({ kind: "failure" });
});

test("a client that connects while no ids are given is let in when they are", async () => {
  const { server, engine } = await start();
  const paused = pauseIds(engine.ids);
  const opening = Hetu2Client.open(server.port);
  await vi.waitFor(() => expect(paused.asked()).toBe(1));
  paused.resume();
  const client = await opening;
  expect(await client.call("login", 5)).toEqual({ kind: "result", value: 5 });
});

test("a client that connects when no ids will be given any more is refused", async () => {
  const { server, engine } = await start();
  const paused = pauseIds(engine.ids);
  const client = new Hetu2Client(server.port);
  await vi.waitFor(() => expect(paused.asked()).toBe(1));
  paused.lose();
  expect((await client.closed).code).toBe(1006);
});
