import { describe, expect, it } from "vitest";
import { MAX_WORKER } from "../../../../runtime/store/snowflake.js";
import { useRedis } from "../../../redis/index.js";
import {
  LeaseLostError,
  LeaseUnconfirmedError,
  NoWorkerNumberError,
} from "../../../../runtime/store/redis/registry/errors.js";
import { controlKeys } from "../../../../runtime/store/redis/registry/control-keys.js";
import { BEAT, START } from "../../../../runtime/store/redis/registry/scripts.js";
import { enter, TAG, until, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();

describe("a lease", () => {
  it("gives each process a number of its own and gives it back", async () => {
    const { url } = await redis.server();
    const processes = [await run(url), await run(url), await run(url)];
    const leases = await Promise.all(processes.map(async (each) => (each.lease = await each.registry.join())));
    expect(new Set(leases.map(({ worker }) => worker)).size).toBe(3);
    const [first] = processes;
    const live = await first?.registry.live();
    expect(live?.map(({ token }) => token.toString("hex")).sort()).toEqual(
      leases.map(({ token }) => token.toString("hex")).sort(),
    );
    await leases[1]?.release();
    expect(await first?.registry.live()).toHaveLength(2);
    expect(leases[1]?.held).toBe(false);
  });

  it("says when ids go on after the process stood still, and that they do not when it stops", async () => {
    const { url } = await redis.server();
    let passed = 0;
    const process = await run(url, { now: () => performance.now() + passed });
    await enter(process);
    const before = process.lease?.nextId() ?? 0n;
    const refused = (): LeaseUnconfirmedError => {
      try {
        process.lease?.nextId();
      } catch (error) {
        if (error instanceof LeaseUnconfirmedError) return error;
      }
      throw new Error("an id was given");
    };
    passed += 1000;
    await refused().resumed;
    expect(process.lease?.nextId()).toBeGreaterThan(before);
    passed += 1000;
    const { resumed } = refused();
    void process.die();
    await expect(resumed).rejects.toThrow(LeaseLostError);
  });

  it("is refused in words when all numbers are in use", async () => {
    const { url } = await redis.server();
    const { link, registry } = await run(url);
    const entry = `1 1000 1 ${"0".repeat(32)} here:1`;
    const all = Array.from({ length: MAX_WORKER + 1 }, (_, worker) => [String(worker), entry]).flat();
    await link.command("HSET", `${TAG}:workers`, all);
    await expect(registry.join()).rejects.toThrow(NoWorkerNumberError);
  });

  it("outlives its time as long as the process renews it", async () => {
    const { url } = await redis.server();
    const a = await run(url, { leaseTime: 300 });
    const b = await run(url, { leaseTime: 300 });
    await Promise.all([enter(a), enter(b)]);
    const end = performance.now() + 1000;
    await until(() => performance.now() > end);
    expect(a.lease?.held).toBe(true);
    expect(b.lease?.held).toBe(true);
    expect([...a.did, ...b.did].filter((what) => what !== "prepare")).toEqual([]);
  });
});

describe("a dead worker", () => {
  it("is shut out, then told of by one of the others, and then its number is free", async () => {
    const { url } = await redis.server();
    const [a, b, c] = [await run(url), await run(url), await run(url)];
    await enter(a);
    await Promise.all([enter(b), enter(c)]);
    const worker = a.lease?.worker;
    await a.die();
    await until(async () => (await b.link.command("HLEN", `${TAG}:workers`, [])) === 2);
    expect([...b.did, ...c.did]).toEqual([`fence ${worker}`, `dead ${worker}`]);
  });

  it("is dealt with at once when it was seen to die", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url, { leaseTime: 60_000 }), await run(url, { leaseTime: 60_000 })];
    a.lease = await a.registry.join();
    await enter(b);
    await a.die();
    await b.registry.reapNow(a.lease.worker, a.lease.token);
    await until(async () => (await b.link.command("HLEN", `${TAG}:workers`, [])) === 1);
    expect(b.did).toEqual(["prepare", `fence ${a.lease.worker}`, `dead ${a.lease.worker}`]);
  });

  it("is dealt with by the next one when its reaper dies, and so is the reaper", async () => {
    const { url } = await redis.server();
    const [a, c] = [await run(url), await run(url)];
    let reaping: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => (reaping = resolve));
    const b = await run(url, {
      onDead: () => {
        reaping();
        return new Promise(() => undefined);
      },
    });
    await enter(a);
    await enter(b);
    await a.die();
    await inside;
    await b.die();
    expect(await enter(c)).toBe(true);
    const dead = [a.lease?.worker, b.lease?.worker];
    await until(async () => (await c.link.command("HLEN", `${TAG}:workers`, [])) === 1);
    expect(new Set(c.did)).toEqual(new Set(["prepare", ...dead.flatMap((w) => [`fence ${w}`, `dead ${w}`])]));
    expect(await c.link.command("HLEN", `${TAG}:claims`, [])).toBe(0);
  });

  it("that comes back learns that it is dead, and gives no more ids", async () => {
    const { url } = await redis.server();
    let paused = 0;
    const [a, b] = [await run(url, { now: () => performance.now() + paused }), await run(url)];
    await enter(a);
    await enter(b);
    const lost = new Promise<Error>((resolve) => a.lease?.onLost(resolve));
    // Again and again: it renews its lease meanwhile.
    await until(async () => {
      await b.link.command("ZADD", `${TAG}:leases`, [0, a.lease?.worker ?? 0]);
      return b.did.length === 2;
    });
    paused = 5000;
    expect(() => a.lease?.nextId()).toThrow();
    expect((await lost).name).toBe("LeaseLostError");
    expect(() => a.lease?.nextId()).toThrow("is lost");
  });
});

