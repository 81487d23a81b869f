import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually, useRedis } from "../../redis/index.js";
import { consecutive, Fleet, Shopper, UNLIMITED } from "./fleet.js";
import { Programs } from "./program.js";
import { ReadinessProxy } from "./readiness-proxy.js";

const redis = useRedis();
let programs: Programs;
let folder: string;
let proxy: ReadinessProxy;
const fleets: Fleet[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-rolling-"));
  proxy = await ReadinessProxy.start();
});
afterEach(async () => {
  proxy.stop();
  for (const { program } of fleets.splice(0)) await program.stop("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** One "machine": a supervisor with a worker, on ports of its own. */
async function machine(): Promise<Fleet> {
  const fleet = await Fleet.start(programs, folder, 1, ["--drain-delay", "500ms"]);
  fleets.push(fleet);
  return fleet;
}

test("machines are replaced one after the other behind a proxy, and no call is lost or made twice", async () => {
  const { url } = await redis.server();
  await writeFile(join(folder, "hetu.json"), JSON.stringify({ server: { store: url, limits: UNLIMITED } }));
  const old = [await machine(), await machine()];
  await proxy.use(...old);
  const shoppers = Array.from({ length: 20 }, (_, n) => {
    return new Shopper(`ws://127.0.0.1:${proxy.port}/hetu/world`, BigInt(n + 1));
  });
  await Promise.all(shoppers.map((shopper) => shopper.more(5)));
  for (const fleet of old) expect((await fleet.health()).workers[0]!.connections).toBeGreaterThan(0);

  const serving = [...old];
  for (const leaving of old) {
    const from = serving.indexOf(leaving);
    leaving.program.child.kill("SIGTERM");
    await eventually(async () => !proxy.ready.includes(leaving));
    expect((await leaving.program.exited).code).toBe(0);
    serving.splice(from, 1, await machine());
    await proxy.use(...serving);
    await eventually(async () => proxy.ready.length === 2);
    await Promise.all(shoppers.map((shopper) => shopper.more(5)));
  }

  await Promise.all(shoppers.map((shopper) => shopper.stop()));
  for (const { counts } of shoppers) expect(counts).toEqual(consecutive(counts.length));
  for (const fleet of serving) expect((await fleet.program.stop()).code).toBe(0);
}, 120_000);
