import type { Visibility } from "./access.js";
import type { Channel } from "./channel.js";
import type { Viewer } from "./contract.js";
import type { Reader, RowView } from "./row-view.js";
import type { QuerySpec } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { TableQueries } from "./table-queries.js";

/** What one viewer has subscribed to, and through which shared query it is served at the moment. */
export class Subscription {
  readonly id: string;
  /** What hetu.2 calls it. */
  readonly number: number;
  readonly spec: QuerySpec;
  readonly table: TableQueries;
  /** Set when it was ended while something about it was under way. */
  ended = false;
  #query: SharedQuery | undefined;
  #channel: Channel | undefined;
  #reader: Reader = "public";

  constructor(id: string, number: number, spec: QuerySpec, table: TableQueries) {
    this.id = id;
    this.number = number;
    this.spec = spec;
    this.table = table;
  }

  get reader(): Reader {
    return this.#reader;
  }

  /** Whether the viewer is already served under this visibility and in this form. */
  serves(visibility: Visibility | undefined, reader: Reader): boolean {
    return this.#query?.visibility.key === visibility?.key && this.#reader === reader;
  }

  /** Moves the viewer to another query (of which it takes over one hold) or to none, and lets go of the old one. */
  attach(viewer: Viewer, query: SharedQuery | undefined, reader: Reader): void {
    const old = this.#query;
    this.#channel?.remove(viewer, this.#reader);
    if (old !== undefined && this.#channel !== undefined) old.removeChannelIfEmpty(this.#channel);
    this.#query = query;
    this.#reader = reader;
    this.#channel = query?.channel(this.id, this.number);
    this.#channel?.add(viewer, reader);
    if (old !== undefined) release(this.table, old);
  }

  end(viewer: Viewer): void {
    this.ended = true;
    this.attach(viewer, undefined, "public");
  }

  /** The rows that the viewer has, by id. */
  view(): ReadonlyMap<bigint, RowView> {
    return this.#query?.view() ?? new Map<bigint, RowView>();
  }
}

/** Gives up one hold of a query; the last one ends it. */
export function release(table: TableQueries, query: SharedQuery): void {
  query.holders--;
  if (query.holders === 0) table.delete(query);
}
