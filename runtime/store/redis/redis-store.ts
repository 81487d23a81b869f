import type { Row } from "../../codegen/row.js";
import type { Commit, CommitResult, RangeScan, ReadSet, RowChange, Snapshot, Store, Table } from "../contract.js";
import { StoreClosedError, UnknownTableError } from "../errors.js";
import { Committer } from "./committer.js";
import { LinkLostError, WriterFencedError } from "./errors.js";
import { CommitSequence } from "./feed/commit-sequence.js";
import type { FeedLag } from "./feed/feed-lag.js";
import { FeedReader } from "./feed/feed-reader.js";
import { FeedTables } from "./feed/feed-tables.js";
import { DEFAULT_RETRY_WINDOW_MS, type RedisLink } from "./link.js";
import { RedisReader } from "./reader.js";
import { RedisTable, type RedisTableSpec } from "./redis-table.js";
import { FENCE_WRITER } from "./scripts.js";
import { StaleView, type ViewedStore } from "./stale-view.js";
import { Writer } from "./writer.js";

export interface RedisStoreOptions {
  /** Used by other partitions, too: it stays open. */
  readonly link: RedisLink;
  /** Hash tag of the partition with its braces: `{hetu:<instance>:<number>}`. */
  readonly tag: string;
  readonly tables: readonly RedisTableSpec[];
  /** The process's place among the processes of the instance. */
  readonly writer: { readonly worker: number; readonly token: Buffer };
  readonly nextId: () => bigint;
  /** About how many commits the feed keeps for processes that have lost their link; default 65,536. */
  readonly feedLength?: number;
  /** About how many bytes of Redis' memory the feed may take; default 64 MiB. */
  readonly feedBytes?: number | undefined;
  /** Milliseconds without the feed after which the store has failed; default 30,000. */
  readonly retryWindow?: number;
  /** Whether the link waits for replicas; default false. */
  readonly waits?: boolean;
}

const DEFAULT_FEED_LENGTH = 65_536;
const DEFAULT_FEED_BYTES = 64 * 1024 * 1024;

const MAX_RANGE_ROWS = 1_000;

/** {@link Store} on Redis: one partition of an instance, written to by many processes. See docs/redis.md. */
export class RedisStore implements ViewedStore {
  readonly shared = true;
  readonly waits: boolean;
  readonly durablePosition = Infinity;
  readonly maxRangeRows = MAX_RANGE_ROWS;
  readonly #link: RedisLink;
  readonly #tag: string;
  readonly #metaKey: string;
  readonly #nextId: () => bigint;
  readonly #reader = new RedisReader();
  /** Its own, since what a replica says to have seen must hold no transaction up. */
  readonly #replicaReader = new RedisReader();
  readonly #sequence: CommitSequence;
  readonly #feed: FeedReader;
  readonly #committer: Committer;
  readonly #failureListeners = new Set<(error: Error) => void>();
  readonly #forgetLink: () => void;
  #tables: ReadonlyMap<string, RedisTable> = new Map();
  #ordinals = 0;
  #failure: Error | undefined;
  #closed = false;
  #closing: Promise<void> | undefined;

