import type { Row } from "../../codegen/row.js";
import { StoreFailedError } from "../errors.js";
import { keyCost, rowCost } from "./cache-cost.js";
import type { Durability } from "./durability.js";
import { EntryEncoder } from "./entry-encoder.js";
import type { Journal } from "./journal.js";
import { RecordWriter, type StoredWrite } from "./journal-record.js";
import { SPACE_BYTES } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";
import { META_IDS, META_POSITION, numberValue } from "./meta.js";
import type { Pending } from "./overlay.js";
import type { IndexState, KeyEntry, RowEntry, TableState } from "./table-state.js";
import { rootCause } from "./write-error.js";

/** How long changes collect before LMDB gets them: what is written often is then written once. */
const COLLECT_MS = 20;

/** A write that takes longer than this will not come back: the disk hangs, or LMDB could not start a transaction. */
const STALL_MS = 60_000;

/** Of an index key without space and id; what the compiler promises, too. */
const MAX_INDEX_KEY_BYTES = 1024;

export interface WriteQueueOptions {
  readonly lmdb: Lmdb;
  readonly journal: Journal;
  readonly durability: Durability;
  /** The last durable position. */
  readonly position: number;
  /** What to persist as the floor of ids. */
  readonly idTime: () => number;
  readonly onDurable: (position: number) => void;
  readonly onFailure: (error: StoreFailedError) => void;
}

/** Entries of the overlay that go the same way together. */
interface Group {
  readonly rows: RowEntry[];
  readonly keys: KeyEntry[];
}

