import type { MaybePromise, Store, StoreSet, Table } from "../store/contract.js";
import { writeCaughtUp, writeSubscribed } from "../wire/hetu2/server-frames.js";
import { holds } from "./bounds.js";
import { difference } from "./cells.js";
import type {
  HandedOver,
  LiveOptions,
  LiveQueries,
  LostSubscription,
  ReadRequest,
  ReadResult,
  Refusal,
  SubscribeRequest,
  SubscribeResult,
  Viewer,
} from "./contract.js";
import { Holdings } from "./holdings.js";
import { SharedUpdate } from "./live-update.js";
import { readOnce } from "./one-shot.js";
import {
  checkIndex,
  findRow,
  type FoundRow,
  readGet,
  readRange,
  RefusedError,
  rowSpec,
  tooManyHidden,
} from "./request.js";
import type { RowView } from "./row-view.js";
import type { QuerySpec } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import { Snapshot } from "./snapshot.js";
import { type ServedTable, Source } from "./source.js";
import type { Subscription } from "./subscription.js";
import { getId } from "./subscription-id.js";
import { SubscriptionNumbers } from "./subscription-numbers.js";
import { type LiveState, TakeOver } from "./take-over.js";

/** What it took so far to find the queries that changes concern; for tests and benchmarks. */
export interface LiveWork {
  /** Hash lookups and interval tree nodes looked at. */
  readonly probes: number;
  /** Queries that a change was handed to. */
  readonly applied: number;
}

/**
 * Live queries over the commits of all stores of an instance. See `docs/live-queries.md` for how they share their work.
 *
 * @param tables Every table that viewers may name.
 */
export function createLiveQueries(
  stores: StoreSet,
  tables: Iterable<Table>,
  options: LiveOptions,
): LiveQueries & { readonly work: LiveWork } {
  return new Engine(stores, tables, options);
}

interface Target {
  readonly request: SubscribeRequest;
  readonly id: string;
  readonly spec: QuerySpec;
  readonly served: ServedTable;
  /** For a `get` that the store answered later: what the row must still match. */
  readonly where: QuerySpec | undefined;
}

class Engine implements LiveQueries, LiveState {
  readonly tables = new Map<string, ServedTable>();
  readonly sources: readonly [Source, ...Source[]];
  readonly holdings: Holdings;
  readonly #options: LiveOptions;
  /** Viewers that were dropped, perhaps while a request of theirs was under way. */
  #gone = new WeakSet<Viewer>();
  /** Who has taken over. */
  #successor: Engine | undefined;

