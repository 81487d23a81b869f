import type { CallOutcome, Principal, RunnerObserver, ScheduledRuns, TickClaim } from "./contract.js";
import type { PlanBook } from "./plan-book.js";
import { type ScheduleLog, TickTakenError } from "./schedule-log.js";
import type { SystemPlan } from "./system-plan.js";
import type { SystemOutcome, SystemRuns } from "./system-runs.js";

const ENGINE: Principal = { connection: undefined, caller: undefined, group: undefined, session: {} };

export interface TicksOptions {
  readonly log: ScheduleLog;
  readonly plans: PlanBook;
  readonly runs: SystemRuns;
  readonly observer: RunnerObserver | undefined;
}

export class Ticks implements ScheduledRuns {
  readonly #options: TicksOptions;

  constructor(options: TicksOptions) {
    this.#options = options;
  }

  claim(system: string, tick: number, isAhead: (done: number) => boolean): Promise<TickClaim> {
    return this.#options.log.claim(this.#plan(system).store, system, tick, isAhead);
  }

  async run(system: string, tick: number, now: number): Promise<CallOutcome | undefined> {
    const { log, runs, observer } = this.#options;
    const plan = this.#plan(system);
    const started = performance.now();
    const call = { plan, args: [], principal: ENGINE, now, once: undefined, hook: false, tick };
    const outcome: SystemOutcome = await runs.run(call);
    if (outcome.status === "failed" && outcome.error instanceof TickTakenError) return undefined;
    observer?.finished(system, outcome.status, outcome.attempts, performance.now() - started);
    if (outcome.status !== "ok" && outcome.stands !== true) await log.giveUp(plan.store, system, tick);
    return outcome;
  }

  release(worker?: number): Promise<void> {
    return this.#options.log.release(worker);
  }

  #plan(system: string): SystemPlan {
    return this.#options.plans.system(system, undefined);
  }
}
