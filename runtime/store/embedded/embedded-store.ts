import type { Row } from "../../codegen/row.js";
import { coreSchema } from "../../core/schema.js";
import type { Schema } from "../../schema/schema.js";
import type { Commit, CommitResult, RangeScan, ReadSet, RowChange, Snapshot, Store, Table } from "../contract.js";
import { StoreClosedError, StoreFailedError, UnknownTableError } from "../errors.js";
import { readId } from "../id-bytes.js";
import { SnowflakeSource } from "../snowflake.js";
import { CacheMemory } from "./cache.js";
import { type ApplyOptions, Catalogue } from "./catalogue.js";
import type { Durability } from "./durability.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { META_IDS, META_POSITION, readNumber } from "./meta.js";
import { openFolder, type OpenFolder } from "./open-folder.js";
import { EmbeddedReader } from "./reader.js";
import type { IndexState, TableState } from "./table-state.js";
import { conflictIn, newestSeen } from "./validation.js";
import { WriteQueue } from "./write-queue.js";

const DEFAULT_CACHE_BYTES = 64 * 2 ** 20;

export interface EmbeddedStoreOptions {
  /** Folder of the data; made when it does not exist. */
  readonly path: string;
  /** Default `commit`. */
  readonly durability?: Durability;
  /** Number of this process in ids, 0 to 1023; default 0. */
  readonly worker?: number;
  /** Bytes of address space to start with; default 16 GiB. It grows when the data does. */
  readonly mapBytes?: number;
  /** About how much memory rows and keys may take that were read or written lately; default 64 MiB, 0: none. */
  readonly cacheBytes?: number;
  /** The clock of ids; milliseconds since 1970 UTC. */
  readonly now?: () => number;
}

/** {@link Store} on LMDB, for one process. See docs/store.md. */
export class EmbeddedStore implements Store {
  readonly shared = false;
  readonly floor = 0;
  readonly maxRangeRows = Infinity;
  readonly #lmdb: Lmdb;
  readonly #opened: OpenFolder;
  readonly #reader: EmbeddedReader;
  readonly #queue: WriteQueue;
  readonly #ids: SnowflakeSource;
  readonly #catalogue: Catalogue;
  #tables: TableState[] = [];
  readonly #byName = new Map<string, TableState>();
  #position: number;
  #durablePosition: number;
  #failure: StoreFailedError | undefined;
  #closed = false;
  readonly #commitListeners = new Set<(commit: Commit) => void>();
  readonly #durableListeners = new Set<(position: number) => void>();
  readonly #failureListeners = new Set<(error: Error) => void>();

  /**
   * Opens the folder; {@link applySchema} then makes the tables.
   * @throws StoreLockedError when another process has it open.
   * @throws StoreFormatError when another version of the layout wrote it.
   */
  static open(options: EmbeddedStoreOptions): EmbeddedStore {
    return new EmbeddedStore(options, openFolder(options.path, options.mapBytes));
  }

