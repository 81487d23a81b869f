import type { MaybePromise, Store } from "../store/contract.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import { Attempt, type Finish } from "./attempt.js";
import { backoffMs, pause } from "./backoff.js";
import type { CallOutcome, Effects, EffectSink, Principal, RunnerObserver } from "./contract.js";
import type { ConnectionLog } from "./connection-log.js";
import { Deadline, DeadlineSignal } from "./deadline.js";
import { SystemUsageError } from "./errors.js";
import { Lanes } from "./lanes.js";
import type { OnceCall, OnceLog } from "./once-log.js";
import type { ScheduleLog } from "./schedule-log.js";
import { CallRejection, ConflictSignal, reasonFields } from "./signals.js";
import type { SystemPlan } from "./system-plan.js";
import { Turn } from "./turn.js";

/** After so many conflicts a call runs alone. */
const LOSSES = 10;

/**
 * The outcome of a system, with the result also as the value that it returned, and with `stands` when it has failed
 * though its commit has happened.
 */
export type SystemOutcome = CallOutcome & { readonly value?: unknown; readonly stands?: true };

/** What viewers have been told; part of the live queries. */
export interface Visibility {
  /** Resolves once all viewers of this process have been told of the commits up to there. */
  reached(store: Store, position: number): MaybePromise<void>;
}

export interface SystemRunsOptions {
  /** `undefined`: nobody views. */
  readonly live: Visibility | undefined;
  readonly sink: EffectSink;
  readonly once: OnceLog;
  /** `undefined`: nobody asks for them. */
  readonly connections: ConnectionLog | undefined;
  readonly schedules: ScheduleLog;
  readonly observer: RunnerObserver | undefined;
  /** From 0 (inclusive) to 1 (exclusive), for the backoff. */
  readonly random: () => number;
}

/** An outcome before it is known when it happened. */
type Unplaced =
  | { readonly status: "ok"; readonly result: Uint8Array; readonly value: unknown }
  | { readonly status: "rejected"; readonly code: string; readonly fields: Uint8Array | undefined }
  | { readonly status: "failed"; readonly error: unknown };

export interface SystemCall {
  readonly plan: SystemPlan;
  readonly args: readonly unknown[];
  readonly principal: Principal;
  readonly now: number;
  readonly once: OnceCall | undefined;
  /** An `@on(disconnect)` system, run by the engine. */
  readonly hook: boolean;
  /** The tick of its schedule that the engine runs it for, in milliseconds since 1970. */
  readonly tick?: number | undefined;
}

/** Runs systems as transactions: again and again until nothing that they have read has changed meanwhile. */
export class SystemRuns {
  readonly #options: SystemRunsOptions;
  readonly #writer = new MessagePackWriter();
  readonly #turn = new Turn();
  readonly #lanes = new Lanes();

  constructor(options: SystemRunsOptions) {
    this.#options = options;
  }

