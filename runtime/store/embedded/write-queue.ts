import { ByteWriter } from "../../codegen/byte-writer.js";
import type { Row } from "../../codegen/row.js";
import { StoreFailedError } from "../errors.js";
import type { Durability } from "./durability.js";
import { rowKey, SPACE_BYTES } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";
import { META_IDS, META_POSITION, numberValue, readNumber } from "./meta.js";
import type { KeyEntry, RowEntry } from "./overlay.js";
import type { IndexState, TableState } from "./table-state.js";
import { rootCause } from "./write-error.js";

/** A write that takes longer than this will not come back: the disk hangs, or LMDB could not start a transaction. */
const STALL_MS = 10_000;

/** How often to look whether a batch that is being flushed is visible already. */
const LOOK_MS = 1;

/** Of an index key without space and id; what the compiler promises, too. */
const MAX_INDEX_KEY_BYTES = 1024;

const NO_VALUE = new Uint8Array(0);

interface Batch {
  readonly number: number;
  readonly rows: RowEntry[];
  readonly keys: KeyEntry[];
  position: number;
}

interface Write {
  readonly key: Uint8Array;
  /** `undefined`: removed. */
  readonly value: Uint8Array | undefined;
}

export interface WriteQueueOptions {
  readonly lmdb: Lmdb;
  readonly durability: Durability;
  /** The last durable position. */
  readonly position: number;
  /** What to persist as the floor of ids. */
  readonly idTime: () => number;
  readonly onDurable: (position: number) => void;
  readonly onFailure: (error: StoreFailedError) => void;
}

