import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_WORKER } from "../../../../runtime/store/snowflake.js";
import type { WorkerLease } from "../../../../runtime/store/redis/registry/contract.js";
import { CLAIM, FREE } from "../../../../runtime/store/redis/registry/scripts.js";
import { useRedis } from "../../../redis/index.js";
import { setClock } from "./registry-clock.js";
import { enter, type Process, TAG, until, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();

const HOUR = 3_600_000;
const WORKERS = `${TAG}:workers`;

describe("when the clock of Redis", () => {
  it("is set back, workers go on and a dead one is still found", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url, { clocked: true }), await run(url, { clocked: true })];
    await enter(a);
    await enter(b);
    const before = a.lease?.nextId() ?? 0n;
    await setClock(a.link, -HOUR);
    await b.die();
    await until(() => a.did.includes(`dead ${b.lease?.worker}`));
    expect(a.lease?.held).toBe(true);
    expect(a.lease?.nextId()).toBeGreaterThan(before);
    expect(a.log.some(({ message }) => message.includes("was set back"))).toBe(true);
    expect(Math.round(((a.lease?.time ?? 0) - Date.now()) / HOUR)).toBe(-1);
  });

  it("is put forward, nobody is taken for dead", async () => {
    const { url } = await redis.server();
    const both = [await run(url, { clocked: true }), await run(url, { clocked: true })];
    for (const process of both) await enter(process);
    await setClock(both[0]?.link as Process["link"], HOUR);
    await until(() => both.every(({ log }) => log.some(({ message }) => message.includes("was put forward"))));
    const beats = async (): Promise<string> => String(await both[0]?.link.command("HVALS", WORKERS, []));
    for (let i = 0; i < 8; i++) {
      const last = await beats();
      await until(async () => (await beats()) !== last);
    }
    expect(both.map(({ lease }) => lease?.held)).toEqual([true, true]);
    expect(both.flatMap(({ did }) => did)).toEqual(["prepare"]);
  });

  it("was set back behind all numbers, a process waits rather than gives ids twice, and says so", async () => {
    const { url } = await redis.server();
    const process = await run(url, { clocked: true });
    const ahead = Array.from({ length: MAX_WORKER + 1 }, (_, worker) => [String(worker), Date.now()]).flat();
    await process.link.command("HSET", `${TAG}:horizons`, ahead);
    await setClock(process.link, -HOUR);
    const joining = process.registry.join();
    await until(() => process.log.length > 0);
    expect(process.log[0]?.message).toContain("it was set back");
    expect(await process.link.command("EXISTS", WORKERS, [])).toBe(0);
    await setClock(process.link, 1000);
    process.lease = await joining;
    expect(process.lease.worker).toBeGreaterThanOrEqual(0);
  });
});

/** What may happen to an instance with three numbers. `who` is taken modulo the processes that there are. */
type Step =
  | { readonly does: "join" }
  | { readonly does: "die" | "release" | "beat" | "reap"; readonly who: number }
  | { readonly does: "draw"; readonly who: number; readonly count: number }
  | { readonly does: "pass" | "jump"; readonly milliseconds: number };

const who = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ does: "join" } as const) },
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom("die", "release", "beat", "reap"), who }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant("draw" as const), who, count: fc.constantFrom(1, 10, 5000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("pass" as const),
      milliseconds: fc.constantFrom(1, 50, 800_000, 2 * HOUR),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("jump" as const),
      milliseconds: fc.constantFrom(-3 * HOUR, -HOUR, -100, 100, HOUR, 3 * HOUR),
    }),
  },
);

describe("ids", () => {
  it("are never given twice, whoever joins, dies, pauses or is late, and whatever the clock of Redis does", async () => {
    const { url } = await redis.server();
    const control = await run(url);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await control.link.command("FLUSHDB", "ASYNC", []);
        const never = Array.from({ length: MAX_WORKER + 1 }, (_, worker) => [
          String(worker),
          "9000000000000000",
        ]).flat();
        await control.link.command("HSET", `${TAG}:horizons`, never);
        await control.link.command("HDEL", `${TAG}:horizons`, ["3", "4", "5"]);
        let passed = 0;
        let jumped = 0;
        const processes: Process[] = [];
        const drawn = new Map<WorkerLease, bigint[]>();
        const setTime = (): Promise<void> => setClock(control.link, passed + jumped);
        for (const each of steps) {
          const process = "who" in each ? processes[each.who % Math.max(1, processes.length)] : undefined;
          switch (each.does) {
            case "join": {
              const next = await run(url, {
                clocked: true,
                leaseTime: 1_000_000,
                now: () => performance.now() + passed,
              });
              let settled = false;
              const joining = next.registry
                .join()
                .catch(() => undefined)
                .finally(() => (settled = true));
              // No number, or none yet.
              const refused = until(() => settled || next.log.length > 0).then(() => undefined);
              next.lease = await Promise.race([joining, refused]);
              if (next.lease === undefined) await next.die();
              else processes.push(next);
              break;
            }
            case "pass":
              passed += each.milliseconds;
              await setTime();
              break;
            case "jump":
              jumped += each.milliseconds;
              await setTime();
              break;
            case "draw":
              for (let i = 0; i < each.count && process?.lease !== undefined; i++) {
                try {
                  const ids = drawn.get(process.lease) ?? [];
                  ids.push(process.lease.nextId());
                  drawn.set(process.lease, ids);
                } catch {
                  break;
                }
              }
              break;
            case "die":
              await process?.lease?.abandon();
              break;
            case "release":
              await process?.lease?.release();
              break;
            case "beat":
              await process?.registry.reapNow(MAX_WORKER + 1, Buffer.alloc(16));
              break;
            case "reap": {
              // Of a worker that may well live: only its lease is over.
              const other = processes[(each.who + 1) % Math.max(1, processes.length)]?.lease;
              if (process?.lease === undefined || other === undefined || process.lease === other) break;
              await control.link.command("ZADD", `${TAG}:leases`, ["XX", 0, other.worker]);
              const [keys, args] = [
                ["leases", "workers", "claims"].map((name) => `${TAG}:${name}`),
                [other, process.lease].flatMap(({ worker, token }) => [worker, token.toString("hex")]),
              ];
              await control.link.run(CLAIM, keys, args);
              await control.link.run(FREE, keys, args);
              break;
            }
          }
        }
        for (const process of processes) await process.die();
        // Stronger than that no two are equal, which a lucky clock could hide: the next holder of a number begins behind
        // everything that the one before gave, and gives afterwards.
        const newest = new Map<number, bigint>();
        for (const { lease } of processes) {
          const ids = lease === undefined ? [] : (drawn.get(lease) ?? []);
          for (const id of ids) {
            expect(id).toBeGreaterThan(newest.get(lease?.worker ?? 0) ?? 0n);
            newest.set(lease?.worker ?? 0, id);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
