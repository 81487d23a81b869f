import { afterEach, expect, test, vi } from "vitest";
import { useRedis } from "../../redis/index.js";
import { NO_WORKER } from "../../../runtime/core/connection.js";
import { readState } from "../../../runtime/transaction/connection-state.js";
import { call, ClustersProcess, open, rowsOf } from "./clusters-world.js";
import { type Hetu2Client, resumeOf } from "./hetu2-client.js";
import { LONG } from "./shared-world.js";
import { WireClient } from "./wire-client.js";

const redis = useRedis();
const processes: ClustersProcess[] = [];

afterEach(async () => {
  for (const each of processes.splice(0)) await each.close();
});

async function start(count: number, resumeWindow: number): Promise<ClustersProcess[]> {
  const server = await redis.server();
  const started: ClustersProcess[] = [];
  for (let i = 0; i < count; i++) started.push(await ClustersProcess.start(redis, server, { resumeWindow }));
  processes.push(...started);
  return started;
}

/** How often each hook of a connection has run, in its own store. */
async function hooks(client: Hetu2Client, connection: unknown): Promise<readonly unknown[]> {
  return [
    await call(client, "diary", `left ${String(connection)}`),
    await call(client, "increment", `left ${String(connection)}`),
  ];
}

test("what other stores know of a connection goes along to another process", async () => {
  const [first, second] = (await start(2, LONG)) as [ClustersProcess, ClustersProcess];
  const client = await open(first.port);
  const connection = await call(client, "login", 5, false);
  expect(await call(client, "change_seat_and_buy", 3)).toBe(-1);
  const back = await open(second.port, { resume: resumeOf(client) });
  expect(back.welcome.resumed).toBe(true);
  expect(await call(back, "change_seat_and_buy", 4)).toBe(3);
  expect(await call(back, "sit", 1)).toBe(5);
  const again = await open(first.port, { resume: resumeOf(back) });
  expect(await call(again, "change_seat_and_buy", 4)).toBe(1);
  await again.close();
  const other = await open(second.port);
  await vi.waitFor(async () => expect(await hooks(other, connection)).toEqual([1, 1]));
});

test("the connections of a dead process end at the others: those without a token at once, each hook once", async () => {
  const [first, ...others] = (await start(3, LONG)) as [ClustersProcess, ...ClustersProcess[]];
  const old = await WireClient.open(first.port, { instance: "clusters" });
  const [, connection] = (await old.call("login", 5, false)) as [string, unknown];
  const young = await open(first.port);
  const waiting = await call(young, "login", 6, false);
  first.kill();
  const witness = await open(others[0]?.port ?? 0);
  await vi.waitFor(async () => expect(await hooks(witness, connection)).toEqual([1, 1]), { timeout: 20_000 });
  expect(await hooks(witness, waiting)).toEqual([0, 0]);
  const back = await open(others[1]?.port ?? 0, { resume: resumeOf(young) });
  expect(back.welcome.resumed).toBe(true);
  expect(await call(back, "sit", 1)).toBe(6);
  await back.close();
  await vi.waitFor(async () => expect(await hooks(witness, waiting)).toEqual([1, 1]));
  expect(await hooks(witness, connection)).toEqual([1, 1]);
});

test("a session of a dead process that nobody comes back to ends after the window, once among many processes", async () => {
  const [first, ...others] = (await start(4, 1500)) as [ClustersProcess, ...ClustersProcess[]];
  const clients = await Promise.all(Array.from({ length: 30 }, () => open(first.port)));
  const connections = await Promise.all(clients.map((client, user) => call(client, "login", user, false)));
  first.kill();
  const witness = await open(others[2]?.port ?? 0);
  for (const connection of connections) {
    await vi.waitFor(async () => expect(await hooks(witness, connection)).toEqual([1, 1]), { timeout: 20_000 });
  }
});

test("a session of a dead process whose user was kicked meanwhile cannot be resumed", async () => {
  const [first, second] = (await start(2, LONG)) as [ClustersProcess, ClustersProcess];
  const client = await open(first.port);
  const connection = await call(client, "login", 5, false);
  first.kill();
  const other = await open(second.port);
  await call(other, "login", 5, true);
  const outcome = await Promise.race([
    open(second.port, { resume: resumeOf(client) }).then(({ welcome }) => welcome.resumed),
    vi
      .waitFor(async () => expect(await hooks(other, connection)).toEqual([1, 1]), { timeout: 20_000 })
      .then(() => "ended"),
  ]);
  expect(outcome).toBe("ended");
  expect(await call(other, "sit", 1)).toBe(5);
});

test.each([0, 1, 7, 20, 33, 39])(
  "when a process dies after %i answers, those who are present and those whose records say so are the same",
  async (answers) => {
    const [first, second] = (await start(2, LONG)) as [ClustersProcess, ClustersProcess];
    const clients = await Promise.all(Array.from({ length: 40 }, () => open(first.port)));
    let answered = 0;
    const enough = new Promise<void>((resolve) => {
      if (answers === 0) setImmediate(resolve);
      for (const [user, client] of clients.entries()) {
        void call(client, "login", user, false).then(() => {
          answered++;
          if (answered === answers) resolve();
        });
      }
    });
    await enough;
    first.kill();
    await vi.waitFor(
      async () => {
        const records = await rowsOf(second, "core.Connection");
        expect(records.filter(({ worker }) => worker !== NO_WORKER)).toEqual([]);
      },
      { timeout: 20_000 },
    );
    const records = (await rowsOf(second, "core.Connection")).map(({ id, state }) => {
      return { id, caller: readState(state as Uint8Array).caller };
    });
    const present = (await rowsOf(second, "Online")).map(({ link, owner }) => ({ id: link, caller: owner }));
    expect(records.filter(({ caller }) => caller !== undefined)).toHaveLength(present.length);
    for (const each of present) expect(records).toContainEqual(each);
    expect(present.length).toBeGreaterThanOrEqual(answers);
  },
);
