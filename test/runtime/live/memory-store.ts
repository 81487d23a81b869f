import type { Row } from "../../../runtime/codegen/row.js";
import type { Schema } from "../../../runtime/schema/schema.js";
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
} from "../../../runtime/store/contract.js";

/**
 * The contract of a store over plain maps that are sorted at every read: slow and obviously right, so it also says
 * what a query must give. It does not validate reads.
 */
export class MemoryStore implements Store {
  readonly shared: boolean = false;
  readonly floor = 0;
  readonly maxRangeRows = Infinity;
  readonly tables: readonly Table[];
  readonly #rows = new Map<Table, Map<bigint, Row>>();
  readonly #listeners = new Set<(commit: Commit) => void>();
  #position = 0;
  #ids = 0n;
  /** Scans and look-ups so far. */
  reads = 0;

  constructor(schema: Schema) {
    this.tables = schema.tables.map(({ name, component }, ordinal) => {
      const codec = schema.components.find((one) => one.name === component);
      if (codec === undefined) throw new Error(`no component ${component}`);
      return { name, codec, ordinal };
    });
    for (const table of this.tables) this.#rows.set(table, new Map());
  }

  get position(): number {
    return this.#position;
  }

  get durablePosition(): number {
    return this.#position;
  }

  table(name: string): Table {
    const table = this.tables.find((one) => one.name === name);
    if (table === undefined) throw new Error(`no table ${name}`);
    return table;
  }

  get<R extends Row>(table: Table<R>, id: bigint): MaybePromise<R | undefined> {
    const row = this.#of(table).get(id);
    return row && table.codec.clone(row);
  }

  lookup<R extends Row>(table: Table<R>, index: number, key: Uint8Array): MaybePromise<R | undefined> {
    const codec = table.codec.indexes[index];
    const row = [...this.#of(table).values()].find((one) => codec !== undefined && same(codec.key(one), key));
    this.reads++;
    return row && table.codec.clone(row);
  }

  range<R extends Row>(scan: RangeScan<R>): MaybePromise<R[]> {
    this.reads++;
    return this.scan(scan);
  }

  scan<R extends Row>({ table, index, lower, upper, limit, desc }: RangeScan<R>): R[] {
    const codec = table.codec.indexes[index];
    if (codec === undefined) throw new Error(`no index ${index}`);
    const found = [...this.#of(table).values()]
      .map((row) => ({ row, key: codec.key(row) }))
      .filter(({ key }) => Buffer.compare(key, lower) >= 0)
      .filter(({ key }) => upper === undefined || Buffer.compare(key, upper) < 0)
      .sort((a, b) => Buffer.compare(a.key, b.key) || (a.row.id < b.row.id ? -1 : 1));
    if (desc) found.reverse();
    return found.slice(0, limit).map(({ row }) => table.codec.clone(row));
  }

  snapshot<R extends Row>(scan: RangeScan<R>): MaybePromise<Snapshot<R>> {
    this.reads++;
    return { rows: this.scan(scan), position: this.#position };
  }

  stale(): Store {
    return this;
  }

  commit(_reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): CommitResult {
    if (changes.length === 0) return { status: "committed", position: this.#position };
    const position = ++this.#position;
    for (const { table, id, after } of changes) {
      if (after === undefined) this.#of(table).delete(id);
      else {
        after.$version = position;
        this.#of(table).set(id, after);
      }
    }
    this.announce({ position, changes, message, own: true });
    return { status: "committed", position };
  }

  protected announce(commit: Commit): void {
    for (const listener of this.#listeners) listener(commit);
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  onReset(): () => void {
    return () => undefined;
  }

  onDurable(): () => void {
    return () => undefined;
  }

  onFailure(): () => void {
    return () => undefined;
  }

  nextId(): bigint {
    return ++this.#ids;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  #of<R extends Row>(table: Table<R>): Map<bigint, R> {
    const rows = this.#rows.get(table);
    if (rows === undefined) throw new Error(`no table ${table.name}`);
    return rows as Map<bigint, R>;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
