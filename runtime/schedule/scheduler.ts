import type { CallOutcome, ScheduledRuns } from "../transaction/contract.js";
import type { Scheduled } from "./scheduled.js";
import { type Schedule, ticksBetween } from "./schedule.js";

/** After an error of the store. */
const RETRY_MS = 1_000;
/** Timers know no time of day: so often, at least, the clock is looked at. */
const LONGEST_SLEEP_MS = 60_000;
/** Processes that share a store come to a tick so much apart, at most, that most of them find it claimed. */
const SPREAD_MS = 100;

/** A run is told of that goes on for so long, and until its next tick has come. */
const LONG_RUN_MS = 60_000;
/** Or for so long, however far away that one is. */
const LONGEST_RUN_MS = 86_400_000;
/**
 * A tick that was done and lies further ahead than the next one is of a clock that was put back since. By so much more,
 * at least, since the clocks of processes that share a store do not agree to the millisecond.
 */
const AHEAD_MS = 10_000;

/** The time of day, and a way to wait for it. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** @returns a function that ends it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** That of the process; waiting does not keep it alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** What the scheduler has to say. */
export interface ScheduleLogLines {
  /** A tick that came while nobody could run it. @param late milliseconds. @param leftOut ticks before it. */
  madeUp(system: string, tick: number, late: number, leftOut: number): void;
  /** The clock was put back from behind one tick to before another. */
  putBack(system: string, from: number, to: number): void;
  /** A run that has begun then has not ended, and other ticks wait for it. */
  stillRuns(system: string, since: number): void;
  rejected(system: string, code: string): void;
  failed(system: string, error: unknown): void;
  /** The store could not be asked; it is tried again. */
  storeFailed(system: string, error: unknown): void;
}

/** What is counted of one system; outlives an exchange of code. */
export interface TickCounts {
  /** Ticks that this process has run it for. */
  ticks: number;
  /** Milliseconds from these ticks until then, added up. */
  delayMs: number;
  /** Ticks that were left out before them. */
  leftOut: number;
}

export interface SchedulerOptions {
  readonly systems: readonly Scheduled[];
  readonly runs: ScheduledRuns;
  /** Other processes may run the same systems. */
  readonly shared: boolean;
  /** Told around everything that runs, so that others can wait for the end of it. */
  readonly work: { begin(): void; end(): void };
  readonly log: ScheduleLogLines;
  readonly counts: Map<string, TickCounts>;
  readonly clock?: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
}

/** Runs the systems with `@every` and `@cron` of one implementation, from {@link start} to {@link stop}. */
export class Scheduler {
  readonly #timetables: readonly Timetable[];

  constructor(options: SchedulerOptions) {
    this.#timetables = options.systems.map((system) => new Timetable(system, options));
  }