  private constructor(options: EmbeddedStoreOptions, opened: OpenFolder) {
    const { lmdb, journal } = opened;
    this.#lmdb = lmdb;
    this.#opened = opened;
    this.#reader = new EmbeddedReader(lmdb);
    this.#catalogue = new Catalogue(lmdb, new CacheMemory(options.cacheBytes ?? DEFAULT_CACHE_BYTES));
    this.#position = readNumber(lmdb, META_POSITION) ?? 0;
    this.#durablePosition = this.#position;
    this.#ids = new SnowflakeSource(options.worker ?? 0, readNumber(lmdb, META_IDS) ?? 0, options.now);
    this.#queue = new WriteQueue({
      lmdb,
      journal,
      durability: options.durability ?? "commit",
      position: this.#position,
      idTime: () => this.#ids.time,
      onDurable: (position) => {
        this.#durablePosition = position;
        for (const listener of this.#durableListeners) listener(position);
      },
      onFailure: (error) => this.#fail(error),
    });
  }

  get position(): number {
    return this.#position;
  }

  get durablePosition(): number {
    return this.#durablePosition;
  }

  /**
   * Makes the tables of a namespace usable, once for each namespace after opening. New tables, indexes and columns
   * with a default are added to existing data; volatile tables are emptied.
   * @throws SchemaChangeError when the data does not fit, StoreUpgradeUnfinishedError when an upgrade was interrupted;
   * nothing was changed then.
   */
  applySchema(schema: Schema, options: ApplyOptions = {}): void {
    this.#check();
    if (this.#tables.length === 0) this.#apply(coreSchema, options);
    this.#apply(schema, options);
  }

  #apply(schema: Schema, options: ApplyOptions): void {
    const tables = this.#catalogue.apply(schema, this.#tables.length, this.#position, options);
    for (const table of tables) {
      this.#tables.push(table);
      this.#byName.set(table.name, table);
    }
  }

  /**
   * Deletes all data of all namespaces; schemas must be applied again.
   * @throws Error when a schema was applied already: transactions may be running.
   */
  resetData(): void {
    this.#check();
    if (this.#byName.size > coreSchema.tables.length) throw new Error("reset the data before the schemas are applied");
    this.#tables = [];
    this.#byName.clear();
    writeNow(this.#lmdb, () => this.#catalogue.clear());
  }

  table(name: string): Table {
    const table = this.#byName.get(name);
    if (table === undefined) throw new UnknownTableError(name);
    return table;
  }

  get<R extends Row>(table: Table<R>, id: bigint): R | undefined {
    return this.#reader.get(table, this.#state(table), id);
  }

  lookup<R extends Row>(table: Table<R>, index: number, key: Uint8Array): R | undefined {
    const state = this.#state(table);
    const id = index === 0 ? readId(key, 0) : this.#reader.find(this.#index(state, index), key);
    return id === undefined ? undefined : this.#reader.get(table, state, id);
  }

  range<R extends Row>(scan: RangeScan<R>): R[] {
    const state = this.#state(scan.table);
    const rows: R[] = [];
    for (const id of this.#reader.ids(scan, this.#index(state, scan.index))) {
      const row = this.#reader.get(scan.table, state, id);
      if (row === undefined) throw new Error(`${state.name}: an index names row ${id}, which does not exist`);
      rows.push(row);
    }
    return rows;
  }

  snapshot<R extends Row>(scan: RangeScan<R>): Snapshot<R> {
    return { rows: this.range(scan), position: this.#position };
  }

  /** Nothing here is ever old. */
  stale(): Store {
    return this;
  }

  commit(reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): CommitResult {
    this.#check();
    const conflict = conflictIn(reads, this.#tables, this.#reader);
    if (conflict !== undefined) return { status: "conflict", table: conflict };
    if (changes.length === 0) return { status: "committed", position: newestSeen(reads, this.#tables) };
    const position = ++this.#position;
    for (const change of changes) this.#takeAway(change, position);
    for (const change of changes) this.#put(change, position);
    this.#queue.committed(position);
    this.#announce({ position, changes, message, own: true });
    return { status: "committed", position };
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#commitListeners.add(listener);
    return () => void this.#commitListeners.delete(listener);
  }

  /** Nobody else writes here, so nothing is ever missed. */
  onReset(): () => void {
    return () => undefined;
  }

  onDurable(listener: (position: number) => void): () => void {
    this.#durableListeners.add(listener);
    return () => void this.#durableListeners.delete(listener);
  }

  onFailure(listener: (error: Error) => void): () => void {
    this.#failureListeners.add(listener);
    return () => void this.#failureListeners.delete(listener);
  }

  nextId(): bigint {
    return this.#ids.next();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue.settled();
    await this.#opened.close(this.#failure === undefined);
  }

  /** Removes the index keys that the row no longer has; before any is added, so that rows can trade unique keys. */
  #takeAway({ table, id, before, after }: RowChange, position: number): void {
    const state = this.#state(table);
    state.position = position;
    if (before === undefined) return;
    for (const index of state.indexes) {
      if (after !== undefined && index.codec.sameKey(before, after)) continue;
      index.position = position;
      this.#queue.key(index, index.codec.key(before), id, false);
    }
  }

  #put({ table, id, before, after }: RowChange, position: number): void {
    const state = this.#state(table);
    if (after !== undefined) {
      after.$version = position;
      for (const index of state.indexes) {
        if (before !== undefined && index.codec.sameKey(before, after)) continue;
        index.position = position;
        this.#queue.key(index, index.codec.key(after), id, true);
      }
    }
    this.#queue.row(state, id, after);
  }

  /** A listener that throws has lost track of the data, and with it whoever it serves. */
  #announce(commit: Commit): void {
    try {
      for (const listener of this.#commitListeners) listener(commit);
    } catch (error) {
      this.#fail(new StoreFailedError("a listener of commits threw", error));
    }
  }

  #state(table: Table): TableState {
    const state = this.#tables[table.ordinal];
    if (state !== table) throw new UnknownTableError(table.name);
    return state;
  }

  #index(state: TableState, index: number): IndexState {
    const found = state.indexes[index];
    if (found === undefined) throw new RangeError(`${state.name} has no index ${index}`);
    return found;
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new StoreClosedError();
  }

  #fail(error: StoreFailedError): void {
    this.#failure = error;
    for (const listener of this.#failureListeners) listener(error);
  }
}
