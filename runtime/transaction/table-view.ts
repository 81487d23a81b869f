import { unset } from "../codegen/check-values.js";
import { Row, type RowTracker } from "../codegen/row.js";
import type { RangeOptions } from "../schema/bound.js";
import type { KeyRead, MaybePromise, RangeRead, RangeScan, RowChange, Store } from "../store/contract.js";
import { keyText } from "../store/key-text.js";
import { closedTracker } from "./closed-tracker.js";
import { RowNotFoundError, TransactionTooLargeError } from "./errors.js";
import { andThen, both } from "./maybe-promise.js";
import { OwnKeys } from "./own-keys.js";
import { mergeOwn } from "./own-range.js";
import { scanOf } from "./scan.js";
import type { TablePlan } from "./table-plan.js";
import { TrackedRow } from "./tracked-row.js";
import { violation } from "./unique-check.js";

type Values = Readonly<Record<string, unknown>>;

/** What a view needs of the transaction that it belongs to. */
export interface ViewedTransaction {
  readonly store: Store;
  /** Schema name of the system that was called from outside. */
  readonly system: string;
  /** Start of the call, in milliseconds since 1970. */
  readonly now: number;
  /** Counts how often the store was asked. */
  operations: number;
  /** Counts the rows that ranges gave. */
  rangeRows: number;
  /** @throws TransactionClosedError */
  check(): void;
  /** An id for a new row; waits while none may be given. */
  newId(): MaybePromise<bigint>;
  readRow(row: TrackedRow): void;
  readKey(read: KeyRead): void;
  readRange(read: RangeRead): void;
  /** Nothing can be committed any more. */
  spoil(error: Error): void;
  /** User code goes on after this. */
  resumed(): void;
  /** Follows a promise for user code; a rejection that nobody saw fails the commit instead of the process. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** A failed operation whose promise user code has; it must be seen before the commit. */
  failed<T>(error: unknown): Promise<T>;
}

/**
 * One table as one transaction sees it: what it has read, what it has written, and the store below. This is also the
 * object behind `ctx.Position`; the generated interfaces give it its types.
 */
export class TableView implements RowTracker {
  readonly #transaction: ViewedTransaction;
  readonly #plan: TablePlan;
  readonly #rows = new Map<bigint, TrackedRow>();
  /** Rows that were changed, inserted or deleted, in the order of the first time. */
  readonly #written: TrackedRow[] = [];
  readonly #own: OwnKeys;
  /** Keys of unique indexes that the store did not have, as text by index. */
  #absent: Set<string>[] | undefined = undefined;

  constructor(transaction: ViewedTransaction, plan: TablePlan) {
    this.#transaction = transaction;
    this.#plan = plan;
    this.#own = new OwnKeys(plan, this);
  }

  get(key: Values): Promise<Row | undefined> {
    return this.#run(() => this.#get(key));
  }

  range(index: string, left?: unknown, right?: unknown, options?: RangeOptions): Promise<Row[]> {
    return this.#run(() => this.#range(index, left, right, options));
  }