/**
 * Carries commits to LMDB in batches: one is being written while the next collects, so that a row that is written
 * often costs one write a batch, and the batches grow with the load. The position travels in the same transaction.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  /** Holds the values of the batch that LMDB is reading. */
  readonly #writer = new ByteWriter(1 << 16);
  #open: Batch;
  /** The batch that LMDB does not show yet. */
  #writing: Batch | undefined = undefined;
  #scheduled = false;
  #failed = false;
  #look: NodeJS.Timeout | undefined = undefined;
  /** Whether LMDB is at work on a batch. */
  #busy = false;
  #waiting: (() => void)[] = [];

  constructor(options: WriteQueueOptions) {
    this.#options = options;
    this.#open = { number: 1, rows: [], keys: [], position: options.position };
  }

  /** The newest state of a row; `undefined`: deleted. */
  row(table: TableState, id: bigint, row: Row | undefined): void {
    const batch = this.#open;
    const entry = table.overlay.get(id);
    if (entry === undefined) {
      const added: RowEntry = { table, id, row, batch: batch.number };
      table.overlay.set(id, added);
      batch.rows.push(added);
      return;
    }
    entry.row = row;
    if (entry.batch === batch.number) return;
    entry.batch = batch.number;
    batch.rows.push(entry);
  }

  /** The newest state of a key of an index. */
  key(index: IndexState, key: Uint8Array, id: bigint, present: boolean): void {
    const batch = this.#open;
    const bytes = index.entryKey(key, id);
    const text = bytes.toString("latin1", SPACE_BYTES);
    const entry = index.overlay.get(text);
    if (entry === undefined) {
      if (key.length > MAX_INDEX_KEY_BYTES) throw new RangeError(tooLong(index, key));
      const added: KeyEntry = { index, text, bytes, id, present, batch: batch.number };
      index.overlay.add(added);
      batch.keys.push(added);
      return;
    }
    entry.id = id;
    entry.present = present;
    if (entry.batch === batch.number) return;
    entry.batch = batch.number;
    batch.keys.push(entry);
  }

  /** Everything since the previous call belongs to this commit. */
  committed(position: number): void {
    this.#open.position = position;
    if (!this.#busy && !this.#scheduled && !this.#failed) this.#schedule();
  }

  /** Resolves when everything is durable, or the queue has failed. */
  async settled(): Promise<void> {
    while (!this.#failed && (this.#scheduled || this.#busy)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Commits of the same turn of the event loop go into one batch. */
  #schedule(): void {
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#write();
    });
  }

  #write(): void {
    const batch = this.#open;
    this.#open = { number: batch.number + 1, rows: [], keys: [], position: batch.position };
    this.#writing = batch;
    this.#busy = true;
    const stalled = setTimeout(() => this.#fail(`a write has not come back for ${STALL_MS / 1000} s`), STALL_MS);
    const failed = (error: unknown): void => {
      clearTimeout(stalled);
      void rootCause(error).then((cause) => this.#fail(String(cause), cause));
    };
    try {
      // Encoded first: an error within `batch` would leave half of a transaction on the disk.
      const writes = this.#encode(batch);
      const flushed = this.#options.lmdb.batch(() => this.#put(writes));
      flushed.then(() => {
        clearTimeout(stalled);
        this.#flushed(batch);
      }, failed);
      if (this.#options.durability === "commit") this.#lookFor(batch);
    } catch (error) {
      failed(error);
    }
  }

  /**
   * LMDB makes a transaction visible before it flushes it, but its binding tells only of the flush. Where that takes
   * long, the position in the database says that a batch is in. The next one waits for the flush all the same: the
   * binding does not get over an error of one batch while another is under way.
   */
  #lookFor(batch: Batch): void {
    this.#look = setTimeout(() => {
      if (this.#writing !== batch || this.#failed) return;
      const { lmdb } = this.#options;
      lmdb.resetReadTxn();
      if (readNumber(lmdb, META_POSITION) === batch.position) this.#visible(batch);
      else this.#lookFor(batch);
    }, LOOK_MS);
  }

  #put(writes: readonly Write[]): void {
    const { lmdb } = this.#options;
    for (const { key, value } of writes) {
      if (value === undefined) void lmdb.remove(key);
      else void lmdb.put(key, value);
    }
  }

  #encode(batch: Batch): Write[] {
    const writer = this.#writer.reset();
    const writes: Write[] = [];
    for (const { table, id, row } of batch.rows) {
      const key = rowKey(table.space, id);
      if (row === undefined) {
        writes.push({ key, value: undefined });
        continue;
      }
      const start = writer.length;
      writer.f64(row.$version);
      table.codec.encode(row, writer);
      writes.push({ key, value: writer.peek().subarray(start) });
    }
    for (const { index, bytes, id, present } of batch.keys) {
      if (index.primary) continue;
      if (!present || !index.codec.unique) {
        writes.push({ key: bytes, value: present ? NO_VALUE : undefined });
        continue;
      }
      const start = writer.length;
      writer.i64(id);
      writes.push({ key: bytes, value: writer.peek().subarray(start) });
    }
    writes.push({ key: META_POSITION, value: numberValue(batch.position) });
    writes.push({ key: META_IDS, value: numberValue(this.#options.idTime()) });
    return writes;
  }

  #flushed(batch: Batch): void {
    if (this.#failed) return;
    clearTimeout(this.#look);
    if (this.#writing === batch) this.#visible(batch);
    this.#busy = false;
    if (this.#open.position > batch.position) this.#schedule();
    if (this.#options.durability === "flush") this.#durable(batch.position);
    else this.#wake();
  }

  /** The batch is in LMDB: what it holds is read from there from now on. */
  #visible(batch: Batch): void {
    this.#writing = undefined;
    // A read transaction that began before the commit would miss what is dropped here.
    this.#options.lmdb.resetReadTxn();
    const indexes = new Set<IndexState>();
    for (const { table, id, batch: last } of batch.rows) {
      if (last === batch.number) table.overlay.delete(id);
    }
    for (const { index } of batch.keys) indexes.add(index);
    for (const index of indexes) index.overlay.drop(batch.number);
    if (this.#options.durability === "commit") this.#durable(batch.position);
  }

  #durable(position: number): void {
    if (this.#failed) return;
    this.#options.onDurable(position);
    this.#wake();
  }

  #fail(reason: string, cause?: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#options.onFailure(new StoreFailedError(reason, cause));
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function tooLong(index: IndexState, key: Uint8Array): string {
  return `a key of index ${index.codec.name} has ${key.length} bytes; at most ${MAX_INDEX_KEY_BYTES} are possible`;
}
