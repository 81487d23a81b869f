import type { Row } from "../codegen/row.js";
import type { ComponentCodec, IndexCodec } from "../schema/component.js";

/** Embedded stores answer at once, remote ones with a promise. Callers avoid an `await` on the former. */
export type MaybePromise<T> = T | Promise<T>;

/** A physical table: a component, or one copy of it (`Inventory:Shop`). */
export interface Table<R extends Row = Row> {
  readonly name: string;
  readonly codec: ComponentCodec<R>;
  /** Dense, for use as an array position; stable only within one process. */
  readonly ordinal: number;
}

/**
 * A scan of one index. `lower` and `upper` are inclusive and exclusive bounds of the index keys under `memcmp`;
 * rows with equal keys come in the order of their ids. `desc` turns the whole order round.
 */
export interface RangeScan<R extends Row = Row> {
  readonly table: Table<R>;
  /** Position in `table.codec.indexes`. */
  readonly index: number;
  readonly lower: Uint8Array;
  /** `undefined`: to the end of the index. */
  readonly upper: Uint8Array | undefined;
  readonly limit: number;
  readonly desc: boolean;
}

/** What a transaction has read; every entry is validated at commit. */
export interface ReadSet {
  readonly rows: readonly RowRead[];
  readonly keys: readonly KeyRead[];
  readonly ranges: readonly RangeRead[];
  /** How many times the store was asked for them. What one question gave is of one state and holds without a look. */
  readonly operations: number;
}

export interface RowRead {
  readonly table: Table;
  readonly id: bigint;
  /** `Row.$version` as read; 0: there was no such row. */
  readonly version: number;
  /** {@link Store.position} when it was read. */
  readonly position: number;
}

/** A key of a unique index that no row had; none may have it at commit either. */
export interface KeyRead {
  readonly table: Table;
  /** Position in `table.codec.indexes`; never 0. */
  readonly index: number;
  readonly key: Uint8Array;
  readonly position: number;
}

/** A range as read: the same scan must give the same ids, in order. The rows themselves are `RowRead`s. */
export interface RangeRead {
  readonly scan: RangeScan;
  readonly ids: readonly bigint[];
  readonly position: number;
}

/** One changed row. `before` and `after` are private copies that nobody writes to any more. */
export interface RowChange<R extends Row = Row> {
  readonly table: Table<R>;
  readonly id: bigint;
  /** `undefined`: inserted. */
  readonly before: R | undefined;
  /** `undefined`: deleted. */
  readonly after: R | undefined;
}

/** A committed transaction, as the change feed tells it. */
export interface Commit {
  /** 1, 2, 3 … within an epoch of the store; also the `$version` of every row that it wrote. */
  readonly position: number;
  readonly changes: readonly RowChange[];
  /** What was given to {@link Store.commit} with it. */
  readonly message: Uint8Array | undefined;
  /** Whether this process made it. */
  readonly own: boolean;
}

/** The rows of a scan, all of one state. */
export interface Snapshot<R extends Row = Row> {
  readonly rows: R[];
  /** Of the state: every commit up to here is in it, and none behind it. */
  readonly position: number;
}

export type CommitResult =
  /**
   * `position`: of the commit; without changes the newest commit that the reads may have seen. `failure`: it stands and
   * listeners have heard of it, but not as safely as the settings ask for.
   */
  | { readonly status: "committed"; readonly position: number; readonly failure?: Error }
  /** Something that was read has changed; `table` names where, for the retry metric. */
  | { readonly status: "conflict"; readonly table: Table };

/**
 * Where rows live: all tables of one store take part in one sequence of commits. One contract for the embedded store
 * and for remote ones; `test/runtime/store/conformance.ts` holds for all.
 *
 * Reads see every commit up to `position`. `commit` validates and applies atomically; there is no other isolation:
 * a transaction may read at different positions, which validation finds out.
 */
export interface Store {
  /** The last committed position that reads see; on a shared store the last one that this process has heard of. */
  readonly position: number;
  /** Everything up to here survives what the configured durability promises; `Infinity`: whatever `commit` has told. */
  readonly durablePosition: number;
  /** Whether other processes write to it, too. */
  readonly shared: boolean;
  /** Whether commits wait until replicas have them, and all before them, which validating alone does not. */
  readonly waits?: boolean;
  /**
   * The position that the present history began at. Where a position before it came from a commit may have been lost
   * since, and another one have taken its place: what was read there cannot be compared.
   */
  readonly floor: number;
  /** Rows that the ranges of one transaction may have together. */
  readonly maxRangeRows: number;
  table(name: string): Table;
  /** A fresh row that the caller owns. */
  get<R extends Row>(table: Table<R>, id: bigint): MaybePromise<R | undefined>;
  /** The row with this key of a unique index. */
  lookup<R extends Row>(table: Table<R>, index: number, key: Uint8Array): MaybePromise<R | undefined>;
  range<R extends Row>(scan: RangeScan<R>): MaybePromise<R[]>;
  /** A range for subscribers, of a state that is at least as new as `position` is now; perhaps from a replica. */
  snapshot<R extends Row>(scan: RangeScan<R>): MaybePromise<Snapshot<R>>;
  /**
   * For systems that are `@stale`: reads see a state that is at most so old, perhaps of a replica, and are not
   * validated. Its `commit` refuses changes.
   * @param maxAge milliseconds.
   */
  stale(maxAge: number): Store;
  /**
   * Without changes and without a message it only validates. Sets `$version` of every `after`.
   * @param message for the processes of all who listen; with it, it is a commit even without changes.
   */
  commit(reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): MaybePromise<CommitResult>;
  /**
   * Called once for each commit with changes or a message, in order, whoever made it; for one of this process before
   * `commit` returns.
   * @returns a function that ends it.
   */
  onCommit(listener: (commit: Commit) => void): () => void;
  /**
   * Called when `position` has grown without a commit, which only happens on shared stores: reads and answers can name
   * a position that no commit has.
   * @returns a function that ends it.
   */
  onPassed?(listener: (position: number) => void): () => void;
  /**
   * Called when commits were missed or have been undone: `onCommit` goes on behind `position`, and whoever keeps rows
   * must read them again.
   */
  onReset(listener: (position: number) => void): () => void;
  /** Called when `durablePosition` has moved. @returns a function that ends it. */
  onDurable(listener: (position: number) => void): () => void;
  /** Called when the store can no longer keep its promises (disk full, link lost for good): the process must stop. */
  onFailure(listener: (error: Error) => void): () => void;
  /** A new snowflake. @throws IdsPausedError */
  nextId(): bigint;
  /** Waits until everything committed is durable, then closes. */
  close(): Promise<void>;
}

/**
 * The stores of one instance: one on the embedded store, one for each cluster of the schema on Redis, where a
 * transaction must not leave its hash slot. Each has the tables of the runtime (`core.…`) for its own transactions.
 */
export interface StoreSet {
  /** At least one; the first is the home of what belongs to no cluster. */
  readonly all: readonly [Store, ...Store[]];
  /** The store of a table of the schema. @throws UnknownTableError */
  of(table: string): Store;
}

export type { IndexCodec };