  /**
   * Takes the right to write to the partition, and begins to hear of its commits.
   * @throws RedisReplyError, StoreFailedError, WriterFencedError
   */
  static async open(options: RedisStoreOptions): Promise<RedisStore> {
    const store = new RedisStore(options);
    try {
      await store.#feed.start();
      const { worker, token } = options.writer;
      const writer = await Writer.register(options.link, store.#metaKey, worker, token);
      if (writer === undefined) throw new WriterFencedError(worker);
      store.#committer.start(writer);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private constructor(options: RedisStoreOptions) {
    this.#link = options.link;
    this.waits = options.waits ?? false;
    this.#tag = options.tag;
    this.#metaKey = `${options.tag}:m`;
    this.#nextId = options.nextId;
    this.#tables = this.#tablesOf(options.tables);
    const onFailure = (error: Error): void => this.#fail(error);
    const stream = `${options.tag}:f`;
    const retryWindow = options.retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
    const feedTables = feedTablesOf(this.#tables);
    this.#sequence = new CommitSequence({ worker: options.writer.worker, tables: feedTables, onFailure });
    this.#feed = new FeedReader({
      connect: () => options.link.dedicated(stream),
      stream,
      meta: this.#metaKey,
      sequence: this.#sequence,
      onFailure,
      retryWindow,
    });
    this.#committer = new Committer({
      link: options.link,
      keys: [this.#metaKey, stream],
      sequence: this.#sequence,
      feed: this.#feed,
      tables: feedTables,
      feedLength: options.feedLength ?? DEFAULT_FEED_LENGTH,
      feedBytes: options.feedBytes ?? DEFAULT_FEED_BYTES,
      retryWindow,
      onFailure,
    });
    const forget = [options.link.onFailure(onFailure), options.link.onLost(() => void this.#committer.linkLost())];
    this.#forgetLink = () => {
      for (const each of forget) each();
    };
  }

  get position(): number {
    return this.#sequence.position;
  }

  get floor(): number {
    return this.#sequence.floor;
  }

  /** How far this process is behind the others. */
  get lag(): FeedLag {
    return this.#feed.lag;
  }

  /** Exchanges the code of the tables, whose numbers and columns are the same. Tables handed out before stay usable. */
  use(tables: readonly RedisTableSpec[]): void {
    this.#check();
    this.#tables = this.#tablesOf(tables);
    const feedTables = feedTablesOf(this.#tables);
    this.#sequence.use(feedTables);
    this.#committer.use(feedTables);
  }

  /** Takes from a worker that has died, known by the token of its lease, the right to write here. */
  async fence(worker: number, token: Buffer): Promise<void> {
    await this.#link.run(FENCE_WRITER, [this.#metaKey], [worker, token]);
  }

  /**
   * Deletes all rows of a table. Nobody is told of the rows, only that there was a commit: for starts, before anybody
   * reads.
   * @throws WriterFencedError
   */
  clear(table: Table): Promise<void> {
    const { rowsKey, indexKeys } = this.own(table);
    return this.#committer.clear([rowsKey, ...indexKeys]);
  }

  table(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw new UnknownTableError(name);
    return table;
  }

  get<R extends Row>(table: Table<R>, id: bigint): Promise<R | undefined> {
    return this.#reader.get(this.#link, this.own(table), id);
  }

  lookup<R extends Row>(table: Table<R>, index: number, key: Uint8Array): Promise<R | undefined> {
    return this.#reader.lookup(this.#link, this.own(table), index, key);
  }

  async range<R extends Row>(scan: RangeScan<R>): Promise<R[]> {
    this.own(scan.table);
    return scan.limit <= 0 ? [] : (await this.#reader.range(this.#link, scan)).rows;
  }

  async snapshot<R extends Row>(scan: RangeScan<R>): Promise<Snapshot<R>> {
    const table = this.own(scan.table);
    const { position } = this;
    const replica = this.#link.replica(table.rowsKey, Infinity);
    if (replica !== undefined) {
      try {
        const snapshot = await this.#replicaReader.range(replica, scan);
        if (snapshot.position >= position && (await this.#isReached(snapshot.position))) return snapshot;
      } catch (error) {
        if (!(error instanceof LinkLostError)) throw error;
      }
    }
    return this.#reader.range(this.#link, scan);
  }

  stale(maxAge: number): Store {
    return new StaleView(this, this.#link, this.#replicaReader, maxAge);
  }

  commit(reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): Promise<CommitResult> {
    this.#check();
    for (const { table } of changes) this.own(table);
    if (changes.length > 0 || message !== undefined) return this.#committer.commit(reads, changes, message);
    const position = this.#heldPosition(reads);
    return position === undefined ? this.#committer.validate(reads) : this.#heard(position);
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    return this.#sequence.onCommit(listener);
  }

  onPassed(listener: (position: number) => void): () => void {
    return this.#sequence.onPassed(listener);
  }

  onReset(listener: (position: number) => void): () => void {
    return this.#sequence.onReset(listener);
  }

  /** What Redis has told of is as durable as it will be. */
  onDurable(): () => void {
    return () => undefined;
  }

  onFailure(listener: (error: Error) => void): () => void {
    this.#failureListeners.add(listener);
    return () => void this.#failureListeners.delete(listener);
  }

  nextId(): bigint {
    return this.#nextId();
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  own<R extends Row>(table: Table<R>): RedisTable<R> {
    this.#check();
    if (table instanceof RedisTable && table.owner === this) return table as RedisTable<R>;
    throw new UnknownTableError(table.name);
  }

  /**
   * Up to where listeners must have heard when what was read holds without a look, being of one state; `undefined`:
   * a look is needed.
   */
  #heldPosition({ rows, keys, ranges, operations }: ReadSet): number | undefined {
    if (operations > 1) return undefined;
    // What a scan has not found, it may not have found because of a commit that nobody has heard of yet.
    if (keys.length > 0 || ranges.length > 0) return this.#reader.seen;
    let position = 0;
    for (const { version } of rows) {
      if (version === 0) return undefined;
      if (version > position) position = version;
    }
    return position;
  }

  /** Whether the primary is as far: what a replica says beyond that would be waited for without end. */
  async #isReached(position: number): Promise<boolean> {
    if (position <= this.position) return true;
    const reply = await this.#link.command("HGET", this.#metaKey, ["p"]);
    return reply instanceof Buffer && position <= Number(reply.toString("latin1"));
  }

  #heard(position: number): Promise<CommitResult> {
    const result: CommitResult = { status: "committed", position };
    return this.#sequence.whenDelivered(position)?.then(() => result) ?? Promise.resolve(result);
  }

  #tablesOf(specs: readonly RedisTableSpec[]): ReadonlyMap<string, RedisTable> {
    return new Map(
      specs.map((spec) => {
        const ordinal = this.#tables.get(spec.name)?.ordinal ?? this.#ordinals++;
        return [spec.name, new RedisTable(spec, ordinal, this.#tag, this.#metaKey, this)];
      }),
    );
  }

  async #close(): Promise<void> {
    this.#closed = true;
    await this.#committer.settled();
    this.#forgetLink();
    await this.#feed.close();
    this.#sequence.end(new StoreClosedError());
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new StoreClosedError();
  }

  #fail(error: Error): void {
    if (this.#failure !== undefined || this.#closed) return;
    this.#failure = error;
    this.#sequence.end(error);
    for (const listener of this.#failureListeners) listener(error);
  }
}

function feedTablesOf(tables: ReadonlyMap<string, RedisTable>): FeedTables {
  return new FeedTables(Array.from(tables.values(), (table) => ({ table, space: table.space })));
}
