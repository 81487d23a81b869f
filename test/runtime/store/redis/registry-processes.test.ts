import { describe, expect, it } from "vitest";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";
import { idsOf, useRegistryProcesses, workerOf } from "./registry-processes.js";
import { enter, TAG, until, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();
const start = useRegistryProcesses();

const WORKERS = `${TAG}:workers`;

describe("a process", () => {
  it("that is killed is reaped by one of the others, and gives its number free", async () => {
    const { url, command } = await serverOf();
    const victim = start(url);
    await victim.line(/^serving/);
    const others = [start(url), start(url)];
    await Promise.all(others.map((other) => other.line(/^serving/)));
    const worker = await workerOf(victim);
    await victim.stop("SIGKILL");
    await eventually(async () => Number(await command("HLEN", WORKERS)) === 2);
    const reaped = others.flatMap(({ lines }) => lines.filter((line) => line.startsWith("reaped")));
    expect(reaped).toEqual([`reaped ${worker}`]);
    expect(others.flatMap(({ lines }) => lines).filter((line) => line === "prepare")).toEqual([]);
  });

  it("that was paused until its lease was over gives no more ids and ends", async () => {
    const { url } = await serverOf();
    const paused = start(url);
    await paused.line(/^id/);
    const other = await run(url);
    await enter(other);
    const worker = await workerOf(paused);
    paused.child.kill("SIGSTOP");
    await until(() => other.did.includes(`dead ${worker}`));
    const before = paused.lines.length;
    paused.child.kill("SIGCONT");
    expect((await paused.exited).code).toBe(3);
    const after = paused.lines.slice(before);
    expect(after.filter((line) => line.startsWith("id"))).toEqual([]);
    expect(after.at(-1)).toBe("lost");
  });

  it("that was paused for less goes on", async () => {
    const { url } = await serverOf();
    const paused = start(url, 20_000);
    await paused.line(/^id/);
    paused.child.kill("SIGSTOP");
    const before = paused.lines.length;
    paused.child.kill("SIGCONT");
    await paused.line(/^id/, before + 100);
    expect(paused.child.exitCode).toBeNull();
  });

  it("starts the instance afresh after all were killed, twice in a row, and never gives an id twice", async () => {
    const { url } = await serverOf();
    const runs = [];
    for (let i = 0; i < 3; i++) {
      const both = [start(url), start(url)];
      runs.push(...both);
      await Promise.all(both.map((one) => one.line(/^id/)));
      const prepared = both.flatMap(({ lines }) => lines).filter((line) => line === "prepare");
      expect(prepared).toHaveLength(1);
      await Promise.all(both.map((one) => one.stop("SIGKILL")));
    }
    const ids = idsOf(...runs);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("outlives a Redis that is away for longer than a lease, and none is taken for dead", async () => {
    const server = await redis.server({ aof: "always" });
    const both = [start(server.url), start(server.url)];
    await Promise.all(both.map((one) => one.line(/^id/)));
    const first = both[0];
    const before = first?.lines.length ?? 0;
    await server.kill();
    // Ids go on below the horizon: this is later than the lease.
    await until(() => (first?.lines.length ?? 0) > before + 600);
    await server.restart();
    const seen = async (): Promise<string> => String(await server.command("HVALS", WORKERS));
    const old = await seen();
    await eventually(async () => {
      const now = (await server.command("HVALS", WORKERS)) as string[];
      return now.length === 2 && now.every((entry) => !old.includes(entry.slice(0, 13)));
    });
    expect(both.map(({ child }) => child.exitCode)).toEqual([null, null]);
    expect(both.flatMap(({ lines }) => lines).filter((line) => /^(reaped|lost)/.test(line))).toEqual([]);
    const ids = idsOf(...both);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

async function serverOf(): Promise<{ url: string; command: RedisServer["command"] }> {
  const server = await redis.server();
  return { url: server.url, command: (...words) => server.command(...words) };
}
