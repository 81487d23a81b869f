import type { ScheduleLogLines } from "../schedule/scheduler.js";
import type { Log } from "./log.js";
import { LogThrottle } from "./log-throttle.js";

/** Puts into words what becomes of systems `@every` and `@cron`. A system that is due often must not fill a disk. */
export class WrittenScheduleLog implements ScheduleLogLines {
  readonly #log: Log;
  readonly #instance: string;
  readonly #throttle = new LogThrottle();

  constructor(log: Log, instance: string) {
    this.#log = log;
    this.#instance = instance;
  }

  madeUp(system: string, tick: number, late: number, leftOut: number): void {
    const passed = this.#throttle.pass(`${system} made up`);
    if (passed === undefined) return;
    const due = new Date(tick).toISOString();
    const fields = { instance: this.#instance, system, due, late, leftOut, ...passed };
    const before = leftOut === 0 ? "" : `; ${leftOut} before it ${leftOut === 1 ? "is" : "are"} left out`;
    this.#log.info(fields, `${system} was due at ${due} and runs ${late} ms late${before}`);
  }

  putBack(system: string, from: number, to: number): void {
    const [was, is] = [new Date(from).toISOString(), new Date(to).toISOString()];
    const message = `${system} was run for ${was}, which lies ahead: the clock was put back, and it goes on with the first tick after ${is}`;
    this.#log.warn({ instance: this.#instance, system, from: was, to: is }, message);
  }

  stillRuns(system: string, since: number): void {
    const began = new Date(since).toISOString();
    const message = `${system} runs for its schedule since ${began} and has not ended: its other ticks wait for it; @timeout ends runs that take too long`;
    this.#log.warn({ instance: this.#instance, system, since: began }, message);
  }

  rejected(system: string, code: string): void {
    const passed = this.#throttle.pass(`${system} rejected`);
    if (passed === undefined) return;
    const message = `${system}, run for its schedule, rejected with ${code}: it had no effect, and runs again when it is due next`;
    this.#log.warn({ instance: this.#instance, system, code, ...passed }, message);
  }

  failed(system: string, error: unknown): void {
    const passed = this.#throttle.pass(`${system} failed`);
    if (passed === undefined) return;
    const message = `${system} failed, run for its schedule; it runs again when it is due next`;
    this.#log.error({ instance: this.#instance, system, err: error, ...passed }, message);
  }

  storeFailed(system: string, error: unknown): void {
    const passed = this.#throttle.pass(`${system} store`);
    if (passed === undefined) return;
    const message = `it could not be found out whether ${system} is due; it is tried again`;
    this.#log.error({ instance: this.#instance, system, err: error, ...passed }, message);
  }
}
