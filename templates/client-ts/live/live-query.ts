import type { Ending } from "../disposable.js";
import type { Unsubscribe } from "../signal.js";
import type { Change } from "./change.js";
import { ChangeStream } from "./change-stream.js";
import type { Row } from "./component.js";
import { type LiveContext, LiveObserver } from "./live-observer.js";
import type { Parameters } from "./subscription.js";

/** What {@link LiveRow} and {@link LiveRange} have in common. */
export abstract class LiveQuery<R extends Row> implements Ending {
  /**
   * Settles with the first answer: resolves when the first rows are there, rejects when the server refuses the query
   * (SubscriptionRefusedError), or when the client closes or the query is disposed before (ConnectionClosedError).
   */
  readonly ready: Promise<void>;
  protected readonly observer: LiveObserver<R>;
  readonly #context: LiveContext;

  /** Made by `client.query(…)`. */
  constructor(context: LiveContext, parameters: Parameters<R>) {
    const observer = new LiveObserver(context, parameters);
    this.observer = observer;
    this.ready = observer.ready;
    this.#context = context;
    // Nothing here may hold on to `this`: it would never be collected.
    context.leaks?.watch(this, () => reportLeak(observer, context));
  }

  /** Whether the rows may be out of date: before the first snapshot, while the link is down, after the end. */
  get stale(): boolean {
    return this.observer.stale;
  }

  /** Why there are no rows to be had; `undefined` when all is well. See `onResynced` for when it begins. */
  get error(): Error | undefined {
    return this.observer.error;
  }

  get disposed(): boolean {
    return this.observer.disposed;
  }

  /** A row has appeared; also each row of the first snapshot, for handlers that are attached before `ready`. */
  onInsert(handler: (row: R) => void): Unsubscribe {
    return this.observer.inserts.on(handler);
  }

  onUpdate(handler: (row: R, old: R) => void): Unsubscribe {
    return this.observer.updates.on(handler);
  }

  /** A row is gone, left the window, or may not be seen any more. */
  onDelete(handler: (old: R) => void): Unsubscribe {
    return this.observer.deletes.on(handler);
  }

  /** All changes that came together, after the handlers for each of them: deletes, updates, then inserts. */
  onChange(handler: (changes: readonly Change<R>[]) => void): Unsubscribe {
    return this.observer.changes.on(handler);
  }

  /** The link dropped: the rows stay, and may be out of date. */
  onStale(handler: () => void): Unsubscribe {
    return this.observer.stales.on(handler);
  }

  /**
   * The rows are up to date again, and the differences have been told: after a reconnect, or when a query that was
   * refused is no more. A refused one is asked for again after calls that succeed, and after a reconnect.
   */
  onResynced(handler: () => void): Unsubscribe {
    return this.observer.resyncs.on(handler);
  }

  /** The server refused the query (told once until it begins), sent what the schema does not know, or the client has closed. */
  onError(handler: (error: Error) => void): Unsubscribe {
    return this.observer.errors.on(handler);
  }

  /** Ends the query. Its handlers are not called again. */
  dispose(): void {
    this.#context.leaks?.unwatch(this);
    this.observer.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * The rows as inserts, then every change. A loop that is slower than the changes gets them merged by row. It ends
   * when the query is disposed or the client closes, and throws when the server refuses the query.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Change<R>> {
    const { observer } = this;
    // The stream mentions this query, so that it lives while somebody loops over it.
    const stream: ChangeStream<R> = new ChangeStream(
      (a, b) => this.observer.subscription.parameters.component.same(a, b),
      () => observer.streams.delete(stream),
    );
    if (observer.started) {
      for (const row of observer.subscription.rows.view) stream.push({ kind: "insert", row, old: undefined });
    }
    if (observer.disposed) stream.end();
    else if (observer.error !== undefined) stream.end(observer.error);
    else observer.streams.add(stream);
    return stream;
  }
}

function reportLeak<R extends Row>(observer: LiveObserver<R>, context: LiveContext): void {
  if (observer.disposed) return;
  const { source } = observer.subscription;
  if (observer.isObserved) {
    context.warn(
      `a live query of ${source} was garbage collected and still calls its handlers: keep it, and dispose() it`,
    );
  } else {
    context.warn(`a live query of ${source} was garbage collected without dispose(); it has been ended`);
    observer.dispose();
  }
}
