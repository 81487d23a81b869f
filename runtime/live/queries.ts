import type { MaybePromise } from "../store/contract.js";
import type { Visibility } from "./access.js";
import type { Feed } from "./feed.js";
import type { QuerySpec, ScanResult } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { TableQueries } from "./table-queries.js";

/** Gets one hold of a query, to release or pass on, and whether anyone had to wait for it. */
type Use<T> = (query: SharedQuery | undefined, late: boolean) => MaybePromise<T>;

/** Finds the shared query for a request, or makes it with one scan of the store. */
export class Queries {
  readonly #feed: Feed;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /**
   * Calls `then` with the query once its rows are exactly those of the position that every viewer has been told of; at
   * once where the store answers at once.
   *
   * @param visibility `undefined`: no rows, hence no query.
   */
  use<T>(table: TableQueries, spec: QuerySpec, visibility: Visibility | undefined, then: Use<T>): MaybePromise<T> {
    const query = visibility && this.#acquire(table, spec, visibility);
    if (query?.loading === undefined && !this.#feed.busy) return then(query, false);
    return this.#whenReady(table, query, then);
  }

  async #whenReady<T>(table: TableQueries, query: SharedQuery | undefined, then: Use<T>): Promise<T> {
    try {
      await query?.loading;
    } catch (error) {
      if (query !== undefined) table.release(query);
      throw error;
    }
    while (this.#feed.busy) await this.#feed.nextStep();
    return then(query, true);
  }

  #acquire(table: TableQueries, spec: QuerySpec, visibility: Visibility): SharedQuery {
    const known = table.find(spec, visibility);
    if (known !== undefined) {
      known.holders++;
      return known;
    }
    const query = table.create(spec, visibility);
    query.holders = 1;
    try {
      const scan = table.scan(query);
      // A store may answer at once and yet be ahead of what has been told: its commits wait for something else.
      if (scan instanceof Promise || this.#feed.joins(scan) !== "now") query.loading = this.#load(table, query, scan);
      else start(table, query, scan);
    } catch (error) {
      table.release(query);
      throw error;
    }
    return query;
  }

  async #load(table: TableQueries, query: SharedQuery, first: MaybePromise<ScanResult>): Promise<void> {
    let result = await first;
    for (;;) {
      let joins;
      while ((joins = this.#feed.joins(result)) === "later") await this.#feed.nextStep();
      if (joins === "now") start(table, query, result);
      if (joins === "now" && !query.needsRows) break;
      query.beginLoad();
      table.cover(query);
      result = await table.scan(query);
    }
    query.loading = undefined;
  }
}

function start(table: TableQueries, query: SharedQuery, result: ScanResult): void {
  query.finishLoad(result, false);
  query.window.settle();
  table.cover(query);
}
