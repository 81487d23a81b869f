import type { CommitResult, KeyRead, MaybePromise, RangeRead, ReadSet, RowChange, Store } from "../store/contract.js";
import { IdsPausedError } from "../store/ids-paused.js";
import { commitMessage, writeCommitMessage } from "./commit-message.js";
import { EffectCollector } from "./effect-collector.js";
import { SystemUsageError, TransactionClosedError, UnawaitedOperationError } from "./errors.js";
import type { Principal, RunnerObserver } from "./contract.js";
import { both } from "./maybe-promise.js";
import { ObservedPromise } from "./observed-promise.js";
import type { CallRejection } from "./signals.js";
import { TableView, type ViewedTransaction } from "./table-view.js";
import type { TablePlan } from "./table-plan.js";
import type { TrackedRow } from "./tracked-row.js";

const NO_VIEWS: readonly TableView[] = [];
const NO_ROWS: readonly TrackedRow[] = [];
const NO_KEYS: readonly KeyRead[] = [];
const NO_RANGES: readonly RangeRead[] = [];

/** What an attempt did when it committed. */
export type Finish =
  | { readonly status: "committed"; readonly position: number; readonly failure?: Error }
  | { readonly status: "conflict"; readonly table: string };

/**
 * One run of a system: the transaction with its identity map, read set and write set, and what else the systems that
 * take part in it have asked for. Everything is made on first use, so that a call that touches nothing costs nothing.
 */
export class Attempt implements ViewedTransaction {
  /** How many times the store was asked. */
  operations = 0;
  /** How many rows ranges gave. */
  rangeRows = 0;
  /** Operations and calls that have not finished. */
  running = 0;
  /** The first reject; nothing can be committed after it. */
  rejection: CallRejection | undefined = undefined;
  /** Set by `ctx.commit`. */
  early: Promise<Finish> | undefined = undefined;
  /** Whether its result is recorded with its effects. */
  once = false;
  /** Whether its system is `@stale`: nothing can be committed. */
  readOnly = false;
  /** The tick of its schedule that the engine runs it for, in milliseconds since 1970. */
  tick: number | undefined = undefined;
  /** Whether it is an `@on(disconnect)` system that the engine runs for a connection that has gone. */
  hook = false;
  /** For other processes, instead of what the effects say. */
  message: Uint8Array | undefined = undefined;
  /** Why the call fails though it has committed: it is not safe enough, or its effects could not be carried out. */
  effectError: { readonly error: unknown } | undefined = undefined;
  /** As they were when the attempt started. */
  readonly caller: bigint | undefined;
  readonly group: string | undefined;
  /** Thrown by the commit: on a shared store nobody knows then what has become of it, so it is not run again. */
  commitError: { readonly error: unknown } | undefined = undefined;
  /** The table over which it has lost. */
  conflict: string | undefined = undefined;
  #spoilt: Error | undefined = undefined;
  #closed: string | undefined = undefined;
  #views: (TableView | undefined)[] | undefined = undefined;
  #rows: TrackedRow[] | undefined = undefined;
  #keys: KeyRead[] | undefined = undefined;
  #ranges: RangeRead[] | undefined = undefined;
  #failures: { readonly promise: ObservedPromise<unknown>; readonly error: unknown }[] | undefined = undefined;
  #effects: EffectCollector | undefined = undefined;

  /**
   * @param system Schema name of the system that was called from outside.
   * @param number 1 for the first run.
   * @param now Start of the call, in milliseconds since 1970.
   */
  constructor(
    readonly store: Store,
    readonly system: string,
    readonly number: number,
    readonly now: number,
    readonly principal: Principal,
    readonly observer: RunnerObserver | undefined,
  ) {
    this.caller = principal.caller;
    this.group = principal.group;
  }

