import type { MaybePromise, RowChange, Store, Table } from "../store/contract.js";
import { Access, keyText, type Visibility } from "./access.js";
import { type Coverage, Interest } from "./interest.js";
import { RowView } from "./row-view.js";
import { type QuerySpec, type ScanResult, scanRange } from "./scan.js";
import { SharedQuery } from "./shared-query.js";
import type { Window } from "./window.js";

/** The queries of one table, and which of them a change concerns. */
export class TableQueries {
  readonly table: Table;
  readonly access: Access;
  readonly store: Store;
  readonly #maxScan: number;
  readonly #queries = new Map<string, SharedQuery>();
  /** By position of the index; only those that are watched. */
  readonly #interests = new Map<number, Interest<SharedQuery>>();
  readonly #found: SharedQuery[] = [];
  #changes = 0;
  #applied = 0;

  constructor(store: Store, table: Table, maxScan: number) {
    this.table = table;
    this.access = new Access(table.codec);
    this.store = store;
    this.#maxScan = maxScan;
  }

  get size(): number {
    return this.#queries.size;
  }

  /** Steps taken so far to find queries, and queries that a change was handed to. For tests and benchmarks. */
  get work(): { readonly probes: number; readonly applied: number } {
    let probes = 0;
    for (const interest of this.#interests.values()) probes += interest.work;
    return { probes, applied: this.#applied };
  }

  /** All queries that anybody holds. */
  all(): Iterable<SharedQuery> {
    return this.#queries.values();
  }

  find(spec: QuerySpec, visibility: Visibility): SharedQuery | undefined {
    return this.#queries.get(queryKey(spec, visibility));
  }

  /** A query that hears of changes from now on; its rows are still to be loaded. */
  create(spec: QuerySpec, visibility: Visibility): SharedQuery {
    const query = new SharedQuery(queryKey(spec, visibility), spec, visibility);
    query.beginLoad();
    this.#queries.set(query.key, query);
    this.cover(query);
    return query;
  }

  /** A query that goes on with rows that are known already. */
  adopt(spec: QuerySpec, visibility: Visibility, window: Window): SharedQuery {
    const query = new SharedQuery(queryKey(spec, visibility), spec, visibility, window);
    this.#queries.set(query.key, query);
    this.cover(query);
    return query;
  }

  scan(query: SharedQuery): MaybePromise<ScanResult> {
    return scanRange(this.store, query.spec, query.visibility, query.window.wanted, this.#maxScan);
  }

  /** Enters the query where it must hear of changes, after its frontier may have moved. */
  cover(query: SharedQuery): void {
    if (query.ended) return;
    if (query.coverage !== undefined && query.coveredTo === query.knownTo) return;
    query.coveredTo = query.knownTo;
    this.#enter(query, query.neededCoverage());
  }

  /** Gives up one hold of a query; the last one ends it. */
  release(query: SharedQuery): void {
    query.holders--;
    if (query.holders > 0) return;
    query.ended = true;
    this.#enter(query, undefined);
    this.#queries.delete(query.key);
  }

  /** Hands a change to the queries that it concerns; those with something to publish or to load join `touched`. */
  apply(change: RowChange, position: number, touched: Set<SharedQuery>): void {
    const { before, after } = change;
    const view = after && new RowView(this.table.codec, after);
    const wasFor = before && this.access.discriminator(before);
    const isFor = after && this.access.discriminator(after);
    const found = this.#found;
    for (const [at, interest] of this.#interests) {
      const index = this.table.codec.indexes[at];
      if (index === undefined) continue;
      const same = before !== undefined && after !== undefined && index.sameKey(before, after);
      const key = after && index.key(after);
      const oldKey = same ? key : before && index.key(before);
      if (oldKey !== undefined) interest.probe(oldKey, wasFor, found);
      if (key !== undefined && !(same && wasFor === isFor)) interest.probe(key, isFor, found);
      this.#changes++;
      for (const query of found) {
        if (query.lastChange === this.#changes) continue;
        query.lastChange = this.#changes;
        this.#applied++;
        query.apply(change.id, key, view, position);
        if (query.window.touched || query.needsRows) touched.add(query);
      }
      found.length = 0;
    }
  }

  #enter(query: SharedQuery, coverage: Coverage | undefined): void {
    const old = query.coverage;
    if (old !== undefined && coverage !== undefined && sameCoverage(old, coverage)) return;
    const at = query.spec.index;
    let interest = this.#interests.get(at);
    if (old !== undefined) interest?.remove(old, query);
    if (coverage !== undefined) {
      if (interest === undefined) this.#interests.set(at, (interest = new Interest()));
      interest.add(coverage, query);
    }
    if (interest?.empty === true) this.#interests.delete(at);
    query.coverage = coverage;
  }
}

function queryKey({ index, interval, limit, desc }: QuerySpec, visibility: Visibility): string {
  const lower = interval.empty ? "" : keyText(interval.lower);
  const upper = interval.upper === undefined || interval.empty ? "" : keyText(interval.upper);
  const shape = interval.empty ? "empty" : interval.upper === undefined ? "open" : "closed";
  // Keys are any bytes: the lengths say where they end.
  return `${index} ${limit} ${desc} ${shape} ${lower.length} ${upper.length} ${lower}${upper}${visibility.key}`;
}

function sameCoverage(a: Coverage, b: Coverage): boolean {
  if (a === b) return true;
  if (a.point !== b.point || Buffer.compare(a.lower, b.lower) !== 0) return false;
  if (a.upper === undefined || b.upper === undefined) return a.upper === b.upper;
  return Buffer.compare(a.upper, b.upper) === 0;
}
