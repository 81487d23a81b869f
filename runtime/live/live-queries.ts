import type { MaybePromise, Store, Table } from "../store/contract.js";
import { writeCaughtUp, writeSubscribed } from "../wire/hetu2/server-frames.js";
import { difference } from "./cells.js";
import type {
  LiveOptions,
  LiveQueries,
  ReadRequest,
  ReadResult,
  Refusal,
  SubscribeRequest,
  SubscribeResult,
  Viewer,
} from "./contract.js";
import { Feed } from "./feed.js";
import { SharedUpdate } from "./live-update.js";
import { readOnce } from "./one-shot.js";
import { Queries } from "./queries.js";
import { checkIndex, findRow, readGet, readRange, RefusedError, rowSpec, tooManyHidden } from "./request.js";
import type { RowView } from "./row-view.js";
import type { QuerySpec } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import { release, Subscription } from "./subscription.js";
import { Snapshot } from "./snapshot.js";
import { getId } from "./subscription-id.js";
import { SubscriptionNumbers } from "./subscription-numbers.js";
import { TableQueries } from "./table-queries.js";

/** What it took so far to find the queries that changes concern; for tests and benchmarks. */
export interface LiveWork {
  /** Hash lookups and interval tree nodes looked at. */
  readonly probes: number;
  /** Queries that a change was handed to. */
  readonly applied: number;
}

/**
 * Live queries over a store's commits. See `docs/live-queries.md` for how they share their work.
 *
 * @param tables Every table that viewers may name.
 */
export function createLiveQueries(
  store: Store,
  tables: Iterable<Table>,
  options: LiveOptions,
): LiveQueries & { readonly work: LiveWork } {
  return new Engine(store, tables, options);
}

interface Target {
  readonly id: string;
  readonly spec: QuerySpec;
  readonly table: TableQueries;
  readonly kind: "get" | "range";
  /** Whether to subscribe also when there is no row yet. */
  readonly force: boolean;
}

class Engine implements LiveQueries {
  readonly #store: Store;
  readonly #options: LiveOptions;
  readonly #tables = new Map<string, TableQueries>();
  readonly #feed: Feed;
  readonly #queries: Queries;
  readonly #numbers: SubscriptionNumbers;
  /** By viewer, then by id. */
  readonly #viewers = new Map<Viewer, Map<string, Subscription>>();
  /** Viewers that were dropped, perhaps while a request of theirs was under way. */
  readonly #gone = new WeakSet<Viewer>();
  #subscriptions = 0;

  constructor(store: Store, tables: Iterable<Table>, options: LiveOptions) {
    this.#store = store;
    this.#options = options;
    this.#numbers = options.numbers ?? new SubscriptionNumbers();
    const byOrdinal: TableQueries[] = [];
    for (const table of tables) {
      const queries = new TableQueries(store, table, options.maxScan);
      this.#tables.set(table.name, queries);
      byOrdinal[table.ordinal] = queries;
    }
    this.#feed = new Feed(store, byOrdinal);
    this.#queries = new Queries(this.#feed);
  }

  get subscriptions(): number {
    return this.#subscriptions;
  }

