import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eventually, useRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { ADMIN } from "../gate/world-server.js";
import { consecutive, entry, Fleet, Shopper, UNLIMITED } from "./fleet.js";
import { Program, Programs } from "./program.js";
import { leftMark } from "./world-entry.js";

const redis = useRedis();
let programs: Programs;
let folder: string;
const fleets: Fleet[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-workers-"));
});
afterEach(async () => {
  for (const { program } of fleets.splice(0)) await program.stop("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** @param store settings beside its address. */
async function start(workers: number, args: readonly string[] = [], store: object = {}): Promise<Fleet> {
  const { url } = await redis.server();
  const server = { store: { url, ...store }, limits: { ...UNLIMITED, anonymous_per_address: 1000 } };
  await writeFile(join(folder, "hetu.json"), JSON.stringify({ server }));
  const fleet = await Fleet.start(programs, folder, workers, args);
  fleets.push(fleet);
  return fleet;
}

test("several workers on the embedded store are refused, with the reason and what to do", async () => {
  const program = new Program(programs.hetu, ["start", "--workers", "2"], { cwd: folder });
  expect((await program.exited).code).toBe(2);
  expect(program.text).toMatch(/workers is 2, but the store is the embedded one: .*--store redis:\/\//);
});

test.each([2, 4])("200 sockets are shared out evenly among %i workers", async (count) => {
  const fleet = await start(count);
  const clients = [];
  for (let n = 0; n < 200; n++) clients.push(await WireClient.open(fleet.port));
  const { workers } = await fleet.health();
  // In turn among those that have taken their last one: not to the unit.
  for (const { connections } of workers) expect(Math.abs(connections - 200 / count)).toBeLessThan(0.25 * (200 / count));
  expect(workers.reduce((sum, { connections }) => sum + connections, 0)).toBe(200);
  expect((await fleet.program.stop()).code).toBe(0);
});

test("a worker that is killed under load is replaced; no purchase is lost or made twice", async () => {
  const fleet = await start(2);
  const url = `ws://127.0.0.1:${fleet.port}/hetu/world`;
  const shoppers = Array.from({ length: 20 }, (_, n) => new Shopper(url, BigInt(n + 1)));
  await Promise.all(shoppers.map((shopper) => shopper.more(5)));
  for (let kill = 0; kill < 2; kill++) {
    const from = fleet.program.lines.length;
    const victim = (await fleet.health()).workers[kill]!;
    expect(victim.connections).toBeGreaterThan(0);
    process.kill(victim.pid, "SIGKILL");
    await fleet.program.line(/worker \d died \(signal SIGKILL\), a new one starts/, from);
    await fleet.program.line(/serving ws/, from);
    await Promise.all(shoppers.map((shopper) => shopper.more(5)));
  }
  await Promise.all(shoppers.map((shopper) => shopper.stop()));
  for (const { counts } of shoppers) expect(counts).toEqual(consecutive(counts.length));
  expect((await fleet.program.stop()).code).toBe(0);
}, 120_000);

test("what a killed worker held is cleared away by another one at once, and not when its lease ends", async () => {
  const fleet = await start(2, [], { lease_time: "20s" });
  const gone = await WireClient.open(fleet.port);
  await gone.call("login", 5);
  const victim = (await fleet.health()).workers.find(({ connections }) => connections === 1)!;
  const admin = await WireClient.open(fleet.port);
  await admin.call("login", ADMIN);
  admin.send("sub", "Online", "range", "owner", leftMark(5n), leftMark(5n));
  expect((await admin.next())[2]).toEqual([]);
  process.kill(victim.pid, "SIGKILL");
  const [kind, , rows] = (await admin.next()) as [string, string, Record<string, { owner: number }>];
  expect([kind, Object.values(rows).map(({ owner }) => BigInt(owner))]).toEqual(["updt", [leftMark(5n)]]);
  const found = JSON.parse((await fleet.program.line(/is dead: nothing was heard of it/)).input) as {
    lastSeen: number;
  };
  expect(found.lastSeen).toBeLessThan(0.7 * 20_000);
  expect((await fleet.program.stop()).code).toBe(0);
}, 60_000);

test("what workers held that die together is cleared away at once by one that lives", async () => {
  const fleet = await start(3, [], { lease_time: "20s" });
  const { workers } = await fleet.health();
  for (const { pid } of workers.slice(0, 2)) process.kill(pid, "SIGKILL");
  const told = (what: string): string[] => fleet.program.lines.filter((line) => line.includes(what));
  await vi.waitFor(() => expect(told("cleaned up behind worker")).toHaveLength(2), { timeout: 30_000 });
  for (const line of told("is dead: nothing was heard of it")) {
    expect((JSON.parse(line) as { lastSeen: number }).lastSeen).toBeLessThan(0.7 * 20_000);
  }
  expect((await fleet.program.stop()).code).toBe(0);
}, 60_000);

test("workers whose supervisor was killed end by themselves and leave the port free", async () => {
  const fleet = await start(2);
  const client = await WireClient.open(fleet.port);
  fleet.program.child.kill("SIGKILL");
  expect(await client.closed).toEqual({ code: 1001, reason: "the server stops" });
  // Its output ends when the last of them does.
  await fleet.program.exited;
  const args = ["--port", String(fleet.port), "--metrics", "0"];
  expect((await start(2, args)).port).toBe(fleet.port);
}, 60_000);

test("SIGTERM makes the server not ready first; it goes on for the drain delay, healthy, then stops", async () => {
  const fleet = await start(2, ["--drain-delay", "2s"]);
  expect(await fleet.readyz()).toBe(200);
  const client = await WireClient.open(fleet.port);
  fleet.program.child.kill("SIGTERM");
  await fleet.program.line(/SIGTERM: not ready any more, stopping in 2000 ms/);
  expect(await fleet.readyz()).toBe(503);
  expect(await fleet.health()).toMatchObject({ healthy: true, ready: false });
  const late = await WireClient.open(fleet.port);
  for (const each of [client, late]) expect(await each.call("echo", "still here")).toEqual(["rsp", "still here"]);
  expect((await client.closed).code).toBe(1001);
  expect((await fleet.program.exited).code).toBe(0);
});

test("a server is ready when all its workers serve, and stays so while one is replaced", async () => {
  const fleet = await start(2);
  expect(await fleet.readyz()).toBe(200);
  const { workers } = await fleet.health();
  process.kill(workers[0]!.pid, "SIGKILL");
  await eventually(async () => (await fleet.health()).workers.length === 1);
  expect(await fleet.readyz()).toBe(200);
  await eventually(async () => (await fleet.health()).workers.length === 2);
  const text = await (await fetch(`http://127.0.0.1:${fleet.pages}/metrics`)).text();
  expect(text).toContain("\nhetu_worker_restarts_total 1\n");
  expect((await fleet.program.stop()).code).toBe(0);
});

test("workers speak TLS and serve folders on their port", async () => {
  const pem = (name: string): string => fileURLToPath(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
  await writeFile(join(folder, "index.html"), "<h1>page</h1>");
  const { url } = await redis.server();
  const args = ["--port", "0", "--host", "127.0.0.1", "--metrics", "off", "--store", url, "--workers", "2"];
  const tls = ["--cert", pem("cert"), "--key", pem("key"), "--static", "."];
  const program = new Program(programs.hetu, ["start", "--entry", entry, ...args, ...tls], { cwd: folder });
  const [, port] = await program.line(/serving wss:\/\/127\.0\.0\.1:(\d+)\/hetu\/world/);
  await program.line(/all 2 workers serve/);
  const ca = await readFile(pem("cert"), "utf8");
  for (let n = 0; n < 4; n++) {
    const client = new WireClient(`wss://127.0.0.1:${port}/hetu/world`, { ca });
    await once(client.socket, "open");
    client.raw([0x90]);
    expect(await client.next()).toEqual([]);
    expect(await client.call("echo", "hi")).toEqual(["rsp", "hi"]);
    const page = await new Promise<IncomingMessage>((resolve) => get(`https://127.0.0.1:${port}/`, { ca }, resolve));
    expect((await page.toArray()).join("")).toBe("<h1>page</h1>");
  }
  expect((await program.stop()).code).toBe(0);
});

test("counters of a killed worker stay in the sums", async () => {
  const fleet = await start(2);
  const calls = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${fleet.pages}/metrics`)).text();
    return Number(/^hetu_calls_total\{instance="world",system="echo",status="ok"\} (\d+)$/m.exec(text)?.[1]);
  };
  for (let n = 0; n < 4; n++) await (await WireClient.open(fleet.port)).call("echo", "hi");
  expect(await calls()).toBe(4);
  process.kill((await fleet.health()).workers[0]!.pid, "SIGKILL");
  await eventually(async () => (await fleet.health()).workers.length === 1);
  expect(await calls()).toBe(4);
  expect((await fleet.program.stop()).code).toBe(0);
});