  constructor(stores: StoreSet, tables: Iterable<Table>, options: LiveOptions) {
    this.#options = options;
    const { onMessage = () => undefined, maxScan } = options;
    const [home, ...others] = stores.all;
    this.sources = [new Source(home, onMessage), ...others.map((store) => new Source(store, onMessage))];
    this.holdings = new Holdings(options.numbers ?? new SubscriptionNumbers());
    for (const table of tables)
      this.tables.set(table.name, this.#sourceOf(stores.of(table.name)).serve(table, maxScan));
  }

  get subscriptions(): number {
    return this.holdings.size;
  }

  get queries(): number {
    let count = 0;
    for (const { queries } of this.tables.values()) count += queries.size;
    return count;
  }

  get work(): LiveWork {
    let probes = 0;
    let applied = 0;
    for (const { queries } of this.tables.values()) {
      probes += queries.work.probes;
      applied += queries.work.applied;
    }
    return { probes, applied };
  }

  subscribe(viewer: Viewer, request: SubscribeRequest): MaybePromise<SubscribeResult> {
    if (this.#successor !== undefined) return this.#successor.subscribe(viewer, request);
    const refuse = (error: unknown): MaybePromise<SubscribeResult> =>
      this.#successor?.subscribe(viewer, request) ?? { ...this.#refuse(error), kind: request.kind };
    try {
      const result = this.#subscribe(viewer, request);
      return result instanceof Promise ? result.catch(refuse) : result;
    } catch (error) {
      return refuse(error);
    }
  }

  read(viewer: Viewer, request: ReadRequest): MaybePromise<ReadResult> {
    if (this.#successor !== undefined) return this.#successor.read(viewer, request);
    const refuse = (error: unknown): MaybePromise<ReadResult> =>
      this.#successor?.read(viewer, request) ?? this.#refuse(error);
    try {
      const { queries, source } = this.#table(request.table);
      const result = readOnce(source.store, queries, viewer, request, this.#options);
      // Whoever reads and then subscribes must not be taken back.
      return result instanceof Promise ? result.then((page) => source.told(page)).catch(refuse) : source.told(result);
    } catch (error) {
      return refuse(error);
    }
  }

  unsubscribe(viewer: Viewer, subscription: string): void {
    if (this.#successor !== undefined) this.#successor.unsubscribe(viewer, subscription);
    else this.holdings.end(viewer, subscription);
  }

  reevaluate(viewer: Viewer): MaybePromise<void> {
    if (this.#successor !== undefined) return this.#successor.reevaluate(viewer);
    const moves: Promise<void>[] = [];
    for (const subscription of this.holdings.of(viewer).values()) {
      const move = this.#move(viewer, subscription);
      if (move instanceof Promise) moves.push(move);
    }
    if (moves.length > 0) return Promise.all(moves).then(() => this.#successor?.reevaluate(viewer));
  }

  drop(viewer: Viewer): void {
    this.#gone.add(viewer);
    this.#successor?.drop(viewer);
    this.holdings.drop(viewer);
  }

  reached(store: Store, position: number): MaybePromise<void> {
    if (this.#successor !== undefined) return this.#successor.reached(store, position);
    return this.#sourceOf(store).feed.reached(position);
  }

  handOver(): MaybePromise<HandedOver> {
    const handed = new Handed(this);
    const waits: Promise<void>[] = [];
    for (const { feed } of this.sources) {
      const wait = feed.hold();
      if (wait instanceof Promise) waits.push(wait);
    }
    return waits.length > 0 ? Promise.all(waits).then(() => handed) : handed;
  }

  takeOver(from: HandedOver): MaybePromise<readonly LostSubscription[]> {
    if (!(from instanceof Handed)) throw new TypeError("takeOver takes what handOver of other live queries gave.");
    const { engine } = from;
    for (const { feed } of this.sources) void feed.hold();
    const lost = new TakeOver(engine, this).run();
    this.#gone = engine.#gone;
    engine.#successor = this;
    for (const { feed } of this.sources) feed.release();
    const moves: Promise<void>[] = [];
    for (const viewer of this.holdings.viewers()) {
      const move = this.reevaluate(viewer);
      if (move instanceof Promise) moves.push(move);
    }
    return moves.length > 0 ? Promise.all(moves).then(() => lost) : lost;
  }

  close(): void {
    for (const { feed } of this.sources) feed.close();
    for (const viewer of this.holdings.viewers()) this.drop(viewer);
  }

  #subscribe(viewer: Viewer, request: SubscribeRequest): MaybePromise<SubscribeResult> {
    const served = this.#table(request.table);
    const { queries, source } = served;
    const { table, access } = queries;
    if (request.kind === "range") {
      const { id, spec } = readRange(table, request, this.#options);
      checkIndex(queries, spec, viewer);
      if (!access.mayRead(viewer)) return this.#empty(request, source);
      return this.#open(viewer, { request, id, spec, served, where: undefined });
    }
    const where = readGet(table, request);
    checkIndex(queries, where, viewer);
    const visibility = access.visibility(viewer, where.index);
    if (visibility === undefined) return this.#empty(request, source);
    const found = findRow(source.store, where, visibility, this.#options.maxScan);
    const follow = ({ id }: FoundRow, late: boolean): MaybePromise<SubscribeResult> => {
      if (this.#successor !== undefined) return this.#successor.subscribe(viewer, request);
      if (id === undefined) return this.#empty(request, source);
      const spec = rowSpec(table, id);
      return this.#open(viewer, { request, id: getId(table.name, id), spec, served, where: late ? where : undefined });
    };
    if (!(found instanceof Promise)) return follow(found, false);
    return found.then((row) => source.told(row)).then((row) => follow(row, true));
  }

  #open(viewer: Viewer, target: Target): MaybePromise<SubscribeResult> {
    this.#checkCount(viewer, target.id);
    const { queries, source } = target.served;
    const visibility = queries.access.visibility(viewer, target.spec.index);
    return source.queries.use(queries, target.spec, visibility, (query, late) =>
      this.#enter(viewer, target, query, late || target.where !== undefined),
    );
  }

  /** Makes the viewer a subscriber of a query that it already holds. */
  #enter(viewer: Viewer, target: Target, query: SharedQuery | undefined, late: boolean): MaybePromise<SubscribeResult> {
    const { request, id, served, spec, where } = target;
    const { table, access } = served.queries;
    const { feed, store } = served.source;
    try {
      if (this.#successor !== undefined) return this.#successor.subscribe(viewer, request);
      if (this.#gone.has(viewer) || feed.ended) throw new RefusedError("FORBIDDEN", "the connection has gone");
      // The viewer may have changed while the store was asked.
      if (access.visibility(viewer, spec.index)?.key !== query?.visibility.key) return this.#open(viewer, target);
      if (query?.window.exhausted === true) throw tooManyHidden(table, spec.index, this.#options.maxScan);
      const entries = query?.window.visible() ?? [];
      // And so may the row that a get is bound to.
      if (where !== undefined && !matches(entries[0]?.view, where)) return this.#subscribe(viewer, request);
      if (entries.length === 0 && !(request.kind === "range" && request.force)) {
        return this.#empty(request, served.source);
      }
      this.#checkCount(viewer, id);
      const reader = access.reader(viewer);
      const subscription = this.holdings.hold(viewer, id, spec, served);
      if (query !== undefined) query.holders++;
      subscription.attach(viewer, query, reader);
      if (late) feed.pause();
      const { number } = subscription.topic;
      const snapshot = query?.channel(id, number).snapshot(entries, reader) ?? new Snapshot(id, [], "public");
      const { position } = feed;
      return {
        status: "subscribed",
        subscription: id,
        number,
        kind: request.kind,
        rows: snapshot.rows,
        position,
        hetu1: () => snapshot.hetu1(request.kind),
        hetu2: () => writeSubscribed(number, position, snapshot.arrays()),
        // Versions of a history that is over say nothing.
        caughtUp: (held, since) =>
          writeCaughtUp(number, position, snapshot.catchUp(held, since < store.floor ? -1 : since)),
      };
    } finally {
      if (query !== undefined) served.queries.release(query);
    }
  }

  #move(viewer: Viewer, subscription: Subscription): MaybePromise<void> {
    if (subscription.ended) return;
    const { id, number, spec, served } = subscription.topic;
    const { feed, queries: shared } = served.source;
    const { access } = served.queries;
    // An answer is just being passed on.
    if (feed.paused) return feed.resumed().then(() => this.#move(viewer, subscription));
    const visibility = access.visibility(viewer, spec.index);
    if (!feed.busy && subscription.serves(visibility, access.reader(viewer))) return;
    return shared.use(served.queries, spec, visibility, (query) => {
      try {
        if (subscription.ended || feed.ended) return;
        const outdated = access.visibility(viewer, spec.index)?.key !== query?.visibility.key;
        if (outdated || feed.paused) return this.#move(viewer, subscription);
        const reader = access.reader(viewer);
        const after = query?.view() ?? new Map<bigint, RowView>();
        const cells = difference(subscription.view(), subscription.reader, after, reader);
        if (query !== undefined) query.holders++;
        subscription.attach(viewer, query, reader);
        if (cells.size > 0) viewer.deliver(new SharedUpdate(id, number, feed.position, cells));
      } finally {
        if (query !== undefined) served.queries.release(query);
      }
    });
  }

  /** @throws RangeError for a store that is none of this instance's. */
  #sourceOf(store: Store): Source {
    const [home] = this.sources;
    const source = home.store === store ? home : this.sources.find((one) => one.store === store);
    if (source === undefined) throw new RangeError("The store is none of those that the live queries follow.");
    return source;
  }

  /** @throws RefusedError */
  #table(name: string): ServedTable {
    const table = this.tables.get(name);
    if (table !== undefined) return table;
    const hint = "names are those of the schema, copies are Name:suffix";
    throw new RefusedError("UNKNOWN_COMPONENT", `there is no component "${name}"; ${hint}`);
  }

  #checkCount(viewer: Viewer, id: string): void {
    const held = this.holdings.of(viewer);
    const most = this.#options.maxSubscriptions;
    if (held.size < most || held.has(id)) return;
    throw new RefusedError(
      "TOO_MANY_SUBSCRIPTIONS",
      `a connection may hold ${most} subscriptions (maxSubscriptions); end some with unsub, or raise the limit`,
    );
  }

  #empty({ kind }: SubscribeRequest, { store }: Source): SubscribeResult {
    return { status: "empty", kind, position: store.position };
  }

  #refuse(error: unknown): Refusal {
    if (!(error instanceof RefusedError)) throw error;
    const { code, message } = error;
    return { status: "refused", code, reason: message, position: this.sources[0].store.position };
  }
}

class Handed implements HandedOver {
  readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  cancel(): void {
    for (const { feed } of this.engine.sources) feed.release();
  }
}

function matches(view: RowView | undefined, { table, index, interval }: QuerySpec): boolean {
  const key = view && table.codec.indexes[index]?.key(view.row);
  return key !== undefined && holds(interval, key);
}
