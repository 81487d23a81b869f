import { ConnectionClosedError, SchemaMismatchError, SubscriptionRefusedError } from "../errors.js";
import { Signal } from "../signal.js";
import type { Change } from "./change.js";
import type { ChangeStream } from "./change-stream.js";
import type { Row } from "./component.js";
import type { LeakWatch } from "./leaks.js";
import type { Reads } from "./reads.js";
import type { Observer, Parameters, Subscription } from "./subscription.js";
import type { Subscriptions } from "./subscriptions.js";

/** What a live query needs of its client. */
export interface LiveContext {
  readonly subscriptions: Subscriptions;
  readonly reads: Reads;
  /** `undefined`: leaks are not looked for. */
  readonly leaks: LeakWatch | undefined;
  warn(text: string): void;
  report(error: unknown): void;
}

/**
 * The inner half of a live query: what the subscription holds on to. The application holds the outer half, so that
 * it can be garbage collected when it is forgotten.
 */
export class LiveObserver<R extends Row> implements Observer<R> {
  readonly inserts: Signal<[row: R]>;
  readonly updates: Signal<[row: R, old: R]>;
  readonly deletes: Signal<[old: R]>;
  readonly changes: Signal<[changes: readonly Change<R>[]]>;
  readonly stales: Signal<[]>;
  readonly resyncs: Signal<[]>;
  readonly errors: Signal<[error: Error]>;
  readonly streams: Set<ChangeStream<R>> = new Set();
  readonly ready: Promise<void>;
  readonly subscription: Subscription<R>;
  error: Error | undefined;
  /** Whether the first snapshot has been told. */
  started = false;
  disposed = false;
  readonly #context: LiveContext;
  #resolveReady: () => void = () => undefined;
  #rejectReady: (error: Error) => void = () => undefined;

  constructor(context: LiveContext, parameters: Parameters<R>) {
    const report = (error: unknown): void => context.report(error);
    this.#context = context;
    this.inserts = new Signal(report);
    this.updates = new Signal(report);
    this.deletes = new Signal(report);
    this.changes = new Signal(report);
    this.stales = new Signal(report);
    this.resyncs = new Signal(report);
    this.errors = new Signal(report);
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Who does not wait for `ready` hears of a failure through onError.
    this.ready.catch(() => undefined);
    this.subscription = context.subscriptions.attach(parameters, this);
    // A shared subscription has rows already: they are told once the application has attached its handlers.
    if (this.subscription.isCurrent) void Promise.resolve().then(() => this.#startIfCurrent());
  }

  get stale(): boolean {
    return this.disposed || !this.subscription.isCurrent;
  }

  /** Whether anything would notice a change. */
  get isObserved(): boolean {
    return [this.inserts, this.updates, this.deletes, this.changes, this.errors].some((signal) => signal.size > 0);
  }

  onCurrent(): void {
    if (this.disposed) return;
    const isAgain = this.started || this.error !== undefined;
    this.error = undefined;
    if (!this.started) this.#start();
    if (isAgain) this.resyncs.emit();
  }

  onChanges(changes: readonly Change<R>[]): void {
    // Before the start, the rows are told as a whole.
    if (this.started && !this.disposed) this.#tell(changes);
  }

  onStale(): void {
    this.stales.emit();
  }

  onFailure(error: Error): void {
    if (this.disposed) return;
    // Refused again: nothing new.
    if (error instanceof SubscriptionRefusedError && this.error instanceof SubscriptionRefusedError) return;
    if (error instanceof SchemaMismatchError && error.message === this.error?.message) return;
    this.error = error;
    this.#rejectReady(error);
    for (const stream of [...this.streams]) stream.end(error instanceof ConnectionClosedError ? undefined : error);
    this.errors.emit(error);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#context.subscriptions.detach(this.subscription, this);
    this.#rejectReady(new ConnectionClosedError("live query was disposed before its first rows came"));
    const { inserts, updates, deletes, changes, stales, resyncs, errors } = this;
    for (const signal of [inserts, updates, deletes, changes, stales, resyncs, errors]) signal.clear();
    for (const stream of [...this.streams]) stream.end();
  }

  #startIfCurrent(): void {
    if (!this.started && !this.disposed && this.subscription.isCurrent) this.#start();
  }

  #start(): void {
    this.started = true;
    this.#tell(this.subscription.rows.view.map((row) => ({ kind: "insert", row, old: undefined })));
    this.#resolveReady();
  }

  #tell(changes: readonly Change<R>[]): void {
    if (changes.length === 0) return;
    for (const change of changes) {
      if (this.disposed) return;
      if (change.kind === "insert") this.inserts.emit(change.row);
      else if (change.kind === "update") this.updates.emit(change.row, change.old);
      else this.deletes.emit(change.old);
      for (const stream of this.streams) stream.push(change);
    }
    this.changes.emit(changes);
  }
}
