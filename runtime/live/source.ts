import type { MaybePromise, Store, Table } from "../store/contract.js";
import { Feed } from "./feed.js";
import { Queries } from "./queries.js";
import { TableQueries } from "./table-queries.js";

/** One store and what follows it. */
export class Source {
  readonly store: Store;
  readonly feed: Feed;
  readonly queries: Queries;
  /** By ordinal. */
  readonly #tables: (TableQueries | undefined)[] = [];

  constructor(store: Store, onMessage: (message: Uint8Array, position: number, store: Store) => void) {
    this.store = store;
    this.feed = new Feed(store, this.#tables, (message, position) => onMessage(message, position, store));
    this.queries = new Queries(this.feed);
  }

  /** Only before anybody asks for anything. */
  serve(table: Table, maxScan: number): ServedTable {
    const queries = new TableQueries(this.store, table, maxScan);
    this.#tables[table.ordinal] = queries;
    return { queries, source: this };
  }

  /** Once all of a result that came of a state ahead of the feed has been told to everyone. */
  told<T extends { readonly position: number }>(result: T): MaybePromise<T> {
    const reached = this.feed.reached(result.position);
    return reached === undefined ? result : Promise.resolve(reached).then(() => result);
  }
}

/** A table that viewers may name. */
export interface ServedTable {
  readonly queries: TableQueries;
  readonly source: Source;
}
