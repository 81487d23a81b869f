import type { Implementation } from "../schema/schema.js";
import type { MaybePromise, StoreSet } from "../store/contract.js";
import { MessagePackWriter } from "../wire/message-pack-writer.js";
import type {
  CallOutcome,
  CallRequest,
  EffectSink,
  LeftConnection,
  Principal,
  RejectCode,
  RunnerObserver,
  ScheduledRuns,
  SystemRunner,
} from "./contract.js";
import { ConnectionLog } from "./connection-log.js";
import { Deadline } from "./deadline.js";
import { EndpointCall, endpointContextMaker } from "./endpoint-context.js";
import { UnawaitedOperationError } from "./errors.js";
import { ONCE_ID_BYTES, OnceLog } from "./once-log.js";
import { PlanBook } from "./plan-book.js";
import { ScheduleLog } from "./schedule-log.js";
import type { ConnectionSharing } from "./sharing-contract.js";
import { sessionOfEndpoints } from "./session-view.js";
import { CallRejection, reasonFields } from "./signals.js";
import { type CallablePlan, type EndpointPlan, permits, type SystemPlan } from "./system-plan.js";
import { SystemRuns, type Visibility } from "./system-runs.js";
import { Ticks } from "./ticks.js";

export interface RunnerOptions {
  readonly implementation: Implementation;
  readonly stores: StoreSet;
  /** What a call tells on a shared store must not come before what viewers are told of it; left out: nobody views. */
  readonly live?: Visibility;
  readonly sink: EffectSink;
  /** Number of this process among those that share the stores; default 0. */
  readonly worker?: number;
  readonly observer?: RunnerObserver;
  /** The clock, in milliseconds since 1970 UTC. */
  readonly now?: () => number;
  /** From 0 (inclusive) to 1 (exclusive), for the backoff. */
  readonly random?: () => number;
}

/**
 * Prepares the systems of an implementation on stores to which its schema was applied.
 * @throws SystemUsageError when a system has no code, or tables in more than one store; UnknownTableError when a store
 * lacks a table.
 */
export function createRunner(options: RunnerOptions): SystemRunner {
  return new Runner(options);
}

class Runner implements SystemRunner {
  readonly ticks: ScheduledRuns;
  readonly #implementation: Implementation;
  readonly #observer: RunnerObserver | undefined;
  readonly #now: () => number;
  readonly #once: OnceLog;
  readonly #connections: ConnectionLog;
  readonly #runs: SystemRuns;
  readonly #plans: PlanBook;
  readonly #endpoints = new Map<string, (call: EndpointCall) => object>();
  readonly #writer = new MessagePackWriter();

