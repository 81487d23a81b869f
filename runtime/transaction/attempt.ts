import type { KeyRead, MaybePromise, RangeRead, ReadSet, RowChange, Store } from "../store/contract.js";
import { EffectCollector } from "./effect-collector.js";
import { TransactionClosedError, UnawaitedOperationError } from "./errors.js";
import type { Principal, RunnerObserver } from "./contract.js";
import { andThen } from "./maybe-promise.js";
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
  { readonly status: "committed"; readonly position: number } | { readonly status: "conflict"; readonly table: string };

/**
 * One run of a system: the transaction with its identity map, read set and write set, and what else the systems that
 * take part in it have asked for. Everything is made on first use, so that a call that touches nothing costs nothing.
 */
export class Attempt implements ViewedTransaction {
  /** How many times the store was asked. */
  operations = 0;
  /** Operations and calls that have not finished. */
  running = 0;
  /** The first reject; nothing can be committed after it. */
  rejection: CallRejection | undefined = undefined;
  /** Set by `ctx.commit`. */
  early: Promise<Finish> | undefined = undefined;
  /** Whether its result is recorded with its effects. */
  once = false;
  /** Whether it is an `@on(disconnect)` system that the engine runs for a connection that has gone. */
  hook = false;
  /** Why the effects could not be carried out, after the commit. */
  effectError: { readonly error: unknown } | undefined = undefined;
  /** As they were when the attempt started. */
  readonly caller: bigint | undefined;
  readonly group: string | undefined;
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

  readRow(row: TrackedRow): void {
    (this.#rows ??= []).push(row);
  }

  readKey(read: KeyRead): void {
    (this.#keys ??= []).push(read);
  }

  readRange(read: RangeRead): void {
    (this.#ranges ??= []).push(read);
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
      const checked = view.collect(changes);
      if (checked !== undefined) checking = checking === undefined ? checked : checking.then(() => checked);
    }
    return checking === undefined ? this.#end(changes) : checking.then(() => this.#end(changes));
  }

  #end(changes: readonly RowChange[]): MaybePromise<Finish> {
    this.close("the transaction has ended");
    if (changes.length === 0 && this.#nothingRead()) return { status: "committed", position: 0 };
    return this.#commit(changes);
  }

  /** Whether what was read still holds; ends the transaction without a trace. */
  validate(): MaybePromise<Finish> {
    this.close("the transaction was rolled back");
    if (this.#nothingRead()) return { status: "committed", position: 0 };
    return this.#commit([]);
  }

  /** From here on every use is refused, with this reason. */
  close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    if (this.#views === undefined) return;
    for (const view of this.#views) view?.close();
  }

  #commit(changes: readonly RowChange[]): MaybePromise<Finish> {
    return andThen(this.store.commit(this.#reads(), changes), (result) =>
      result.status === "committed" ? result : { status: "conflict", table: result.table.name },
    );
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
    for (const { promise, error } of this.#failures ?? []) {
      if (promise.observed) continue;
      throw new UnawaitedOperationError(this.system, "an operation that nobody waited for had failed", error);
    }
  }
}
