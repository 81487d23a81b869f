import { NO_WORKER } from "../core/connection.js";
import { ScheduleRow, scheduleCodec } from "../core/schedule.js";
import type { Store, StoreSet } from "../store/contract.js";
import { alone } from "./alone.js";
import type { Attempt } from "./attempt.js";
import type { TickClaim } from "./contract.js";
import type { TableView } from "./table-view.js";
import { TablePlan } from "./table-plan.js";

/** Another process has taken over a tick, since this one was declared dead: its transaction must not take effect. */
export class TickTakenError extends Error {
  override readonly name = "TickTakenError";

  constructor(system: string) {
    super(`${system} is run for its schedule by another process`);
  }
}

/**
 * Remembers how far the schedules are. One process claims a tick, so that only one runs the system; that it is done is
 * part of the system's own transaction, so that it takes effect once whoever dies when.
 */
export class ScheduleLog {
  readonly #plans: ReadonlyMap<Store, TablePlan>;
  readonly #worker: number;

  /** @param worker Number of this process among those that share the stores. */
  constructor(stores: StoreSet, worker: number) {
    this.#plans = new Map(stores.all.map((store) => [store, new TablePlan(store.table(scheduleCodec.name))]));
    this.#worker = worker;
  }

  /**
   * A schedule that was never seen begins with the next tick. What this process has claimed itself, and does not run,
   * it may claim again: it was not told whether the claim had happened.
   * @param isAhead asked behind the read, so that whoever is late does not take what came meanwhile for the future.
   */
  async claim(store: Store, system: string, tick: number, isAhead: (done: number) => boolean): Promise<TickClaim> {
    return this.#alone(store, async (view): Promise<TickClaim> => {
      const row = await view.get({ system });
      if (!(row instanceof ScheduleRow)) {
        await view.insert({ system, done: tick });
        return { status: "done" };
      }
      if (row.done >= tick && !isAhead(row.done)) return { status: "done" };
      if (row.claimed !== 0 && row.worker !== this.#worker) return { status: "taken" };
      const { done } = row;
      if (done >= tick) {
        finish(row, tick);
        return { status: "putBack", from: done };
      }
      row.claimed = tick;
      row.worker = this.#worker;
      return { status: "ours", since: done };
    });
  }

  /** Adds to the system's transaction that the tick is done. @throws TickTakenError */
  async record(attempt: Attempt, tick: number): Promise<void> {
    const row = await this.#view(attempt).get({ system: attempt.system });
    if (!(row instanceof ScheduleRow) || !this.#isOurs(row, tick)) throw new TickTakenError(attempt.system);
    finish(row, tick);
  }

  /** The system has not succeeded: it is not run again for this tick. */
  async giveUp(store: Store, system: string, tick: number): Promise<void> {
    await this.#alone(store, async (view) => {
      const row = await view.get({ system });
      if (row instanceof ScheduleRow && this.#isOurs(row, tick)) finish(row, tick);
    });
  }

  /**
   * What a process has claimed, which can no longer commit, is claimed by others again.
   * @param worker its number; left out: of all processes, none of which serves.
   */
  async release(worker?: number): Promise<void> {
    for (const store of this.#plans.keys()) {
      await this.#alone(store, async (view) => {
        for (const row of await view.range("id")) {
          if (!(row instanceof ScheduleRow) || row.claimed === 0) continue;
          if (worker !== undefined && row.worker !== worker) continue;
          row.claimed = 0;
          row.worker = NO_WORKER;
        }
      });
    }
  }

  #isOurs({ claimed, worker }: ScheduleRow, tick: number): boolean {
    return claimed === tick && worker === this.#worker;
  }

  async #alone<T>(store: Store, change: (view: TableView) => Promise<T>): Promise<T> {
    const { result } = await alone(store, "core.schedules", (attempt) => change(this.#view(attempt)));
    return result;
  }

  #view(attempt: Attempt): TableView {
    return attempt.view(this.#plans.get(attempt.store) as TablePlan);
  }
}

function finish(row: ScheduleRow, tick: number): void {
  row.done = tick;
  row.claimed = 0;
  row.worker = NO_WORKER;
}
