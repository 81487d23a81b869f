import { describe, expect, it, test } from "vitest";
import { WorkGate } from "../../../runtime/gate/work-gate.js";
import { Every } from "../../../runtime/schedule/schedule.js";
import { Scheduler, type SchedulerOptions, type TickCounts } from "../../../runtime/schedule/scheduler.js";
import type { Store } from "../../../runtime/store/contract.js";
import type { ScheduledRuns } from "../../../runtime/transaction/contract.js";
import type { Systems } from "../../fixtures/world/generated/server-ts/world/index.js";
import { EMBEDDED, onTopologies, REDIS } from "../topologies.js";
import { World } from "../transaction/world.js";
import { FakeClock } from "./fake-clock.js";

const START = 1_790_000_000_000 - (1_790_000_000_000 % 60_000);
const MINUTE = 60_000;

type Job = Systems["wipe"];

/** Notes when it ran. */
const note: Job = async (ctx) => {
  await ctx.Online.insert({ owner: BigInt(ctx.now) });
};

/** A process in which `wipe` is due every minute, at a time of day that the test sets. */
class Process {
  readonly work = new WorkGate();
  readonly told: string[] = [];
  readonly counts = new Map<string, TickCounts>();
  readonly clock: FakeClock;
  readonly world: World;
  readonly #shared: boolean;
  scheduler: Scheduler;

  constructor(store: Store, job: Job = note, { worker = 0, at = START + 1, runs }: ProcessOptions = {}) {
    this.clock = new FakeClock(at, this.work);
    this.world = new World(store, { wipe: job }, { now: this.clock.now, worker });
    this.#shared = store.shared;
    this.scheduler = this.#make(runs?.(this.world.runner.ticks) ?? this.world.runner.ticks);
  }

  /** Begins, and has looked whether something is due. */
  async start(): Promise<this> {
    this.scheduler.start();
    await this.work.idle();
    return this;
  }

  /** Goes on after a time in which nobody served. */
  async startAgain(at: number): Promise<void> {
    this.scheduler.stop();
    this.clock.jumpTo(at);
    this.scheduler = this.#make(this.world.runner.ticks);
    await this.start();
  }

  /** When it has run, in milliseconds from the start. */
  async ran(): Promise<number[]> {
    const rows = await this.world.transact(async (ctx) => (await ctx.Online.range("owner")).map(({ owner }) => owner));
    return rows.map((owner) => Number(owner) - START);
  }

  #make(runs: ScheduledRuns): Scheduler {
    const options: SchedulerOptions = {
      systems: [{ name: "wipe", schedule: new Every(MINUTE) }],
      runs,
      shared: this.#shared,
      work: this.work,
      log: {
        madeUp: (_system, tick, late, leftOut) =>
          void this.told.push(`made up ${tick - START}, ${late} late, ${leftOut} left out`),
        putBack: (_system, from, to) => void this.told.push(`put back from ${from - START} to ${to - START}`),
        stillRuns: (_system, since) => void this.told.push(`still runs since ${since - START}`),
        rejected: (_system, code) => void this.told.push(`rejected ${code}`),
        failed: (_system, error) => void this.told.push(`failed ${String(error)}`),
        storeFailed: (_system, error) => void this.told.push(`store ${String(error)}`),
      },
      counts: this.counts,
      clock: this.clock,
      random: () => 0,
    };
    return new Scheduler(options);
  }
}

interface ProcessOptions {
  readonly worker?: number;
  readonly at?: number;
  readonly runs?: (runs: ScheduledRuns) => ScheduledRuns;
}

/** A job that waits, each time, until it is let go. */
function slow(): { readonly job: Job; readonly began: Promise<void>; letGo(): void } {
  let begin = (): void => undefined;
  let letGo = (): void => undefined;
  const began = new Promise<void>((resolve) => (begin = resolve));
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const job: Job = async (ctx) => {
    begin();
    await free;
    await note(ctx);
  };
  return { job, began, letGo };
}

