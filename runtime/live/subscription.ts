import type { Visibility } from "./access.js";
import type { Channel } from "./channel.js";
import type { Viewer } from "./contract.js";
import type { Reader, RowView } from "./row-view.js";
import type { QuerySpec } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { ServedTable } from "./source.js";

/** What subscriptions of one id have in common; one object for all who hold it. */
export interface Topic {
  readonly id: string;
  /** What hetu.2 calls it. */
  readonly number: number;
  readonly spec: QuerySpec;
  readonly served: ServedTable;
  holders: number;
}

type Rows = ReadonlyMap<bigint, RowView>;

const NONE: Rows = new Map();

/** What one viewer has subscribed to, and through which shared query it is served at the moment. */
export class Subscription {
  readonly topic: Topic;
  /** Set when it was ended while something about it was under way. */
  ended = false;
  #query: SharedQuery | undefined;
  #reader: Reader;
  /** What the viewer has although no query serves it: it was shown by other code. */
  #inherited: Rows | undefined;

  /** @param inherited the rows that the viewer has already, as `reader`. */
  constructor(topic: Topic, reader: Reader = "public", inherited?: Rows) {
    this.topic = topic;
    this.#reader = reader;
    this.#inherited = inherited;
  }

  get reader(): Reader {
    return this.#reader;
  }

  get query(): SharedQuery | undefined {
    return this.#query;
  }

  /** Whether the viewer is already served under this visibility and in this form. */
  serves(visibility: Visibility | undefined, reader: Reader): boolean {
    return this.#inherited === undefined && this.#query?.visibility.key === visibility?.key && this.#reader === reader;
  }

  /** Moves the viewer to another query (of which it takes over one hold) or to none, and lets go of the old one. */
  attach(viewer: Viewer, query: SharedQuery | undefined, reader: Reader): void {
    const { id, number, served } = this.topic;
    const old = this.#query;
    const channel: Channel | undefined = old?.channel(id, number);
    channel?.remove(viewer, this.#reader);
    if (old !== undefined && channel !== undefined) old.removeChannelIfEmpty(channel);
    this.#inherited = undefined;
    this.#query = query;
    this.#reader = reader;
    query?.channel(id, number).add(viewer, reader);
    if (old !== undefined) served.queries.release(old);
  }

  end(viewer: Viewer): void {
    this.ended = true;
    this.attach(viewer, undefined, "public");
  }

  /** The rows that the viewer has, by id. */
  view(): Rows {
    return this.#query?.view() ?? this.#inherited ?? NONE;
  }
}