  /** Never throws. */
  async run(call: SystemCall): Promise<SystemOutcome> {
    const { timeoutMs, retry, name } = call.plan.spec;
    const { observer } = this.#options;
    const { store, stale } = call.plan;
    const deadline = timeoutMs === undefined ? undefined : new Deadline(timeoutMs);
    let release: (() => void) | undefined;
    let leave: (() => void) | undefined;
    try {
      for (let number = 1; ; number++) {
        if (this.#turn.taken && release === undefined) await this.#turn.wait();
        const attempt = new Attempt(stale ?? store, name, number, call.now, call.principal, observer);
        attempt.readOnly = stale !== undefined;
        attempt.hook = call.hook;
        attempt.tick = call.tick;
        deadline?.watch(attempt);
        const outcome = await this.#attempt(call, attempt, deadline);
        if (outcome !== undefined) {
          if (!store.shared) return outcome;
          const told = stale === undefined ? this.#told(store, outcome.position) : undefined;
          if (told instanceof Promise) await told;
          return leavesAtOnce(outcome);
        }
        if (number > retry) {
          const fields = reasonFields(`it met a conflict ${number === 1 ? "once" : `${number} times`}`);
          return { status: "rejected", code: "RETRIES_EXHAUSTED", fields, position: 0, attempts: number };
        }
        if (store.shared) leave ??= await this.#lanes.enter(attempt.conflict ?? name);
        if (number === LOSSES) release = await this.#turn.take();
        // Who has the turn has no rival in this process, but on a shared store those of others.
        if (release === undefined || store.shared) await pause(backoffMs(number, this.#options.random(), store.shared));
        if (deadline?.expired === true) return timedOut(deadline, number);
      }
    } finally {
      release?.();
      leave?.();
      deadline?.clear();
    }
  }

  /** An answer does not come before the row updates that it goes back to. */
  #told(store: Store, position: number): MaybePromise<void> {
    return position > 0 ? this.#options.live?.reached(store, position) : undefined;
  }

  /** What `ctx.commit` does. */
  async commitEarly(attempt: Attempt): Promise<void> {
    if (attempt.once) throw new SystemUsageError(`${attempt.system} is @once: it commits when its result is known`);
    attempt.check();
    if (attempt.rejection !== undefined) throw attempt.rejection;
    const early = new Promise<Finish>((resolve) => {
      resolve(this.#finish(attempt));
    });
    attempt.early = early;
    // Whoever does not await it is told when the system returns.
    early.catch(() => undefined);
    const finish = await early;
    if (finish.status === "conflict") throw new ConflictSignal(finish.table);
    if (finish.failure !== undefined) throw finish.failure;
  }

  /** @returns `undefined`: it has to run again. */
  async #attempt(
    call: SystemCall,
    attempt: Attempt,
    deadline: Deadline | undefined,
  ): Promise<SystemOutcome | undefined> {
    const { plan, once } = call;
    try {
      if (once !== undefined) {
        attempt.once = true;
        const stored = await this.#options.once.find(attempt, once);
        if (stored !== undefined) {
          const seen = await attempt.confirm();
          return this.#ended(attempt, seen, { status: "ok", result: stored, value: undefined });
        }
      }
      attempt.resumed();
      let value = plan.run(plan.context(attempt, 0), ...call.args);
      if (value instanceof Promise) value = await (deadline === undefined ? value : deadline.race(value));
      if (attempt.rejection !== undefined) throw attempt.rejection;
      plan.spec.writeResult(value, this.#writer.reset());
      const result = this.#writer.finish();
      if (once !== undefined) await this.#options.once.record(attempt, once, result);
      if (deadline?.expired === true) throw new DeadlineSignal();
      const finish = attempt.early ?? this.#finish(attempt);
      const finished = finish instanceof Promise ? await finish : finish;
      return this.#ended(attempt, finished, { status: "ok", result, value });
    } catch (error) {
      return this.#failed(attempt, error, deadline);
    }
  }

  /** User code threw, or the commit found a mistake: is that to be believed? */
  async #failed(attempt: Attempt, error: unknown, deadline: Deadline | undefined): Promise<SystemOutcome | undefined> {
    const attempts = attempt.number;
    if (attempt.commitError !== undefined) {
      return { status: "failed", error: attempt.commitError.error, position: 0, attempts };
    }
    const cause = attempt.rejection ?? error;
    const outcome =
      cause instanceof CallRejection
        ? ({ status: "rejected", code: cause.code, fields: cause.fields } as const)
        : ({ status: "failed", error: cause } as const);
    try {
      if (attempt.early !== undefined) {
        const finish = await attempt.early.catch(() => undefined);
        const late = finish?.status === "committed" && deadline !== undefined && cause instanceof DeadlineSignal;
        if (late) return { ...timedOut(deadline, attempts), position: finish.position };
        if (finish !== undefined) return this.#ended(attempt, finish, outcome);
      }
      if (deadline?.expired === true) {
        attempt.close(deadline.reason);
        return timedOut(deadline, attempts);
      }
      return this.#ended(attempt, await attempt.validate(), outcome);
    } catch (failure) {
      return { status: "failed", error: failure, position: 0, attempts };
    }
  }

  #ended(attempt: Attempt, finish: Finish, outcome: Unplaced): SystemOutcome | undefined {
    if (finish.status === "conflict") {
      attempt.conflict = finish.table;
      this.#options.observer?.conflicted(attempt.system, finish.table);
      return undefined;
    }
    const { position } = finish;
    const attempts = attempt.number;
    if (attempt.effectError !== undefined) {
      return { status: "failed", error: attempt.effectError.error, position, attempts, stands: true };
    }
    // Spelled out: spreading the outcome would cost more than the rest of this method.
    switch (outcome.status) {
      case "ok":
        return { status: "ok", result: outcome.result, value: outcome.value, position, attempts };
      case "rejected":
        return { status: "rejected", code: outcome.code, fields: outcome.fields, position, attempts };
      case "failed":
        return { status: "failed", error: outcome.error, position, attempts };
    }
  }

  /** Commits and carries out the effects. */
  #finish(attempt: Attempt): MaybePromise<Finish> {
    if (attempt.tick !== undefined) return this.#finishTick(attempt, attempt.tick);
    const noted = this.#options.connections?.note(attempt);
    if (noted !== undefined) return this.#finishNoted(attempt, noted);
    return this.#carryOut(attempt);
  }

  /** The same for a transaction that the engine runs for a schedule. It has no connection. */
  async #finishTick(attempt: Attempt, tick: number): Promise<Finish> {
    await this.#options.schedules.record(attempt, tick);
    return this.#carryOut(attempt);
  }

  #carryOut(attempt: Attempt): MaybePromise<Finish> {
    const finish = attempt.finish();
    const effects = attempt.collected;
    return effects === undefined ? finish : this.#withEffects(attempt, effects, finish);
  }

  /** The same for a transaction that changes the record of its connection. */
  async #finishNoted(attempt: Attempt, noted: Promise<void>): Promise<Finish> {
    let finish: Finish | undefined;
    try {
      await noted;
      finish = await this.#carryOut(attempt);
      return finish;
    } finally {
      this.#options.connections?.noted(attempt, finish);
    }
  }

  async #withEffects(attempt: Attempt, effects: Effects, finishing: MaybePromise<Finish>): Promise<Finish> {
    const finish = await finishing;
    if (finish.status !== "committed") return finish;
    // Without a read or a write there is nothing to wait for, yet events must not overtake what was told before.
    const position = finish.position === 0 ? attempt.store.position : finish.position;
    try {
      // Events come after the row updates of their commit.
      if (attempt.store.shared) await this.#options.live?.reached(attempt.store, position);
      await this.#options.sink.apply(attempt.principal.connection, effects, position, attempt.store);
    } catch (error) {
      attempt.effectError ??= { error };
    }
    return { ...finish, position };
  }
}

/** Whatever it goes back to is as durable as it will be. The outcome is its caller's own: a copy would cost more. */
function leavesAtOnce(outcome: SystemOutcome): SystemOutcome {
  const placed: { position: number } = outcome;
  placed.position = 0;
  return outcome;
}

function timedOut(deadline: Deadline, attempts: number): SystemOutcome {
  return { status: "rejected", code: "TIMEOUT", fields: reasonFields(deadline.reason), position: 0, attempts };
}