  constructor(options: RunnerOptions) {
    const { implementation, stores, sink, observer, worker = 0 } = options;
    this.#implementation = implementation;
    this.#observer = observer;
    this.#now = options.now ?? Date.now;
    this.#once = new OnceLog(stores);
    this.#connections = new ConnectionLog(stores, {
      hooks: this.triggered("disconnect"),
      session: implementation.schema.session,
      worker,
    });
    const schedules = new ScheduleLog(stores, worker);
    this.#runs = new SystemRuns({
      live: options.live,
      sink,
      observer,
      once: this.#once,
      connections: this.#connections.needed ? this.#connections : undefined,
      schedules,
      random: options.random ?? Math.random,
    });
    this.#plans = new PlanBook(implementation, stores, (attempt) => this.#runs.commitEarly(attempt));
    this.ticks = new Ticks({ log: schedules, plans: this.#plans, runs: this.#runs, observer });
    const session = sessionOfEndpoints(implementation.schema.session);
    for (const spec of implementation.schema.endpoints) {
      this.#endpoints.set(spec.name, endpointContextMaker(spec, session));
    }
  }

  async call(request: CallRequest): Promise<CallOutcome> {
    const observer = this.#observer;
    if (observer === undefined) return this.#answer(request);
    const started = performance.now();
    const outcome = await this.#answer(request);
    observer.finished(request.name, outcome.status, outcome.attempts, performance.now() - started);
    return outcome;
  }

  triggered(event: "start" | "connect" | "disconnect"): readonly string[] {
    return this.#implementation.schema.systems
      .filter(({ trigger }) => trigger?.kind === "on" && trigger.event === event)
      .map(({ name }) => name);
  }

  permits(name: string, principal: Principal): boolean {
    const plan = this.#plans.get(name);
    return plan !== undefined && permits(plan.spec, principal.caller, principal.group);
  }

  get recordsConnections(): boolean {
    return this.#connections.needed;
  }

  get sharing(): ConnectionSharing | undefined {
    return this.#connections.sharing;
  }

  opened(principal: Principal): Promise<void> {
    return this.#connections.opened(principal);
  }

  leftBehind(): Promise<readonly LeftConnection[]> {
    return this.#connections.left();
  }

  adopt(principals: Iterable<Principal>): Promise<void> {
    return this.#connections.adopt(principals);
  }

  #answer(request: CallRequest): MaybePromise<CallOutcome> {
    const { name, principal } = request;
    const plan = this.#plans.get(name);
    if (plan === undefined) return rejected("UNKNOWN_SYSTEM", `there is no system ${name}`);
    if (request.internal !== true && !permits(plan.spec, principal.caller, principal.group)) {
      return rejected("FORBIDDEN", forbidden(plan));
    }
    let args: unknown[];
    try {
      args = plan.spec.readArguments(request.args);
    } catch (error) {
      return rejected("BAD_ARGUMENTS", error instanceof Error ? error.message : String(error));
    }
    const now = this.#now();
    if (plan.kind === "endpoint") {
      if (request.once !== undefined) return rejected("BAD_ARGUMENTS", `${name} is an endpoint, not a @once system`);
      return this.#endpoint(plan, args, principal, now);
    }
    let once = request.start === undefined ? undefined : this.#once.ofStart(request.start, name, now);
    if (request.once !== undefined) {
      if (!plan.spec.once) return rejected("BAD_ARGUMENTS", `${name} is not @once`);
      if (request.once.length !== ONCE_ID_BYTES) {
        return rejected(
          "BAD_ARGUMENTS",
          `the id of a @once call has ${ONCE_ID_BYTES} bytes, not ${request.once.length}`,
        );
      }
      try {
        once = this.#once.open(request.once, name, principal.caller, request.args, now);
      } catch (error) {
        if (error instanceof CallRejection) return refused(error, 0);
        return { status: "failed", error, position: 0, attempts: 0 };
      }
    }
    if (request.internal === true && this.#connections.isHook(name)) return this.#disconnect(plan, principal, now);
    return this.#runs.run({ plan, args, principal, now, once, hook: false });
  }

  /** Runs a system `@on(disconnect)`; whatever becomes of it, it is done then. */
  async #disconnect(plan: SystemPlan, principal: Principal, now: number): Promise<CallOutcome> {
    const outcome = await this.#runs.run({ plan, args: [], principal, now, once: undefined, hook: true });
    if (outcome.status === "ok" || outcome.stands === true || principal.connection === undefined) return outcome;
    try {
      await this.#connections.skip(principal, plan.spec.name);
      return outcome;
    } catch (error) {
      return { status: "failed", error, position: outcome.position, attempts: outcome.attempts };
    }
  }

  /** Each system that the endpoint calls is a transaction; the endpoint itself is none, and is never run again. */
  async #endpoint(
    plan: EndpointPlan,
    args: readonly unknown[],
    principal: Principal,
    now: number,
  ): Promise<CallOutcome> {
    const { spec } = plan;
    const deadline = spec.timeoutMs === undefined ? undefined : new Deadline(spec.timeoutMs);
    const call: EndpointCall = new EndpointCall(spec, principal, now, async (system, suffix, values) => {
      const called = this.#plans.system(system, suffix);
      const checked = called.spec.checkArguments(values);
      const outcome = await this.#runs.run({
        plan: called,
        args: checked,
        principal,
        now: this.#now(),
        once: undefined,
        hook: false,
      });
      call.position = Math.max(call.position, outcome.position);
      this.#observer?.running(spec.name);
      if (outcome.status === "ok") return outcome.value;
      throw outcome.status === "failed" ? outcome.error : new CallRejection(outcome.code, outcome.fields);
    });
    try {
      this.#observer?.running(spec.name);
      const context = this.#endpoints.get(spec.name)?.(call) ?? {};
      let value = plan.run(context, ...args);
      if (value instanceof Promise) value = await (deadline === undefined ? value : deadline.race(value));
      if (call.running > 0) throw new UnawaitedOperationError(spec.name, "a call was still running");
      spec.writeResult(value, this.#writer.reset());
      return { status: "ok", result: this.#writer.finish(), position: call.position, attempts: 1 };
    } catch (error) {
      if (deadline?.expired === true) return { ...rejected("TIMEOUT", deadline.reason), position: call.position };
      if (error instanceof CallRejection) return refused(error, call.position);
      return { status: "failed", error, position: call.position, attempts: 1 };
    } finally {
      call.closed = true;
      deadline?.clear();
    }
  }
}

function rejected(code: RejectCode, reason: string): CallOutcome {
  return { status: "rejected", code, fields: reasonFields(reason), position: 0, attempts: 0 };
}

function refused({ code, fields }: CallRejection, position: number): CallOutcome {
  return { status: "rejected", code, fields, position, attempts: 1 };
}

function forbidden({ kind, spec }: CallablePlan): string {
  if (spec.permission === undefined)
    return `${kind} ${spec.name} has no @permission, so nobody may call it from outside`;
  return spec.permission === "admin" ? `${spec.name} is for admins` : `${spec.name} is for users who have logged in`;
}
