import type { MaybePromise, Store } from "../store/contract.js";
import type { LeftConnection, Principal } from "./principal.js";
import type { ConnectionSharing } from "./sharing-contract.js";

export type { LeftConnection, Principal };

/** Who an event goes to. */
export type Recipient =
  | { readonly kind: "everybody" }
  | { readonly kind: "user"; readonly user: bigint }
  | { readonly kind: "connection"; readonly connection: bigint };

/** What takes effect outside of the store after a commit, in this order. Empty for the common call. */
export interface Effects {
  readonly elevate: { readonly user: bigint; readonly kick: boolean; readonly group: string | undefined } | undefined;
  /** Session values that were assigned, by property name; `undefined` unsets. */
  readonly session: Readonly<Record<string, unknown>> | undefined;
  /** `value`: the event's fields as one MessagePack value, in the form of hetu.2. */
  readonly events: readonly { readonly to: Recipient; readonly event: string; readonly value: Uint8Array }[];
}

/** Carries out {@link Effects}; implemented by the gate. */
export interface EffectSink {
  /** @param store that of the commit, which `position` is in. */
  apply(connection: bigint | undefined, effects: Effects, position: number, store: Store): MaybePromise<void>;
}

export type CallOutcome =
  | {
      readonly status: "ok";
      /** The result as MessagePack in the form of hetu.2, `"ok"` when the system has none. */
      readonly result: Uint8Array;
      /** The answer may leave once the store's `durablePosition` has reached this. */
      readonly position: number;
      readonly attempts: number;
    }
  | {
      readonly status: "rejected";
      /** Schema name of a typed error, or a built-in code. */
      readonly code: RejectCode | (string & {});
      /** The error's fields as MessagePack in the form of hetu.2; for built-in codes `{ reason }`, or left out. */
      readonly fields: Uint8Array | undefined;
      readonly position: number;
      readonly attempts: number;
    }
  /** User code threw, or returned something else than declared. */
  | { readonly status: "failed"; readonly error: unknown; readonly position: number; readonly attempts: number };

/** Built-in codes of `["rej", name, code, fields]`. */
export type RejectCode =
  | "ABORTED"
  | "BAD_ARGUMENTS"
  | "FORBIDDEN"
  | "ONCE_EXPIRED"
  | "ONCE_MISMATCH"
  | "RATE_LIMITED"
  | "RETRIES_EXHAUSTED"
  | "SHUTTING_DOWN"
  | "TIMEOUT"
  | "UNKNOWN_SYSTEM";

export interface CallRequest {
  /** Schema name of a system or endpoint. */
  readonly name: string;
  /** As decoded from the wire. */
  readonly args: readonly unknown[];
  readonly principal: Principal;
  /** The 24-byte id of a `once` frame. */
  readonly once?: Uint8Array;
  /** Set by the engine for `@on` systems, which nobody may call over the wire. */
  readonly internal?: true;
  /**
   * The start of the instance that a system `@on(start)` belongs to: whichever processes run it for the same start, its
   * effect happens once.
   */
  readonly start?: string;
}

/**
 * Runs systems and endpoints: checks arguments and permission, runs, retries, commits, hands effects to the sink.
 * Limits and order are the gate's business. Never throws.
 */
export interface SystemRunner {
  /** Has resolved only after the commit is visible in memory and its effects were applied. */
  call(request: CallRequest): Promise<CallOutcome>;
  /** Systems with `@on(event)`, by schema name, in declaration order. */
  triggered(event: "start" | "connect" | "disconnect"): readonly string[];
  /** Whether this name may be called with `principal`; without running anything. */
  permits(name: string, principal: Principal): boolean;
  /**
   * Whether connections are to be reported with {@link opened}: where a system is `@on(disconnect)`, or other processes
   * may go on with them.
   */
  readonly recordsConnections: boolean;
  /** Records a new connection, before anything runs for it. The last of its `@on(disconnect)` systems ends the record. */
  opened(principal: Principal): Promise<void>;
  /** The recorded connections when the server starts: those of a process that has died. */
  leftBehind(): Promise<readonly LeftConnection[]>;
  /** Runs systems `@every` and `@cron`. */
  readonly ticks: ScheduledRuns;
  /** Given where other processes may go on with connections. */
  readonly sharing: ConnectionSharing | undefined;
  /** Replaces the record, when other code goes on with these connections. */
  adopt(principals: Iterable<Principal>): Promise<void>;
}

/** Whose business a tick is. */
export type TickClaim =
  /** This process's. `since`: the tick before, that was done or left out. */
  | { readonly status: "ours"; readonly since: number }
  /** Nothing is to be done about it. */
  | { readonly status: "done" }
  /** It waits: another process runs the system for an earlier tick, or has claimed this one. */
  | { readonly status: "taken" }
  /** The clock was put back: what was done until `from`, which lies ahead, is forgotten up to this tick. */
  | { readonly status: "putBack"; readonly from: number };

/** Runs systems for the ticks of their schedules, each tick once among all processes that share the stores. */
export interface ScheduledRuns {
  /**
   * Asks for the right to run a system for a tick, in milliseconds since 1970.
   * @param isAhead whether a tick that was done lies so far ahead, now, that the clock must have been put back since.
   * @throws what commits throw.
   */
  claim(system: string, tick: number, isAhead: (done: number) => boolean): Promise<TickClaim>;
  /**
   * Runs it; only after {@link claim} has given the tick. Whatever becomes of it, the tick is done then.
   * @param now what the system sees as the time, in milliseconds since 1970.
   * @returns `undefined`: another process has taken the tick over, since this one was taken for dead.
   * @throws what commits throw, when it has failed and that could not be recorded.
   */
  run(system: string, tick: number, now: number): Promise<CallOutcome | undefined>;
  /** Others may claim again what a process had claimed, which is dead. @param worker left out: all processes are. */
  release(worker?: number): Promise<void>;
}

/** Told by the runner for metrics and the watchdog; every method must be cheap. */
export interface RunnerObserver {
  /** User code of this system is about to run, or to go on after a store operation. */
  running(name: string): void;
  /** `tookMs` from the call's arrival at the runner to its outcome. */
  finished(name: string, status: CallOutcome["status"], attempts: number, tookMs: number): void;
  conflicted(name: string, table: string): void;
}
