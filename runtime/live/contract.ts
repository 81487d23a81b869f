import type { Row } from "../codegen/row.js";
import type { ColumnValue } from "../schema/component.js";
import type { MaybePromise, Store } from "../store/contract.js";
import type { SubscriptionQuery } from "../wire/client-frames.js";
import type { RefusalCode } from "../wire/hetu2/kinds.js";
import type { SubscriptionNumbers } from "./subscription-numbers.js";

/**
 * A connection as the live queries see it. `caller`, `admin` and `sessionValue` may change between calls;
 * {@link LiveQueries.reevaluate} must then be called before the change is answered.
 */
export interface Viewer {
  /** The logged-in user; `undefined` before. */
  readonly caller: bigint | undefined;
  readonly admin: boolean;
  /** A session field by schema name, as user code has it. */
  sessionValue(name: string): ColumnValue | undefined;
  /** Takes an update in commit order. Called synchronously; must not call back into the live queries. */
  deliver(update: LiveUpdate): void;
}

/**
 * The change that one transaction makes to one live query, shared by all of its subscribers of one audience: whoever
 * encodes it first pays, the others reuse the bytes.
 */
export interface LiveUpdate {
  readonly subscription: string;
  /** What hetu.2 calls the subscription. */
  readonly number: number;
  /** May leave the process once the store's `durablePosition` has reached this. */
  readonly position: number;
  /** New state by row id; `undefined`: the row is gone or no longer visible. */
  readonly rows: ReadonlyMap<bigint, Row | undefined>;
  /** `["updt", id, {…}]` of hetu.1, without layers. The same array for every caller. */
  hetu1(): Uint8Array;
  /**
   * The number and the delta of hetu.2, two MessagePack values; empty when nothing that travels there has changed. The
   * same array for every caller. Only for components that the description has.
   */
  hetu2(): Uint8Array;
  /** The frame of hetu.2 that tells of this update alone. Not when {@link hetu2} is empty. */
  hetu2Frame(): Uint8Array;
  /**
   * This update followed by `next` of the same subscription, as one: for readers that lag behind. A row that came and
   * went in between is not in it; when `rows` is empty then, there is nothing to send.
   */
  merge(next: LiveUpdate): LiveUpdate;
}

/** A `sub` request, checked for shape only. Bounds are as on the wire. */
export type SubscribeRequest = SubscriptionQuery;

export type SubscribeResult =
  | {
      readonly status: "subscribed";
      readonly subscription: string;
      readonly number: number;
      readonly kind: "get" | "range";
      /** In index order; for `get` exactly one. */
      readonly rows: readonly Row[];
      /** The answer may leave once this is durable. */
      readonly position: number;
      /** `["sub", id, row]` or `["sub", id, rows]` of hetu.1, without layers. */
      hetu1(): Uint8Array;
      /** The frame *subscribed* of hetu.2. Only at once, and for components that the description has. */
      hetu2(): Uint8Array;
      /**
       * The frame *caught up* of hetu.2, under the same conditions.
       * @param held ids of the rows that the viewer has shown since before.
       * @param since the position of the state that it has shown them in.
       */
      caughtUp(held: ReadonlySet<bigint>, since: number): Uint8Array;
    }
  /** Nothing matched (a `get`, or a `range` without `force`), or the caller may not read the component. */
  | { readonly status: "empty"; readonly kind: "get" | "range"; readonly position: number }
  /** Unknown component or index, a bad bound, too many subscriptions, a window that scans too much. */
  | (Refusal & { readonly kind: "get" | "range" });

/** `code` and `reason` are for logs and hetu.2. */
export interface Refusal {
  readonly status: "refused";
  readonly code: RefusalCode;
  readonly reason: string;
  readonly position: number;
}

/** A one-shot read: a range, once. */
export interface ReadRequest {
  readonly table: string;
  readonly index: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly limit: number;
  readonly desc: boolean;
  /** `next` of the page before. */
  readonly after: Uint8Array | undefined;
  /** Whether to count the rows of the whole range. */
  readonly count: boolean;
}

export type ReadResult =
  | {
      readonly status: "page";
      readonly rows: readonly Row[];
      /** Visible rows of the whole range; `undefined` when they were not to be counted. */
      readonly count: number | undefined;
      /** `undefined` at the end. */
      readonly next: Uint8Array | undefined;
      readonly position: number;
      /** The frame of hetu.2. */
      hetu2(): Uint8Array;
    }
  /** The caller may not read the component. */
  | { readonly status: "forbidden"; readonly position: number }
  | Refusal;

export interface LiveOptions {
  /** Subscriptions that one viewer may hold. */
  readonly maxSubscriptions: number;
  /** What a negative `limit` means. */
  readonly maxLimit: number;
  /** Rows that a window under row-level security may look at. */
  readonly maxScan: number;
  /** Given where live queries are exchanged under subscribers: what their subscriptions are called on hetu.2. */
  readonly numbers?: SubscriptionNumbers;
  /**
   * Takes the message of another process's commit, after the updates of that commit have been delivered; messages of
   * one store come in the order of their commits. Called synchronously.
   */
  readonly onMessage?: (message: Uint8Array, position: number, store: Store) => void;
}

/** Live queries that stand still to be exchanged: nobody is told anything, commits are kept. */
export interface HandedOver {
  /** The exchange is off: the live queries go on as if nothing had been. */
  cancel(): void;
}

/** A subscription that could not be taken over, and why. Its viewer does not hold it any more. */
export interface LostSubscription {
  readonly viewer: Viewer;
  readonly subscription: string;
  readonly reason: string;
}

export interface LiveQueries {
  /**
   * A result that comes later is to be passed on in what directly waits for the promise: the updates that follow it
   * are delivered from the next turn of the event loop on.
   */
  subscribe(viewer: Viewer, request: SubscribeRequest): MaybePromise<SubscribeResult>;
  unsubscribe(viewer: Viewer, subscription: string): void;
  /** Rows once, under the same rights; nothing of them is followed. */
  read(viewer: Viewer, request: ReadRequest): MaybePromise<ReadResult>;
  /** Caller, group or session values of the viewer have changed: delivers what appears and disappears. */
  reevaluate(viewer: Viewer): MaybePromise<void>;
  /** The viewer is gone for good: what it asked for and was not answered yet is refused. */
  drop(viewer: Viewer): void;
  /**
   * When every viewer has been told of the commits of a store up to a position.
   * @returns nothing when they have been already; always so on stores that answer at once.
   */
  reached(store: Store, position: number): MaybePromise<void>;
  /**
   * Stands still, for others to go on with the subscriptions under other code; see {@link takeOver}. Requests may be
   * under way: whoever takes over answers them.
   */
  handOver(): MaybePromise<HandedOver>;
  /**
   * Takes the subscriptions of others over, with their ids and numbers. Tables that look the same in both schemas go on
   * where the others stood: each commit behind that is told as a commit of its own. Subscribers of other tables are told
   * the difference between what they have and what they get now. To be called in the turn in which these were made.
   *
   * @returns when everyone has been told: the subscriptions that the new schema does not have.
   */
  takeOver(from: HandedOver): MaybePromise<readonly LostSubscription[]>;
  /** For metrics. */
  readonly subscriptions: number;
  readonly queries: number;
  close(): void;
}