onTopologies([EMBEDDED, REDIS], (stores) => {
  it("runs a system once at each tick, and not at once when its schedule is new", async () => {
    const one = await new Process(await stores.open()).start();
    expect(await one.ran()).toEqual([]);
    await one.clock.passTo(START + 3.5 * MINUTE);
    expect(await one.ran()).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE]);
    expect(one.counts.get("wipe")).toEqual({ ticks: 3, delayMs: 0, leftOut: 0 });
    expect(one.told).toEqual([]);
  });

  it("makes up once for the last of the ticks that came while nobody served", async () => {
    const one = await new Process(await stores.open()).start();
    await one.clock.passTo(START + MINUTE);
    await one.startAgain(START + 5 * MINUTE + 7);
    expect(await one.ran()).toEqual([MINUTE, 5 * MINUTE + 7]);
    expect(one.told).toEqual([`made up ${5 * MINUTE}, 7 late, 3 left out`]);
    await one.startAgain(START + 5 * MINUTE + 8);
    await one.clock.passTo(START + 6 * MINUTE);
    expect(await one.ran()).toEqual([MINUTE, 5 * MINUTE + 7, 6 * MINUTE]);
    expect(one.counts.get("wipe")).toEqual({ ticks: 3, delayMs: 7, leftOut: 3 });
  });

  it("does not run a system beside itself: what came meanwhile is made up for once when it has ended", async () => {
    const { job, began, letGo } = slow();
    const one = await new Process(await stores.open(), job).start();
    const passing = one.clock.passTo(START + MINUTE);
    await began;
    one.clock.jumpTo(START + 4 * MINUTE + 5);
    one.scheduler.look();
    letGo();
    await passing;
    expect(await one.ran()).toEqual([MINUTE, 4 * MINUTE + 5]);
    expect(one.told).toEqual([`made up ${4 * MINUTE}, 5 late, 2 left out`]);
  });

  it("tells of a run that has not ended when its next tick comes", async () => {
    const { job, began, letGo } = slow();
    const one = await new Process(await stores.open(), job).start();
    const passing = one.clock.passTo(START + MINUTE);
    await began;
    one.clock.passBesideTo(START + 1.9 * MINUTE);
    expect(one.told).toEqual([]);
    one.clock.passBesideTo(START + 2 * MINUTE);
    expect(one.told).toEqual([`still runs since ${MINUTE}`]);
    letGo();
    await passing;
    expect(await one.ran()).toEqual([MINUTE, 2 * MINUTE]);
  });

  it("tells of a run that failed or rejected, whose effect is none, and waits for the next tick", async () => {
    let times = 0;
    const job: Job = async (ctx) => {
      await note(ctx);
      times++;
      if (times === 1) throw new Error("no luck");
      if (times === 2) throw ctx.abort();
    };
    const one = await new Process(await stores.open(), job).start();
    await one.clock.passTo(START + 3 * MINUTE);
    expect(one.told).toEqual(["failed Error: no luck", "rejected ABORTED"]);
    expect(await one.ran()).toEqual([3 * MINUTE]);
    expect(times).toBe(3);
  });

  it("begins nothing once it was stopped, and what runs is waited for", async () => {
    const { job, began, letGo } = slow();
    const one = await new Process(await stores.open(), job).start();
    const passing = one.clock.passTo(START + MINUTE);
    await began;
    one.scheduler.stop();
    one.clock.jumpTo(START + 2 * MINUTE);
    letGo();
    await one.work.idle();
    await passing;
    await one.clock.passTo(START + 5 * MINUTE);
    expect(await one.ran()).toEqual([MINUTE]);
  });

  it("looks again a second later when the store could not be asked", async () => {
    let refused = 0;
    const runs = (real: ScheduledRuns): ScheduledRuns => ({
      claim: (...claim) => (refused++ === 1 ? Promise.reject(new Error("away")) : real.claim(...claim)),
      run: (...run) => real.run(...run),
      release: (...release) => real.release(...release),
    });
    const one = await new Process(await stores.open(), note, { runs }).start();
    await one.clock.passTo(START + 1.5 * MINUTE);
    expect(one.told).toEqual(["store Error: away"]);
    expect(await one.ran()).toEqual([MINUTE + 1000]);
  });

  it("leaves out no tick that comes while it looks whether the one before is done", async () => {
    const runs = (real: ScheduledRuns): ScheduledRuns => ({
      ...real,
      claim: async (...claim) => {
        const answer = await real.claim(...claim);
        if (one.clock.now() < START + MINUTE) one.clock.jumpTo(START + MINUTE + 5);
        return answer;
      },
      run: (...run) => real.run(...run),
    });
    const one: Process = new Process(await stores.open(), note, { runs });
    await one.start();
    await one.clock.passTo(START + 2.5 * MINUTE);
    expect(await one.ran()).toEqual([MINUTE + 5, 2 * MINUTE]);
    expect(one.counts.get("wipe")?.leftOut).toBe(0);
  });

  it("runs no tick again when the clock is put back to before the last one", async () => {
    const one = await new Process(await stores.open()).start();
    await one.clock.passTo(START + 3 * MINUTE);
    one.clock.jumpTo(START + 2.5 * MINUTE);
    await one.clock.passTo(START + 4 * MINUTE);
    const once = [MINUTE, 2 * MINUTE, 3 * MINUTE, 4 * MINUTE];
    expect(await one.ran()).toEqual(once);
    await one.startAgain(START + 3.5 * MINUTE);
    await one.clock.passTo(START + 4.5 * MINUTE);
    expect(await one.ran()).toEqual(once);
    expect(one.told).toEqual([]);
  });

  it("goes on by the new time when a clock that ran far ahead is put back, and says so", async () => {
    const one = await new Process(await stores.open()).start();
    await one.clock.passTo(START + MINUTE);
    await one.startAgain(START + 1000.5 * MINUTE);
    await one.clock.passTo(START + 1001.5 * MINUTE);
    one.clock.jumpTo(START + 2.5 * MINUTE);
    await one.clock.passTo(START + 5 * MINUTE);
    expect(await one.ran()).toEqual([MINUTE, 4 * MINUTE, 5 * MINUTE, 1000.5 * MINUTE, 1001 * MINUTE]);
    expect(one.told).toEqual([
      `made up ${1000 * MINUTE}, ${MINUTE / 2} late, 998 left out`,
      `put back from ${1001 * MINUTE} to ${3 * MINUTE}`,
    ]);
  });

  it("takes a process that claims late, when others have gone on, for late and not for one whose clock is right", async () => {
    const runs = (real: ScheduledRuns): ScheduledRuns => ({
      claim: async (system, tick, ...rest) => {
        if (tick > START + MINUTE) return real.claim(system, tick, ...rest);
        one.clock.jumpTo(START + 9 * MINUTE);
        expect((await real.claim(system, START + 9 * MINUTE, ...rest)).status).toBe("ours");
        await real.run(system, START + 9 * MINUTE, one.clock.now());
        return real.claim(system, tick, ...rest);
      },
      run: (...run) => real.run(...run),
      release: (...release) => real.release(...release),
    });
    const store = await stores.open();
    await new Process(store).start();
    const one: Process = new Process(store, note, { runs, at: START + MINUTE + 1 });
    await one.start();
    expect(await one.ran()).toEqual([9 * MINUTE]);
    expect(one.told).toEqual([]);
  });

  it("runs only for the last of the ticks that come while the store gives it the first of them", async () => {
    const runs = (real: ScheduledRuns): ScheduledRuns => ({
      claim: async (system, tick, ...rest) => {
        const answer = await real.claim(system, tick, ...rest);
        if (tick === START + MINUTE) one.clock.jumpTo(START + 4 * MINUTE + 5);
        return answer;
      },
      run: (...run) => real.run(...run),
      release: (...release) => real.release(...release),
    });
    const one: Process = new Process(await stores.open(), note, { runs });
    await one.start();
    await one.clock.passTo(START + MINUTE);
    expect(await one.ran()).toEqual([4 * MINUTE + 5]);
    expect(one.told).toEqual([`made up ${4 * MINUTE}, 5 late, 3 left out`]);
    expect(one.counts.get("wipe")).toEqual({ ticks: 1, delayMs: 5, leftOut: 3 });
  });

  it("commits early, like any system, with the tick done then", async () => {
    const job: Job = async (ctx) => {
      await note(ctx);
      await ctx.commit();
      throw new Error("too late");
    };
    const one = await new Process(await stores.open(), job).start();
    await one.clock.passTo(START + MINUTE);
    await one.startAgain(START + MINUTE + 1);
    expect(await one.ran()).toEqual([MINUTE]);
    expect(one.told).toEqual(["failed Error: too late"]);
  });
});

