import type { Commit, RowChange } from "../store/contract.js";
import type { LostSubscription } from "./contract.js";
import type { Holdings } from "./holdings.js";
import { converter, querySpecOn, type RowConverter } from "./layout.js";
import type { RowView } from "./row-view.js";
import type { SharedQuery } from "./shared-query.js";
import type { ServedTable, Source } from "./source.js";
import { Subscription } from "./subscription.js";

/** What live queries consist of. */
export interface LiveState {
  readonly tables: ReadonlyMap<string, ServedTable>;
  readonly sources: readonly Source[];
  readonly holdings: Holdings;
}

/** Moves everything from live queries whose feeds are held to others that have nothing yet. */
export class TakeOver {
  readonly #from: LiveState;
  readonly #to: LiveState;
  /** By the source that is left. */
  readonly #partners = new Map<Source, Source>();
  readonly #converters = new Map<string, RowConverter | undefined>();
  readonly #queries = new Map<SharedQuery, SharedQuery>();
  readonly #lost: LostSubscription[] = [];

  constructor(from: LiveState, to: LiveState) {
    this.#from = from;
    this.#to = to;
  }

  /**
   * Afterwards the feeds have to be released, and viewers whose rights are others now to be evaluated again.
   * @returns subscriptions that the new schema does not have.
   */
  run(): readonly LostSubscription[] {
    const { sources, holdings } = this.#from;
    for (const [at, source] of this.#to.sources.entries()) {
      const partner = sources.find(({ store }) => store === source.store) ?? sources[at];
      if (partner === undefined || this.#partners.has(partner)) continue;
      this.#partners.set(partner, source);
      source.feed.follow(partner.feed, (commit) => this.#commit(commit));
    }
    for (const viewer of holdings.viewers()) {
      for (const subscription of holdings.of(viewer).values()) {
        const reason = this.#subscription(viewer, subscription);
        if (reason !== undefined) this.#lost.push({ viewer, subscription: subscription.topic.id, reason });
      }
    }
    // Only now: numbers stay given while anybody holds them.
    for (const viewer of holdings.viewers()) holdings.drop(viewer);
    for (const { feed } of sources) feed.close();
    return this.#lost;
  }

  /** @returns why it cannot go on. */
  #subscription(viewer: LostSubscription["viewer"], subscription: Subscription): string | undefined {
    const { topic, query, reader } = subscription;
    const { table } = topic.served.queries;
    const served = this.#to.tables.get(table.name);
    if (served === undefined) return `there is no component "${table.name}" any more`;
    const spec = querySpecOn(served.queries.table, topic.spec);
    if (spec === undefined) {
      return `${table.name} has no index "${table.codec.indexes[topic.spec.index]?.name}" over the same columns any more`;
    }
    const rows = this.#converter(table.name);
    const visibility = served.queries.access.visibility(viewer, spec.index);
    const goesOn = rows !== undefined && this.#partners.get(topic.served.source) === served.source;
    this.#to.holdings.adopt(viewer, topic.id, spec, served, (next) => {
      if (!goesOn || query === undefined || visibility?.key !== query.visibility.key) {
        return new Subscription(next, reader, viewOf(subscription, rows));
      }
      let taken = this.#queries.get(query);
      if (taken === undefined) {
        taken = served.queries.adopt(
          spec,
          visibility,
          query.window.convert((view) => rows.view(view)),
        );
        this.#queries.set(query, taken);
      }
      taken.holders++;
      const moved = new Subscription(next);
      moved.attach(viewer, taken, reader);
      return moved;
    });
    return undefined;
  }

  #commit(commit: Commit): Commit {
    const changes: RowChange[] = [];
    for (const change of commit.changes) {
      const table = this.#to.tables.get(change.table.name)?.queries.table;
      if (table === undefined) continue;
      // Queries of a table that looks different now read all of this from the store.
      const rows = change.table.codec === table.codec ? SAME : this.#converter(table.name);
      if (rows === SAME) changes.push({ ...change, table });
      else if (rows !== undefined) changes.push(rows.change(change, table));
    }
    return { ...commit, changes };
  }

  #converter(name: string): RowConverter | undefined {
    if (!this.#converters.has(name)) {
      const from = this.#from.tables.get(name)?.queries.table.codec;
      const to = this.#to.tables.get(name)?.queries.table.codec;
      this.#converters.set(name, from && to && converter(from, to));
    }
    return this.#converters.get(name);
  }
}

const SAME = Symbol("same codec");

function viewOf(subscription: Subscription, rows: RowConverter | undefined): ReadonlyMap<bigint, RowView> {
  const view = subscription.view();
  return rows === undefined ? view : new Map(Array.from(view, ([id, known]) => [id, rows.view(known)]));
}
