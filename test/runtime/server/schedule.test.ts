import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type HetuServer, type Implementation, OperationsListener, type ServerOptions } from "hetu";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Systems } from "../../fixtures/world/generated/server-ts/world/index.js";
import { useRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { worldSystems } from "../gate/world-server.js";

const redis = useRedis();
const servers: HetuServer[] = [];
let data: string;

type Job = Systems["neverRetried"];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hetu-schedule-"));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ deadline: 0 });
  await rm(data, { recursive: true, force: true });
});

/** The world with `never_retried` due so often. */
function everySoOften(everyMs: number, neverRetried: Job): Implementation {
  const implementation = worldSystems({ neverRetried });
  const systems = implementation.schema.systems.map((system) =>
    system.name === "never_retried" ? { ...system, trigger: { kind: "every" as const, everyMs } } : system,
  );
  return { ...implementation, schema: { ...implementation.schema, systems } };
}

async function serve(implementation: Implementation, options: Partial<ServerOptions> = {}): Promise<HetuServer> {
  const server = createServer({ implementation, host: "127.0.0.1", port: 0, data, ...options });
  server.on("error", () => undefined);
  servers.push(server);
  return server.listen();
}

/** Resolves when it was called so often. */
function counter(times: number): { readonly reached: Promise<void>; count(): void; readonly counted: number } {
  let counted = 0;
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return {
    reached,
    count() {
      counted++;
      if (counted === times) reach();
    },
    get counted() {
      return counted;
    },
  };
}

test("A system @every runs beside the clients, who see what it changes, and the metrics count its ticks", async () => {
  const server = await serve(
    everySoOften(20, async (ctx) => {
      expect([ctx.caller, ctx.connection]).toEqual([undefined, undefined]);
      const account = (await ctx.Account.get({ number: 1 })) ?? (await ctx.Account.insert({ number: 1 }));
      account.balance += 1n;
    }),
  );
  const client = await WireClient.open(server.port, { instance: "world" });
  client.send("sub", "Account", "range", "number", 1, 1, 1, false, true);
  await client.next();
  const seen: number[] = [];
  while (seen.length < 4) {
    const [row] = Object.values((await client.next())[2] as Record<string, { balance: number }>);
    if (row !== undefined) seen.push(row.balance);
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  const operations = new OperationsListener(server, { port: 0 });
  await operations.listen();
  const text = await (await fetch(`http://127.0.0.1:${operations.port}/metrics`)).text();
  operations.close();
  const ticks = /hetu_ticks_total\{instance="world",system="never_retried"\} (\d+)/.exec(text)?.[1];
  expect(Number(ticks)).toBeGreaterThanOrEqual(4);
  expect(text).toContain('hetu_calls_total{instance="world",system="never_retried",status="ok"}');
});

test("A stop waits for the tick that runs and begins no other one; the next start goes on behind it", async () => {
  const began = counter(1);
  let letGo = (): void => undefined;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  let ended = 0;
  const server = await serve(
    everySoOften(10, async () => {
      began.count();
      await free;
      ended++;
    }),
  );
  await began.reached;
  const closing = server.close({ deadline: 10_000 });
  letGo();
  await closing;
  expect([began.counted, ended]).toEqual([1, 1]);
});

test("An exchange of code goes on with the schedules of the new one", async () => {
  const [old, next] = [counter(2), counter(3)];
  const server = await serve(everySoOften(10, old.count), { swappable: true });
  await old.reached;
  await server.swap(everySoOften(15, next.count));
  const before = old.counted;
  await next.reached;
  expect(old.counted).toBe(before);
  const none = worldSystems();
  await server.swap(none);
  const { counted } = next;
  const client = await WireClient.open(server.port, { instance: "world" });
  expect(await client.call("echo", "still here")).toEqual(["rsp", "still here"]);
  expect(next.counted).toBe(counted);
});

test("A run that an exchange of code does not wait for any longer goes on, and no other one begins beside it", async () => {
  const [began, ended] = [counter(1), counter(2)];
  let [letGo, beside, most] = [(): void => undefined, 0, 0];
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const server = await serve(
    everySoOften(10, async () => {
      most = Math.max(most, ++beside);
      began.count();
      await free;
      beside--;
      ended.count();
    }),
    { swappable: true },
  );
  await began.reached;
  await expect(server.swap(worldSystems(), { deadline: 30 })).rejects.toMatchObject({ name: "CallsStillRunError" });
  const client = await WireClient.open(server.port, { instance: "world" });
  expect(await client.call("slow", 40)).toEqual(["rsp", "ok"]);
  letGo();
  await ended.reached;
  expect(most).toBe(1);
});

/** Two servers on one Redis; the first tick hangs at one of them. */
async function hanging(): Promise<{
  readonly stuck: HetuServer;
  readonly other: HetuServer;
  readonly done: Promise<void>;
}> {
  const { url } = await redis.server();
  let hangs = (_at: number): void => undefined;
  const hung = new Promise<number>((resolve) => (hangs = resolve));
  const done = counter(1);
  let isFirst = true;
  const job =
    (at: number): Job =>
    async () => {
      if (!isFirst) {
        done.count();
        return;
      }
      isFirst = false;
      hangs(at);
      await new Promise(() => undefined);
    };
  const pair = [];
  for (const at of [0, 1]) pair.push(await serve(everySoOften(50, job(at)), { store: { url } }));
  const at = await hung;
  return { stuck: pair[at] as HetuServer, other: pair[1 - at] as HetuServer, done: done.reached };
}

test("When the process that runs a tick has died, another one runs it", async () => {
  const { stuck, other, done } = await hanging();
  const [lease] = stuck.leases;
  if (lease === undefined) throw new Error("there is a lease on Redis");
  await other.reap(lease.instance, lease.worker, lease.token);
  await done;
});

test("When the process that runs a tick stops without its end, another one runs it", async () => {
  const { stuck, done } = await hanging();
  await stuck.close({ deadline: 0 });
  await done;
});

test("A system that deletes what is old is run when Redis is out of memory, too", async () => {
  const server = await redis.server();
  const [filled, emptied] = [counter(1), counter(1)];
  let isFull = false;
  const job: Job = async (ctx) => {
    const rows = await ctx.Account.range("number");
    if (isFull) {
      for (const row of rows) await ctx.Account.delete(row);
      if (rows.length === 0) emptied.count();
    } else if (rows.length === 0) await ctx.Account.insert({ number: 1 });
    else filled.count();
  };
  await serve(everySoOften(50, job), { store: { url: server.url } });
  await filled.reached;
  await server.command("CONFIG", "SET", "maxmemory", 1);
  isFull = true;
  await emptied.reached;
  await server.command("CONFIG", "SET", "maxmemory", 0);
});