  /** @throws TransactionClosedError */
  check(): void {
    if (this.#closed !== undefined) throw new TransactionClosedError(this.system, this.#closed);
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  get effects(): EffectCollector {
    return (this.#effects ??= new EffectCollector());
  }

  get collected(): EffectCollector | undefined {
    return this.#effects;
  }

  view(plan: TablePlan): TableView {
    const views = (this.#views ??= []);
    return (views[plan.table.ordinal] ??= new TableView(this, plan));
  }

  /** An id for a new row. Waits while none may be given; the transaction goes on then, if its time is not up. */
  newId(): MaybePromise<bigint> {
    try {
      return this.store.nextId();
    } catch (error) {
      if (error instanceof IdsPausedError) return this.#lateId(error);
      throw error;
    }
  }

  async #lateId({ resumed }: IdsPausedError): Promise<bigint> {
    await resumed;
    this.check();
    return this.newId();
  }

  readRow(row: TrackedRow): void {
    (this.#rows ??= []).push(row);
  }

  readKey(read: KeyRead): void {
    (this.#keys ??= []).push(read);
  }

  readRange(read: RangeRead): void {
    (this.#ranges ??= []).push(read);
  }

  spoil(error: Error): void {
    this.#spoilt ??= error;
  }

  /** User code goes on after this. */
  resumed(): void {
    this.observer?.running(this.system);
  }

  /** A failed operation whose promise user code has; it must be seen before the commit. */
  failed<T>(error: unknown): Promise<T> {
    const promise = new ObservedPromise<T>((_, reject) => {
      reject(error);
    }).contained();
    if (this.#closed === undefined) (this.#failures ??= []).push({ promise, error });
    return promise;
  }

  /** Follows a promise for user code; a rejection that nobody saw fails the commit instead of the process. */
  follow<T>(work: Promise<T>): Promise<T> {
    this.running++;
    const promise = new ObservedPromise<T>((resolve, reject) => {
      work.then(
        (value) => {
          this.running--;
          this.resumed();
          resolve(value);
        },
        (error: unknown) => {
          this.running--;
          (this.#failures ??= []).push({ promise, error });
          reject(error);
        },
      );
    }).contained();
    return promise;
  }

  /**
   * Commits, or finds out that it must run again. Afterwards nothing can be used any more.
   * @throws UnawaitedOperationError, UniqueViolationError, SchemaValueError
   */
  finish(): MaybePromise<Finish> {
    this.#complete();
    const changes: RowChange[] = [];
    let checking: Promise<void> | undefined;
    for (const view of this.#views ?? NO_VIEWS) {
      if (view === undefined || !view.written) continue;
      checking = both(checking, view.collect(changes));
    }
    return checking === undefined ? this.#end(changes) : checking.then(() => this.#end(changes));
  }

  #end(changes: readonly RowChange[]): MaybePromise<Finish> {
    const message = this.message ?? this.#message();
    if (this.readOnly) this.#checkReadOnly(changes);
    this.close("the transaction has ended");
    if (changes.length === 0 && message === undefined && this.#nothingRead()) {
      return { status: "committed", position: 0 };
    }
    return this.#commit(changes, message);
  }

  /** What other processes must be told of. */
  #message(): Uint8Array | undefined {
    if (!this.store.shared || this.#effects === undefined) return undefined;
    return commitMessage(this.#effects, this.principal.connection);
  }

  /** @throws SystemUsageError */
  #checkReadOnly(changes: readonly RowChange[]): void {
    if (changes.length === 0 && this.#effects === undefined) return;
    const tables = [...new Set(changes.map(({ table }) => table.name))].join(", ");
    const done =
      changes.length === 0 ? "has sent events, logged in or set session values" : `has changed rows of ${tables}`;
    throw new SystemUsageError(
      `${this.system} is @stale, so it only reads, but ${done}; take @stale away, or do it in another system`,
    );
  }

  /** Whether what was read still holds; ends the transaction without a trace. */
  validate(): MaybePromise<Finish> {
    this.close("the transaction was rolled back");
    if (this.#nothingRead()) return { status: "committed", position: 0 };
    return this.#commit([], undefined);
  }

  /**
   * As {@link validate}, for what an earlier commit has left: where commits wait for replicas, it is told no sooner than
   * they have that one.
   */
  confirm(): MaybePromise<Finish> {
    if (this.store.waits !== true || this.#nothingRead()) return this.validate();
    this.close("the transaction has ended");
    return this.#commit([], writeCommitMessage({}));
  }

  /** From here on every use is refused, with this reason. */
  close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    if (this.#views === undefined) return;
    for (const view of this.#views) view?.close();
  }

  #commit(changes: readonly RowChange[], message: Uint8Array | undefined): MaybePromise<Finish> {
    const committing = this.store.commit(this.#reads(), changes, message);
    if (committing instanceof Promise) {
      return this.#committed(committing, changes.length > 0 || message !== undefined);
    }
    return asFinish(committing);
  }

  async #committed(committing: Promise<CommitResult>, changed: boolean): Promise<Finish> {
    try {
      const result = await committing;
      if (result.status === "committed" && result.failure !== undefined) this.effectError = { error: result.failure };
      return asFinish(result);
    } catch (error) {
      if (changed) this.commitError = { error };
      throw error;
    }
  }

  #reads(): ReadSet {
    return {
      rows: this.#rows ?? NO_ROWS,
      keys: this.#keys ?? NO_KEYS,
      ranges: this.#ranges ?? NO_RANGES,
      operations: this.operations,
    };
  }

  #nothingRead(): boolean {
    return this.#rows === undefined && this.#keys === undefined && this.#ranges === undefined;
  }

  #complete(): void {
    if (this.running > 0) {
      const what = this.running === 1 ? "an operation was" : `${this.running} operations were`;
      throw new UnawaitedOperationError(this.system, `${what} still running`);
    }
    if (this.#spoilt !== undefined) throw this.#spoilt;
    for (const { promise, error } of this.#failures ?? []) {
      if (promise.observed) continue;
      throw new UnawaitedOperationError(this.system, "an operation that nobody waited for had failed", error);
    }
  }
}

function asFinish(result: CommitResult): Finish {
  return result.status === "committed" ? result : { status: "conflict", table: result.table.name };
}