  /** Looks at once whether a tick was missed. After {@link stop} it goes on: what still runs is waited for. */
  start(): void {
    for (const timetable of this.#timetables) timetable.start();
  }

  /** What another process was about to do is to be done by somebody: looks whether something is due. */
  look(): void {
    for (const timetable of this.#timetables) void timetable.look();
  }

  /** No further tick; what runs goes on. */
  stop(): void {
    for (const timetable of this.#timetables) timetable.stop();
  }
}

/**
 * One system. Whenever it looks, the last tick until now is due unless it is done: so a tick that nobody could run in
 * time is made up for, once, and of several only the last.
 */
class Timetable {
  readonly #name: string;
  readonly #schedule: Schedule;
  readonly #options: SchedulerOptions;
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;
  #looking = false;
  #again = false;
  #first = true;
  #stopped = false;

  constructor({ name, schedule }: Scheduled, options: SchedulerOptions) {
    this.#name = name;
    this.#schedule = schedule;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    // A system that has not run is something to be seen, too.
    if (!options.counts.has(name)) options.counts.set(name, { ticks: 0, delayMs: 0, leftOut: 0 });
  }

  start(): void {
    this.#stopped = false;
    void this.look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async look(): Promise<void> {
    this.#again = true;
    if (this.#looking || this.#stopped) return;
    this.#looking = true;
    this.#cancel();
    const { work, log } = this.#options;
    work.begin();
    let next = Infinity;
    try {
      while (this.#again && !this.#isStopped()) {
        this.#again = false;
        const now = this.#clock.now();
        // Not of the time when the store has answered: a tick may have come meanwhile.
        next = this.#schedule.next(now);
        const due = await this.#due(now);
        if (due !== undefined) {
          await this.#run(due);
          this.#again = true;
        }
        this.#first = false;
      }
    } catch (error) {
      log.storeFailed(this.#name, error);
      next = this.#clock.now() + RETRY_MS;
    } finally {
      this.#looking = false;
      work.end();
    }
    this.#sleep(next + this.#apart());
  }

  /** @returns the moment for whose last tick this process has to run it; `undefined`: it has not. */
  async #due(now: number): Promise<number | undefined> {
    let due = now;
    let since = await this.#claimed(due);
    if (since === undefined) return undefined;
    const answered = this.#clock.now();
    // Once only: where the store always takes so long, it would never be run.
    if (this.#schedule.previous(answered) > this.#schedule.previous(due)) {
      due = answered;
      since = await this.#claimed(due);
      if (since === undefined) return undefined;
    }
    this.#count(this.#schedule.previous(due), since);
    return due;
  }

  /** @returns the tick before that was done or left out. */
  async #claimed(now: number): Promise<number | undefined> {
    const { runs, log } = this.#options;
    const tick = this.#schedule.previous(now);
    if (tick <= 0) return undefined;
    const isAhead = (done: number): boolean => done > this.#schedule.next(this.#clock.now() + AHEAD_MS);
    const claim = await runs.claim(this.#name, tick, isAhead);
    if (claim.status === "putBack") log.putBack(this.#name, claim.from, tick);
    return claim.status === "ours" ? claim.since : undefined;
  }

  #count(tick: number, since: number): void {
    const { log, counts } = this.#options;
    const late = Math.max(0, this.#clock.now() - tick);
    const leftOut = ticksBetween(this.#schedule, since, tick);
    if (this.#first || leftOut > 0) log.madeUp(this.#name, tick, late, leftOut);
    const count = counts.get(this.#name) ?? { ticks: 0, delayMs: 0, leftOut: 0 };
    count.ticks++;
    count.delayMs += late;
    count.leftOut += leftOut;
    counts.set(this.#name, count);
  }

  /** @param now when it was found due, from which the system itself can tell the tick: not when the store has answered. */
  async #run(now: number): Promise<void> {
    const { runs, log } = this.#options;
    const long = Math.min(Math.max(LONG_RUN_MS, this.#schedule.next(now) - now), LONGEST_RUN_MS);
    const ended = this.#clock.after(long, () => log.stillRuns(this.#name, now));
    const outcome: CallOutcome | undefined = await runs
      .run(this.#name, this.#schedule.previous(now), now)
      .finally(ended);
    if (outcome?.status === "rejected") log.rejected(this.#name, outcome.code);
    else if (outcome?.status === "failed") log.failed(this.#name, outcome.error);
    // A system that is always behind must not keep everything else from running.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #sleep(until: number): void {
    if (this.#stopped || until === Infinity) return;
    if (this.#again) {
      void this.look();
      return;
    }
    const began = this.#clock.now();
    const wait = Math.min(Math.max(0, until - began), LONGEST_SLEEP_MS);
    this.#cancel = this.#clock.after(wait, () => {
      const now = this.#clock.now();
      // When the clock was put back, another tick may be the next one.
      if (now >= until || now < began) void this.look();
      else this.#sleep(until);
    });
  }

  #apart(): number {
    const { shared, random = Math.random } = this.#options;
    return shared ? random() * Math.min(SPREAD_MS, this.#schedule.least / 10) : 0;
  }

  #isStopped(): boolean {
    return this.#stopped;
  }
}