  upsert(key: Values, values?: Values): Promise<Row> {
    return this.#run(() =>
      andThen(this.#get(key), (found) => {
        // Another operation of this transaction may have made it while the store was asked.
        const { id } = key;
        const known = found ?? this.#made(key) ?? (typeof id === "bigint" ? this.#create(id, key, true) : undefined);
        // The same while an id was waited for.
        const row =
          known ?? andThen(this.#transaction.newId(), (given) => this.#made(key) ?? this.#create(given, key, true));
        return andThen(row, (made) => {
          if (values !== undefined) this.#plan.table.codec.assign(made, values);
          return made;
        });
      }),
    );
  }

  insert(values: Values): Promise<Row> {
    return this.#run(() => {
      const { codec } = this.#plan.table;
      return andThen(this.#transaction.newId(), (id) => {
        const row = codec.create(id, values, this.#transaction.now, false);
        return andThen(this.#checkFree(row), () => this.#add(row));
      });
    });
  }

  update(target: Values | Row, patch: Values): Promise<Row> {
    return this.#run(() =>
      andThen(this.#target(target), (row) => {
        if (row === undefined) throw new RowNotFoundError(this.#plan.table.name, keyOf(target));
        this.#plan.table.codec.assign(row, patch);
        return row;
      }),
    );
  }

  delete(target: Values | Row): Promise<boolean> {
    return this.#run(() =>
      andThen(this.#target(target), (row) => {
        if (row === undefined) return false;
        this.#remove(this.#rows.get(row.id) as TrackedRow, row);
        return true;
      }),
    );
  }

  beforeChange(row: Row): void {
    this.#transaction.check();
    const tracked = this.#rows.get(row.id);
    if (tracked?.row !== row) throw new RowNotFoundError(this.#plan.table.name, { id: row.id });
    if (tracked.state === "read") {
      tracked.before = this.#plan.table.codec.clone(row);
      tracked.state = "changed";
      this.#written.push(tracked);
    }
    this.#own.changing(tracked);
    row.$tracker = undefined;
  }

  /** Whether there is anything to commit. */
  get written(): boolean {
    return this.#written.length > 0;
  }

  /**
   * Appends the changes of this table.
   * @throws SchemaValueError when a new row is incomplete, UniqueViolationError when a row takes another's key.
   */
  collect(changes: RowChange[]): Promise<void> | undefined {
    const { table, hasBytes } = this.#plan;
    let pending: Promise<void> | undefined;
    for (const tracked of this.#written) {
      const { id, state, before, row } = tracked;
      if (state === "absent") continue;
      if (state === "inserted" && row !== undefined) {
        const missing = table.codec.missing(row);
        if (missing !== undefined) unset(`${table.codec.name}.${missing}`);
      }
      // Bytes can change without an assignment, and rows of a committed change may not.
      changes.push({ table, id, before, after: row !== undefined && hasBytes ? table.codec.clone(row) : row });
    }
    for (const index of this.#plan.uniques) {
      pending = both(
        pending,
        this.#own.checkUnique(index, this.#written, (key) => this.#stored(index, key)),
      );
    }
    return pending;
  }

  close(): void {
    if (this.#written.length === 0) return;
    const closed = closedTracker(this.#transaction.system);
    for (const { row } of this.#written) {
      if (row !== undefined) row.$tracker = closed;
    }
  }

  /** Runs one operation for user code. */
  #run<T>(operation: () => MaybePromise<T>): Promise<T> {
    const transaction = this.#transaction;
    try {
      transaction.check();
      const result = operation();
      if (result instanceof Promise) return transaction.follow(result);
      transaction.resumed();
      return Promise.resolve(result);
    } catch (error) {
      return transaction.failed(error);
    }
  }

  #get(key: Values): MaybePromise<Row | undefined> {
    const plan = this.#plan;
    const index = plan.keyed(key);
    const bytes = plan.keyBytes(index, key);
    if (index === 0) return this.#byId(key["id"] as bigint);
    const own = this.#written.length === 0 ? undefined : this.#own.find(index, bytes, this.#written);
    if (own !== undefined) return own.row;
    return andThen(this.#stored(index, bytes), (found) =>
      found === undefined || found.hidesStored ? this.#made(key) : found.row,
    );
  }

  /** The row with this key that this transaction has written. */
  #made(key: Values): Row | undefined {
    if (this.#written.length === 0) return undefined;
    const index = this.#plan.keyed(key);
    if (index === 0) return this.#rows.get(key["id"] as bigint)?.row;
    return this.#own.find(index, this.#plan.keyBytes(index, key), this.#written)?.row;
  }

  #byId(id: bigint): MaybePromise<Row | undefined> {
    const tracked = this.#rows.get(id);
    if (tracked !== undefined) return tracked.row;
    const { table } = this.#plan;
    const { position } = this.#transaction.store;
    this.#transaction.operations++;
    return andThen(this.#transaction.store.get(table, id), (row) => {
      if (row !== undefined) return this.#track(row, position).row;
      const known = this.#rows.get(id);
      if (known !== undefined) return known.row;
      this.#note(new TrackedRow(table, id, 0, position, undefined, "absent"));
      return undefined;
    });
  }

  /** The store's row with this key of a unique index, whatever this transaction has made of it since. */
  #stored(index: number, key: Uint8Array): MaybePromise<TrackedRow | undefined> {
    const text = keyText(key);
    const absent = ((this.#absent ??= [])[index] ??= new Set());
    if (absent.has(text)) return undefined;
    const { table } = this.#plan;
    const { position } = this.#transaction.store;
    this.#transaction.operations++;
    return andThen(this.#transaction.store.lookup(table, index, key), (row) => {
      if (row !== undefined) return this.#track(row, position);
      absent.add(text);
      this.#transaction.readKey({ table, index, key, position });
      return undefined;
    });
  }

  #range(name: string, left: unknown, right: unknown, options: RangeOptions | undefined): MaybePromise<Row[]> {
    const { table } = this.#plan;
    const index = this.#plan.indexNamed(name);
    const wanted = scanOf(table, index, left, right, options);
    if (wanted === undefined) return [];
    const hidden = this.#written.reduce((count, tracked) => (tracked.hidesStored ? count + 1 : count), 0);
    const scan = this.#bounded(hidden === 0 ? wanted : { ...wanted, limit: wanted.limit + hidden });
    const { position } = this.#transaction.store;
    this.#transaction.operations++;
    return andThen(this.#transaction.store.range(scan), (rows) => {
      this.#countRows(name, rows.length);
      this.#transaction.readRange({ scan, ids: rows.map(({ id }) => id), position });
      const tracked = rows.map((row) => this.#track(row, position));
      if (this.#written.length > 0) return mergeOwn(wanted, tracked, this.#own.settled(this.#written), this.#own);
      return tracked.flatMap(({ row }) => row ?? []);
    });
  }

  /** No more than one row above what the transaction may still read: enough to see that it is too much. */
  #bounded(scan: RangeScan): RangeScan {
    const { store, rangeRows } = this.#transaction;
    const most = store.maxRangeRows - rangeRows + 1;
    return scan.limit <= most ? scan : { ...scan, limit: Math.max(1, most) };
  }

  /** @throws TransactionTooLargeError */
  #countRows(index: string, rows: number): void {
    const transaction = this.#transaction;
    transaction.rangeRows += rows;
    const { rangeRows, store, system } = transaction;
    if (rangeRows <= store.maxRangeRows) return;
    const error = new TransactionTooLargeError(system, this.#plan.table.name, index, rangeRows, store.maxRangeRows);
    transaction.spoil(error);
    throw error;
  }

  /** The row object that user code means. */
  #target(target: Values | Row): MaybePromise<Row | undefined> {
    if (!(target instanceof Row)) return this.#get(target);
    const tracked = this.#rows.get(target.id);
    return tracked === undefined ? this.#byId(target.id) : tracked.row;
  }

  #create(id: bigint, values: Values, partial: boolean): Row {
    const { codec } = this.#plan.table;
    return this.#add(codec.create(id, values, this.#transaction.now, partial));
  }

  #add(row: Row): Row {
    const known = this.#rows.get(row.id);
    if (known === undefined) {
      const tracked = new TrackedRow(this.#plan.table, row.id, 0, 0, row, "inserted");
      this.#rows.set(row.id, tracked);
      this.#written.push(tracked);
      this.#own.changing(tracked);
      return row;
    }
    if (known.state === "deleted") {
      known.state = "changed";
      row.$version = known.version;
    } else {
      known.state = "inserted";
      if (!this.#written.includes(known)) this.#written.push(known);
    }
    known.row = row;
    this.#own.changing(known);
    return row;
  }

  #remove(tracked: TrackedRow, row: Row): void {
    const { codec } = this.#plan.table;
    if (tracked.state === "read") this.#written.push(tracked);
    tracked.before ??= tracked.state === "inserted" ? undefined : codec.clone(row);
    tracked.state = tracked.state === "inserted" ? "absent" : "deleted";
    this.#own.changing(tracked);
    tracked.row = undefined;
    row.$tracker = this;
  }

  #track(row: Row, position: number): TrackedRow {
    const known = this.#rows.get(row.id);
    if (known !== undefined) return known;
    row.$tracker = this;
    return this.#note(new TrackedRow(this.#plan.table, row.id, row.$version, position, row, "read"));
  }

  #note(tracked: TrackedRow): TrackedRow {
    this.#rows.set(tracked.id, tracked);
    this.#transaction.readRow(tracked);
    return tracked;
  }

  /** @throws UniqueViolationError when the row would take a key that is in use. */
  #checkFree(row: Row): MaybePromise<void> {
    let pending: Promise<void> | undefined;
    for (const index of this.#plan.uniques) {
      const key = this.#plan.index(index).key(row);
      const own = this.#written.length === 0 ? undefined : this.#own.find(index, key, this.#written);
      if (own !== undefined) throw violation(this.#plan, index, row);
      const checked = andThen(this.#stored(index, key), (found) => {
        if (found !== undefined && !found.hidesStored) throw violation(this.#plan, index, row);
      });
      if (checked instanceof Promise) pending = both(pending, checked);
    }
    return pending;
  }
}

/** What an error says of the row that was meant. */
function keyOf(target: Values | Row): Values {
  return target instanceof Row ? { id: target.id } : target;
}