  get queries(): number {
    let count = 0;
    for (const table of this.#tables.values()) count += table.size;
    return count;
  }

  get work(): LiveWork {
    let probes = 0;
    let applied = 0;
    for (const table of this.#tables.values()) {
      probes += table.work.probes;
      applied += table.work.applied;
    }
    return { probes, applied };
  }

  subscribe(viewer: Viewer, request: SubscribeRequest): MaybePromise<SubscribeResult> {
    const refuse = (error: unknown): SubscribeResult => ({ ...this.#refuse(error), kind: request.kind });
    try {
      const result = this.#subscribe(viewer, request);
      return result instanceof Promise ? result.catch(refuse) : result;
    } catch (error) {
      return refuse(error);
    }
  }

  read(viewer: Viewer, request: ReadRequest): MaybePromise<ReadResult> {
    const refuse = (error: unknown): ReadResult => this.#refuse(error);
    try {
      const table = this.#table(request.table);
      const result = readOnce(this.#store, table, viewer, request, this.#options);
      return result instanceof Promise ? result.catch(refuse) : result;
    } catch (error) {
      return refuse(error);
    }
  }

  unsubscribe(viewer: Viewer, subscription: string): void {
    const held = this.#viewers.get(viewer);
    const ended = held?.get(subscription);
    if (held === undefined || ended === undefined) return;
    held.delete(subscription);
    if (held.size === 0) this.#viewers.delete(viewer);
    this.#end(viewer, ended);
  }

  reevaluate(viewer: Viewer): MaybePromise<void> {
    const moves: Promise<void>[] = [];
    for (const subscription of this.#viewers.get(viewer)?.values() ?? []) {
      const move = this.#move(viewer, subscription);
      if (move instanceof Promise) moves.push(move);
    }
    if (moves.length > 0) return Promise.all(moves).then(() => undefined);
  }

  drop(viewer: Viewer): void {
    this.#gone.add(viewer);
    const held = this.#viewers.get(viewer);
    if (held === undefined) return;
    this.#viewers.delete(viewer);
    for (const subscription of held.values()) this.#end(viewer, subscription);
  }

  close(): void {
    this.#feed.close();
    for (const viewer of [...this.#viewers.keys()]) this.drop(viewer);
  }

  #subscribe(viewer: Viewer, request: SubscribeRequest): MaybePromise<SubscribeResult> {
    const table = this.#table(request.table);
    if (request.kind === "range") {
      const { id, spec } = readRange(table.table, request, this.#options);
      checkIndex(table, spec, viewer);
      if (!table.access.mayRead(viewer)) return this.#empty("range");
      return this.#open(viewer, { id, spec, table, kind: "range", force: request.force });
    }
    const where = readGet(table.table, request);
    checkIndex(table, where, viewer);
    const visibility = table.access.visibility(viewer, where.index);
    const row = visibility && findRow(this.#store, where, visibility, this.#options.maxScan);
    const follow = (id: bigint | undefined): MaybePromise<SubscribeResult> => {
      if (id === undefined) return this.#empty("get");
      const spec = rowSpec(table.table, id);
      return this.#open(viewer, { id: getId(table.table.name, id), spec, table, kind: "get", force: false });
    };
    return row instanceof Promise ? row.then(follow) : follow(row);
  }

  #open(viewer: Viewer, target: Target): MaybePromise<SubscribeResult> {
    this.#checkCount(viewer, target.id);
    const visibility = target.table.access.visibility(viewer, target.spec.index);
    return this.#queries.use(target.table, target.spec, visibility, (query, late) =>
      this.#enter(viewer, target, query, late),
    );
  }

  /** Makes the viewer a subscriber of a query that it already holds. */
  #enter(viewer: Viewer, target: Target, query: SharedQuery | undefined, late: boolean): MaybePromise<SubscribeResult> {
    const { id, table, spec, kind } = target;
    try {
      if (this.#gone.has(viewer)) throw new RefusedError("FORBIDDEN", "the connection has gone");
      // The viewer may have changed while the store was asked.
      if (table.access.visibility(viewer, spec.index)?.key !== query?.visibility.key) return this.#open(viewer, target);
      if (query?.window.exhausted === true) throw tooManyHidden(table.table, spec.index, this.#options.maxScan);
      const entries = query?.window.visible() ?? [];
      if (entries.length === 0 && !target.force) return this.#empty(kind);
      this.#checkCount(viewer, id);
      const reader = table.access.reader(viewer);
      const subscription = this.#hold(viewer, target);
      if (query !== undefined) query.holders++;
      subscription.attach(viewer, query, reader);
      if (late) this.#feed.pause();
      const { number } = subscription;
      const snapshot = query?.channel(id, number).snapshot(entries, reader) ?? new Snapshot(id, [], "public");
      const { position } = this.#feed;
      return {
        status: "subscribed",
        subscription: id,
        number,
        kind,
        rows: snapshot.rows,
        position,
        hetu1: () => snapshot.hetu1(kind),
        hetu2: () => writeSubscribed(number, position, snapshot.arrays()),
        caughtUp: (held, since) => writeCaughtUp(number, position, snapshot.catchUp(held, since)),
      };
    } finally {
      if (query !== undefined) release(table, query);
    }
  }

  #move(viewer: Viewer, subscription: Subscription): MaybePromise<void> {
    if (subscription.ended) return;
    // An answer is just being passed on.
    if (this.#feed.paused) return this.#feed.resumed().then(() => this.#move(viewer, subscription));
    const { table, spec } = subscription;
    const visibility = table.access.visibility(viewer, spec.index);
    if (!this.#feed.busy && subscription.serves(visibility, table.access.reader(viewer))) return;
    return this.#queries.use(table, spec, visibility, (query) => {
      try {
        if (subscription.ended) return;
        const outdated = table.access.visibility(viewer, spec.index)?.key !== query?.visibility.key;
        if (outdated || this.#feed.paused) return this.#move(viewer, subscription);
        const reader = table.access.reader(viewer);
        const after = query?.view() ?? new Map<bigint, RowView>();
        const cells = difference(subscription.view(), subscription.reader, after, reader);
        if (query !== undefined) query.holders++;
        subscription.attach(viewer, query, reader);
        if (cells.size > 0)
          viewer.deliver(new SharedUpdate(subscription.id, subscription.number, this.#feed.position, cells));
      } finally {
        if (query !== undefined) release(table, query);
      }
    });
  }

  #hold(viewer: Viewer, { id, spec, table }: Target): Subscription {
    let held = this.#viewers.get(viewer);
    if (held === undefined) this.#viewers.set(viewer, (held = new Map<string, Subscription>()));
    let subscription = held.get(id);
    if (subscription === undefined) {
      held.set(id, (subscription = new Subscription(id, this.#numbers.acquire(id), spec, table)));
      this.#subscriptions++;
    }
    return subscription;
  }

  #end(viewer: Viewer, subscription: Subscription): void {
    this.#subscriptions--;
    this.#numbers.release(subscription.id);
    subscription.end(viewer);
  }

  /** @throws RefusedError */
  #table(name: string): TableQueries {
    const table = this.#tables.get(name);
    if (table !== undefined) return table;
    const hint = "names are those of the schema, copies are Name:suffix";
    throw new RefusedError("UNKNOWN_COMPONENT", `there is no component "${name}"; ${hint}`);
  }

  #checkCount(viewer: Viewer, id: string): void {
    const held = this.#viewers.get(viewer);
    const most = this.#options.maxSubscriptions;
    if (held === undefined ? most > 0 : held.has(id) || held.size < most) return;
    throw new RefusedError(
      "TOO_MANY_SUBSCRIPTIONS",
      `a connection may hold ${most} subscriptions (maxSubscriptions); end some with unsub, or raise the limit`,
    );
  }

  #empty(kind: "get" | "range"): SubscribeResult {
    return { status: "empty", kind, position: this.#store.position };
  }

  #refuse(error: unknown): Refusal {
    if (!(error instanceof RefusedError)) throw error;
    const { code, message } = error;
    return { status: "refused", code, reason: message, position: this.#store.position };
  }
}