describe("two processes on one Redis", () => {
  const stores = REDIS.stores();

  async function two(job?: Job): Promise<[Process, Process]> {
    const store = await stores.open();
    const beside = await stores.beside(store);
    if (beside === undefined) throw new Error("Redis lets processes share a store");
    return [new Process(store, job, { worker: 1 }), new Process(beside, job, { worker: 2 })];
  }

  test("run each tick once, however close they come to it", async () => {
    const both = await two();
    for (const one of both) await one.start();
    for (let minute = 1; minute <= 20; minute++)
      await Promise.all(both.map(({ clock }) => clock.passTo(START + minute * MINUTE)));
    const ticks = Array.from({ length: 20 }, (_, i) => (i + 1) * MINUTE);
    for (const one of both) expect(await one.ran()).toEqual(ticks);
    expect(both.map(({ counts }) => counts.get("wipe")?.ticks ?? 0).reduce((a, b) => a + b)).toBe(20);
    expect(both.flatMap(({ told }) => told)).toEqual([]);
  });

  test("leave a tick to the one that has claimed it, until that one is dead; what it still does has no effect", async () => {
    const { job, began, letGo } = slow();
    const [dying, heir] = await two(job);
    for (const one of [dying, heir]) await one.start();
    const passing = dying.clock.passTo(START + MINUTE);
    await began;
    await heir.clock.passTo(START + MINUTE);
    expect(heir.counts.get("wipe")?.ticks).toBe(0);
    await heir.world.runner.ticks.release(1);
    heir.clock.jumpTo(START + MINUTE + 9);
    letGo();
    heir.scheduler.look();
    await heir.work.idle();
    await passing;
    expect(await heir.ran()).toEqual([MINUTE + 9]);
    expect(dying.told).toEqual([]);
  });
});