/**
 * Carries commits to the disk. The commits of one turn of the event loop are one record of the journal, after which they
 * are durable. LMDB gets them later, in batches that grow with the load, and with the position in the same transaction.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  readonly #record = new RecordWriter();
  readonly #recordValues = new EntryEncoder();
  /** Holds the values of the batch that LMDB is reading. */
  readonly #batchValues = new EntryEncoder();
  /** Of the last commit. */
  #position: number;
  /** Of the last commit in the journal. */
  #journaled: number;
  /** Committed since the last record. */
  #fresh: Group = { rows: [], keys: [] };
  #freshNumber = 1;
  /** In the journal and not given to LMDB. */
  #batch: Group = { rows: [], keys: [] };
  #batchNumber = 1;
  #scheduled = false;
  #flushing = false;
  /** Whether LMDB is writing. */
  #storing = false;
  #collecting: NodeJS.Timeout | undefined;
  #closing = false;
  #failed = false;
  #waiting: (() => void)[] = [];

  constructor(options: WriteQueueOptions) {
    this.#options = options;
    this.#position = this.#journaled = options.position;
  }

  /** The newest state of a row; `undefined`: deleted. */
  row(table: TableState, id: bigint, row: Row | undefined): void {
    let entry = table.overlay.get(id);
    if (entry === undefined) {
      entry = { table, id, row, size: 0, record: 0, batch: 0, queued: 0 };
      table.overlay.set(id, entry);
    } else {
      entry.row = row;
    }
    if (this.#isFresh(entry)) this.#fresh.rows.push(entry);
  }

  /** The newest state of a key of an index. */
  key(index: IndexState, key: Uint8Array, id: bigint, present: boolean): void {
    const bytes = index.entryKey(key, id);
    const text = bytes.toString("latin1", SPACE_BYTES);
    let entry = index.overlay.get(text);
    if (entry === undefined) {
      if (key.length > MAX_INDEX_KEY_BYTES) throw new RangeError(tooLong(index, key));
      entry = { index, text, bytes, id, present, record: 0, batch: 0, queued: 0 };
      index.overlay.add(entry);
    } else {
      entry.id = id;
      entry.present = present;
    }
    if (this.#isFresh(entry)) this.#fresh.keys.push(entry);
  }

  /** Everything since the previous call belongs to this commit. */
  committed(position: number): void {
    this.#position = position;
    if (this.#scheduled || this.#failed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#append();
    });
  }

  /** Resolves when LMDB has everything on its disk, or the queue has failed. Nothing may be committed any more. */
  async settled(): Promise<void> {
    this.#closing = true;
    while (!this.#isSettled()) {
      // Waited for before anything is tried: that may fail at once.
      const changed = new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (!this.#storing) this.#store();
      await changed;
    }
    clearTimeout(this.#collecting);
  }

  #isSettled(): boolean {
    if (this.#failed) return true;
    return this.#position === this.#journaled && this.#isEmpty(this.#batch) && !this.#storing;
  }

  /** Marks the entry as changed. @returns whether it is not among the fresh ones yet. */
  #isFresh(entry: Pending): boolean {
    entry.batch = this.#batchNumber;
    if (entry.record === this.#freshNumber) return false;
    entry.record = this.#freshNumber;
    return true;
  }

  #isEmpty({ rows, keys }: Group): boolean {
    return rows.length === 0 && keys.length === 0;
  }

  /** Writes what is fresh to the journal. */
  #append(): void {
    if (this.#failed || this.#position === this.#journaled) return;
    const record = this.#record;
    record.begin(this.#journaled, this.#position);
    this.#recordValues.reset();
    for (const entry of this.#fresh.rows) {
      const write = this.#recordValues.row(entry);
      entry.size = write.value?.length ?? 0;
      record.put(write);
      this.#queue(entry, this.#batch.rows);
    }
    for (const entry of this.#fresh.keys) {
      this.#queue(entry, this.#batch.keys);
      // The keys of the index on `id` are the rows'.
      if (!entry.index.primary) record.put(this.#recordValues.key(entry));
    }
    record.put({ key: META_IDS, value: numberValue(this.#options.idTime()) });
    try {
      this.#options.journal.append(record.end(), this.#position);
    } catch (error) {
      this.#fail(String(error), error);
      return;
    }
    this.#fresh = { rows: [], keys: [] };
    this.#freshNumber++;
    this.#journaled = this.#position;
    if (this.#options.durability === "commit") this.#options.onDurable(this.#journaled);
    else this.#flush();
    if (!this.#storing && !this.#closing) this.#collecting ??= setTimeout(() => this.#store(), COLLECT_MS);
  }

  #queue<E extends Pending>(entry: E, list: E[]): void {
    if (entry.queued === this.#batchNumber) return;
    entry.queued = this.#batchNumber;
    list.push(entry);
  }

  /** Flushes the journal; what is appended meanwhile shares the next flush. */
  #flush(): void {
    if (this.#flushing || this.#failed) return;
    this.#flushing = true;
    const position = this.#journaled;
    this.#options.journal.flush().then(
      () => {
        this.#flushing = false;
        this.#options.onDurable(position);
        if (this.#journaled > position) this.#flush();
        this.#wake();
      },
      (error: unknown) => this.#fail(String(error), error),
    );
  }

  /** Gives LMDB what has collected. One batch at a time: LMDB reads the values of the one where they were encoded. */
  #store(): void {
    this.#storing = true;
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
    this.#append();
    if (this.#failed) return;
    const batch = this.#batch;
    const number = this.#batchNumber++;
    const position = this.#journaled;
    this.#batch = { rows: [], keys: [] };
    const stalled = setTimeout(() => this.#fail(`a write has not come back for ${STALL_MS / 1000} s`), STALL_MS);
    const failed = (error: unknown): void => {
      void rootCause(error).then((cause) => {
        clearTimeout(stalled);
        this.#fail(String(cause), cause);
      });
    };
    try {
      // Encoded first: an error within `batch` would leave half of a transaction on the disk.
      const writes = this.#writesOf(batch, position);
      this.#options.lmdb
        .batch(() => this.#put(writes))
        .then(() => {
          clearTimeout(stalled);
          this.#stored(batch, number, position);
        }, failed);
    } catch (error) {
      failed(error);
    }
  }

  #writesOf({ rows, keys }: Group, position: number): StoredWrite[] {
    const values = this.#batchValues;
    values.reset();
    const writes = rows.map((entry) => values.row(entry));
    for (const entry of keys) if (!entry.index.primary) writes.push(values.key(entry));
    writes.push({ key: META_POSITION, value: numberValue(position) });
    writes.push({ key: META_IDS, value: numberValue(this.#options.idTime()) });
    return writes;
  }

  #put(writes: readonly StoredWrite[]): void {
    const { lmdb } = this.#options;
    for (const { key, value } of writes) {
      if (value === undefined) void lmdb.remove(key);
      else void lmdb.put(key, value);
    }
  }

  /** LMDB has the batch, on the disk: what it holds is read from there from now on. */
  #stored(batch: Group, number: number, position: number): void {
    if (this.#failed) return;
    this.#storing = false;
    const { lmdb, journal } = this.#options;
    // A read transaction that began before would miss what is dropped here.
    lmdb.resetReadTxn();
    for (const entry of batch.rows) if (entry.batch === number) settleRow(entry);
    const indexes = new Set<IndexState>();
    for (const entry of batch.keys) indexes.add(entry.index);
    for (const index of indexes) settleKeys(index, number);
    journal.release(position);
    if (!this.#isEmpty(this.#batch) && !this.#closing) this.#collecting ??= setTimeout(() => this.#store(), COLLECT_MS);
    this.#wake();
  }

  #fail(reason: string, cause?: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    clearTimeout(this.#collecting);
    this.#options.onFailure(new StoreFailedError(reason, cause));
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** From the overlay to the cache: what was written lately is likely to be read. */
function settleRow({ table, id, row, size }: RowEntry): void {
  table.overlay.delete(id);
  if (row === undefined) table.rows.delete(id);
  else table.rows.set(id, row, rowCost(size));
}

function settleKeys(index: IndexState, batch: number): void {
  const dropped = index.overlay.drop(batch);
  if (!index.codec.unique || index.primary) return;
  for (const { text, id, present } of dropped) {
    if (present) index.ids.set(text, id, keyCost(text));
    else index.ids.delete(text);
  }
}

function tooLong(index: IndexState, key: Uint8Array): string {
  return `a key of index ${index.codec.name} has ${key.length} bytes; at most ${MAX_INDEX_KEY_BYTES} are possible`;
}