describe("a start", () => {
  it("is prepared by one process while the others wait", async () => {
    const { url } = await redis.server();
    const processes = await Promise.all([run(url), run(url), run(url)]);
    let ready = false;
    const prepared = await Promise.all(
      processes.map(async (process) => {
        const own = await enter(process, async (start) => {
          expect(start.fresh).toBe(true);
          await start.cleared();
          ready = true;
        });
        expect(ready).toBe(true);
        return own;
      }),
    );
    expect(prepared.filter((own) => own)).toHaveLength(1);
  });

  it("is not repeated by a process that joins a running instance, and is when none was left", async () => {
    const { url } = await redis.server();
    const [a, b, c] = [await run(url), await run(url), await run(url)];
    expect(await enter(a)).toBe(true);
    expect(await enter(b)).toBe(false);
    await a.lease?.release();
    await b.lease?.release();
    expect(await enter(c)).toBe(true);
  });

  it("is fresh when all have died without a word, however soon the next one comes", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url), await run(url)];
    await enter(a);
    await a.die();
    expect(await enter(b)).toBe(true);
    expect(b.did).toEqual(["prepare", `fence ${a.lease?.worker}`, `dead ${a.lease?.worker}`]);
  });

  it("is taken over with the same id, and without clearing again, when the process that prepares it dies", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url), await run(url)];
    const starts: { id: string; fresh: boolean }[] = [];
    let begun: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => (begun = resolve));
    void enter(a, async (start) => {
      starts.push({ id: start.id, fresh: start.fresh });
      await start.cleared();
      begun();
      await new Promise(() => undefined);
    });
    await inside;
    const second = enter(b, async ({ id, fresh }) => void starts.push({ id, fresh }));
    await a.die();
    expect(await second).toBe(true);
    expect(starts).toEqual([
      { id: starts[0]?.id, fresh: true },
      { id: starts[0]?.id, fresh: false },
    ]);
  });

  it("is taken over for good: who has prepared it before cannot come back, paused as it may have been", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url, { leaseTime: 60_000 }), await run(url, { leaseTime: 60_000 })];
    const lease = (a.lease = await a.registry.join());
    const other = (b.lease = await b.registry.join());
    void a.registry.startOnce(() => new Promise(() => undefined));
    const { leases, workers, horizons, claims, start } = controlKeys(TAG);
    await until(async () => (await b.link.command("EXISTS", start, [])) === 1);
    await b.link.command("ZADD", leases, [1, lease.worker]);
    const me = [other.worker, other.token.toString("hex")];
    const taken = await b.link.run(START, [leases, workers, claims, start], [...me, "unused", 1, 60_000, ""]);
    expect(String((taken as Buffer[])[0])).toBe("prepare");
    const paused = [lease.worker, lease.token.toString("hex"), Date.now()];
    expect(String((await a.link.run(BEAT, [leases, workers, horizons, claims], paused)) as Buffer[])).toMatch(/^lost/);
  });

  it("that fails is tried again by the next process", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url), await run(url)];
    await expect(enter(a, () => Promise.reject(new Error("no table")))).rejects.toThrow("no table");
    await a.lease?.release();
    expect(await enter(b)).toBe(true);
  });

  it("handles the dead when it is asked to, before it goes on", async () => {
    const { url } = await redis.server();
    const [a, b] = [await run(url), await run(url)];
    await enter(a);
    await a.die();
    await enter(b, async (start) => {
      await start.handleDead();
      b.did.push("go on");
    });
    expect(b.did).toEqual(["prepare", `fence ${a.lease?.worker}`, `dead ${a.lease?.worker}`, "go on"]);
  });
});
