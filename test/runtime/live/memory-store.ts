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

/** Rows by id, by table. */
type State = Map<string, Map<bigint, Row>>;

/**
 * The contract of a store over plain maps that are sorted at every read: slow and obviously right, so it also says
 * what a query must give. It does not validate reads.
 */
export class MemoryStore implements Store {
  readonly shared: boolean = false;
  readonly maxRangeRows = Infinity;
  tables: readonly Table[];
  #rows: State = new Map();
  /** What each commit left behind, oldest first; rows are never written to. */
  #history: { readonly position: number; readonly rows: State }[] = [];
  readonly #listeners = new Set<(commit: Commit) => void>();
  #position = 0;
  #ids = 0n;
  /** Whether states of the past can be asked for. */
  protected readonly remembers: boolean = false;
  /** Whether nobody hears of commits. */
  muted = false;
  /** Scans and look-ups so far. */
  reads = 0;

  constructor(schema: Schema) {
    this.tables = schema.tables.map(({ name, component }, ordinal) => {
      const codec = schema.components.find((one) => one.name === component);
      if (codec === undefined) throw new Error(`no component ${component}`);
      return { name, codec, ordinal };
    });
  }

  get position(): number {
    return this.#position;
  }

  get durablePosition(): number {
    return this.#position;
  }

  get floor(): number {
    return 0;
  }

  /** The last commit, whether this process has heard of it or not. */
  get committed(): number {
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

  /** @param position of the state that is looked at. */
  scan<R extends Row>({ table, index, lower, upper, limit, desc }: RangeScan<R>, position = this.#position): R[] {
    const codec = table.codec.indexes[index];
    if (codec === undefined) throw new Error(`no index ${index}`);
    const found = [...this.#of(table, this.#stateAt(position)).values()]
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

  /** Other code, to which the same tables mean the same: codecs that are other objects. */
  exchangeCodecs(): void {
    this.tables = this.tables.map((table) => ({ ...table, codec: { ...table.codec } }));
  }

  /** The position of the newest state that is not newer than `position`: there are gaps where history was rewritten. */
  protected stateBefore(position: number): number {
    return this.#history.findLast((one) => one.position <= position)?.position ?? 0;
  }

  /** Undoes all commits behind a position. */
  protected rewind(position: number): void {
    this.#rows = copyOf(this.#stateAt(position));
    this.#position = position;
    this.#history = this.#history.filter((one) => one.position <= position);
  }

  /** Gives the present state another position, and forgets what was between it and `from`. */
  protected jump(position: number, from: number): number {
    this.#position = position;
    this.#history = this.#history.filter((one) => one.position <= from);
    this.#remember();
    return position;
  }

  stale(): Store {
    return this;
  }

  commit(_reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): CommitResult {
    if (changes.length === 0) return { status: "committed", position: this.#position };
    const position = ++this.#position;
    if (this.remembers) this.#rows = new Map(this.#rows);
    for (const table of this.remembers ? new Set(changes.map((change) => change.table)) : [])
      this.#rows.set(table.name, new Map(this.#of(table)));
    for (const { table, id, after } of changes) {
      if (after === undefined) this.#of(table).delete(id);
      else {
        after.$version = position;
        this.#of(table).set(id, after);
      }
    }
    this.#remember();
    if (!this.muted) this.announce({ position, changes, message, own: true });
    return { status: "committed", position };
  }

  protected announce(commit: Commit): void {
    for (const listener of this.#listeners) listener(commit);
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  onReset(_listener: (position: number) => void): () => void {
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

  #remember(): void {
    if (this.remembers) this.#history.push({ position: this.#position, rows: this.#rows });
  }

  #stateAt(position: number): State {
    if (position >= this.#position) return this.#rows;
    return this.#history.findLast((one) => one.position <= position)?.rows ?? new Map<string, Map<bigint, Row>>();
  }

  #of<R extends Row>(table: Table<R>, state = this.#rows): Map<bigint, R> {
    let rows = state.get(table.name);
    if (rows === undefined) state.set(table.name, (rows = new Map<bigint, Row>()));
    return rows as Map<bigint, R>;
  }
}

function copyOf(state: State): State {
  return new Map(Array.from(state, ([table, rows]) => [table, new Map(rows)]));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
