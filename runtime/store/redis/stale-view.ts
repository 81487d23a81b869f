import type { Row } from "../../codegen/row.js";
import type {
  Commit,
  CommitResult,
  MaybePromise,
  RangeScan,
  ReadSet,
  RowChange,
  Snapshot,
  Store,
  Table,
} from "../contract.js";
import { LinkLostError, StaleCommitError } from "./errors.js";
import type { RedisLink } from "./link.js";
import type { ReadSource, RedisReader } from "./reader.js";
import type { RedisTable } from "./redis-table.js";

/** What a stale view needs of the store that it belongs to. */
export interface ViewedStore extends Store {
  /** @throws UnknownTableError when the table is of another store, or the store is closed. */
  own<R extends Row>(table: Table<R>): RedisTable<R>;
}

/** A store whose reads may come from a replica, and which only reads. */
export class StaleView implements Store {
  readonly #store: ViewedStore;
  readonly #link: RedisLink;
  readonly #reader: RedisReader;
  readonly #maxAge: number;

  constructor(store: ViewedStore, link: RedisLink, reader: RedisReader, maxAge: number) {
    this.#store = store;
    this.#link = link;
    this.#reader = reader;
    this.#maxAge = maxAge;
  }

  get position(): number {
    return this.#store.position;
  }

  get durablePosition(): number {
    return this.#store.durablePosition;
  }

  get shared(): boolean {
    return this.#store.shared;
  }

  get floor(): number {
    return this.#store.floor;
  }

  get maxRangeRows(): number {
    return this.#store.maxRangeRows;
  }

  table(name: string): Table {
    return this.#store.table(name);
  }

  get<R extends Row>(table: Table<R>, id: bigint): Promise<R | undefined> {
    const own = this.#store.own(table);
    return this.#read(own.rowsKey, (source) => this.#reader.get(source, own, id));
  }

  lookup<R extends Row>(table: Table<R>, index: number, key: Uint8Array): Promise<R | undefined> {
    const own = this.#store.own(table);
    return this.#read(own.rowsKey, (source) => this.#reader.lookup(source, own, index, key));
  }

  async range<R extends Row>(scan: RangeScan<R>): Promise<R[]> {
    if (scan.limit <= 0) return [];
    const own = this.#store.own(scan.table);
    return (await this.#read(own.rowsKey, (source) => this.#reader.range(source, scan))).rows;
  }

  snapshot<R extends Row>(scan: RangeScan<R>): MaybePromise<Snapshot<R>> {
    return this.#store.snapshot(scan);
  }

  stale(maxAge: number): Store {
    return this.#store.stale(maxAge);
  }

  /** @throws StaleCommitError when there is something to change. */
  commit(_reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): CommitResult {
    if (changes.length > 0 || message !== undefined) throw new StaleCommitError();
    return { status: "committed", position: this.#store.position };
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    return this.#store.onCommit(listener);
  }

  onReset(listener: (position: number) => void): () => void {
    return this.#store.onReset(listener);
  }

  onDurable(listener: (position: number) => void): () => void {
    return this.#store.onDurable(listener);
  }

  onFailure(listener: (error: Error) => void): () => void {
    return this.#store.onFailure(listener);
  }

  nextId(): bigint {
    return this.#store.nextId();
  }

  /** The store stays open. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** From a replica that is new enough, or else from the primary. */
  async #read<T>(key: string, read: (source: ReadSource) => Promise<T>): Promise<T> {
    const replica = this.#link.replica(key, this.#maxAge);
    if (replica === undefined) return read(this.#link);
    try {
      return await read(replica);
    } catch (error) {
      if (error instanceof LinkLostError) return read(this.#link);
      throw error;
    }
  }
}
