import type { IndexCodec, KeyRead, RangeRead, ReadSet, RowChange, RowRead } from "../contract.js";
import { ID_BYTES, idBytes, keyAndId, writeId } from "../id-bytes.js";
import { VERSION_BYTES } from "../row-bytes.js";
import type { RedisArgument } from "./link.js";
import type { RedisTable } from "./redis-table.js";
import { scanArguments } from "./scan-arguments.js";

/** Of rows that one step checks: what a script can hand on to one command. */
const ROWS_A_STEP = 1_000;

/** Of an index key without the id; what the compiler promises, too. */
const MAX_INDEX_KEY_BYTES = 1024;

const NO_BYTES = Buffer.alloc(0);

/** Who commits, and what the feed shall say. */
export interface CommitHead {
  /** Field of the writer's token. */
  readonly field: string;
  readonly token: Buffer;
  /** Entry of the feed; `undefined`: only validate. */
  readonly entry: Buffer | undefined;
  /** See `EntryEncoder.rows`. */
  readonly rows: readonly number[];
  readonly feedLength: number;
}

/** A key of a unique index that a row gets. */
interface TakenKey {
  readonly index: string;
  readonly key: Uint8Array;
  /** Another row of the same commit gives it away. */
  readonly given: boolean;
}

/** Keys and arguments of commit.lua, whose header says what they mean. */
export class CommitArguments {
  readonly keys: string[];
  readonly args: RedisArgument[];
  readonly #tables: RedisTable[] = [];
  /** What writes, to be put behind all checks. */
  readonly #writes: RedisArgument[] = [];
  #taken: TakenKey[] | undefined = undefined;

  /** @param common Keys of the partition's meta hash and stream. */
  constructor(common: readonly [string, string], head: CommitHead, reads: ReadSet, changes: readonly RowChange[]) {
    this.keys = [...common];
    this.args = [head.field, head.token, head.entry ?? NO_BYTES, head.feedLength];
    for (const change of changes) this.#takeAway(change);
    for (let i = 0; i < changes.length; i++) {
      const [from, to] = [head.rows[2 * i] as number, head.rows[2 * i + 1] as number];
      this.#put(changes[i] as RowChange, from, to, changes);
    }
    this.#readRows(reads.rows);
    for (const read of reads.keys) this.#readKey(read);
    for (const read of reads.ranges) this.#readRange(read);
    for (const word of this.#writes) this.args.push(word);
  }

  /** The table that a negative answer of the script means. */
  tableOf(answer: number): RedisTable {
    return this.#tables[-answer - 3] as RedisTable;
  }

  /** The number that scripts know the key by. */
  #key(key: string, table: RedisTable): number {
    const found = this.keys.indexOf(key, 2);
    if (found >= 0) return found + 1;
    this.#tables.push(table);
    return this.keys.push(key);
  }

  /** Takes the row, or the index keys that it no longer has, away. All of this comes before anything is put. */
  #takeAway({ table, id, before, after }: RowChange): void {
    if (before === undefined) return;
    const of = table as RedisTable;
    const { indexes } = of.codec;
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as IndexCodec;
      if (after !== undefined && index.sameKey(before, after)) continue;
      this.#writes.push("-", this.#key(of.indexKeys[i] as string, of), keyAndId(index.key(before), id));
    }
    if (after === undefined) this.#writes.push("d", this.#key(of.rowsKey, of), idBytes(id));
  }

  /** @param from Where the packed row is in the entry, @param to where it ends. */
  #put(change: RowChange, from: number, to: number, changes: readonly RowChange[]): void {
    const { table, id, before, after } = change;
    if (after === undefined) return;
    const of = table as RedisTable;
    const { indexes } = of.codec;
    this.#writes.push("h", this.#key(of.rowsKey, of), idBytes(id), from + 1, to);
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i] as IndexCodec;
      if (before !== undefined && index.sameKey(before, after)) continue;
      const key = index.key(after);
      const number = this.#key(of.indexKeys[i] as string, of);
      if (key.length > MAX_INDEX_KEY_BYTES) throw new RangeError(tooLong(of, index, key));
      this.#writes.push("+", number, keyAndId(key, id));
      // The index on `id` is as the rows are.
      if (index.unique && i > 0) this.#take(of, i, number, key, change, changes);
    }
  }

  /** Nobody may have the key of a unique index but a row that gives it away in the same commit. */
  #take(
    table: RedisTable,
    at: number,
    number: number,
    key: Uint8Array,
    change: RowChange,
    changes: readonly RowChange[],
  ): void {
    const index = table.indexKeys[at] as string;
    const giver = changes.length === 1 ? undefined : giverOf(table, at, key, change, changes);
    this.args.push("u", number, asBuffer(key), giver === undefined ? NO_BYTES : keyAndId(key, giver.id));
    const taken = (this.#taken ??= []);
    if (taken.some((other) => other.index === index && sameKey(other.key, key))) {
      throw new Error(`two rows of ${table.name} would have the same key of its unique index ${nameOf(table, at)}`);
    }
    taken.push({ index, key, given: giver !== undefined });
  }

  #readRows(rows: readonly RowRead[]): void {
    for (let from = 0; from < rows.length;) {
      const table = (rows[from] as RowRead).table as RedisTable;
      let to = from + 1;
      while (to < rows.length && to - from < ROWS_A_STEP && (rows[to] as RowRead).table === table) to++;
      this.args.push("r", this.#key(table.rowsKey, table), to - from);
      for (let i = from; i < to; i++) this.args.push(idBytes((rows[i] as RowRead).id));
      for (let i = from; i < to; i++) this.args.push(versionBytes((rows[i] as RowRead).version));
      from = to;
    }
  }

  #readKey({ table, index, key }: KeyRead): void {
    const of = table as RedisTable;
    const indexKey = of.indexKeys[index] as string;
    // The check that comes with taking the key says the same.
    if (this.#taken?.some((taken) => !taken.given && taken.index === indexKey && sameKey(taken.key, key)) === true)
      return;
    this.args.push("k", this.#key(indexKey, of), asBuffer(key));
  }

  #readRange({ scan, ids }: RangeRead): void {
    const table = scan.table as RedisTable;
    const bytes = Buffer.allocUnsafe(ids.length * ID_BYTES);
    for (const [i, id] of ids.entries()) writeId(bytes, i * ID_BYTES, id);
    this.args.push("g", this.#key(table.indexKeys[scan.index] as string, table), ...scanArguments(scan), bytes);
  }
}

/** The row of the same commit that has had the key and has it no longer. */
function giverOf(
  table: RedisTable,
  at: number,
  key: Uint8Array,
  change: RowChange,
  changes: readonly RowChange[],
): RowChange | undefined {
  const index = table.codec.indexes[at] as IndexCodec;
  return changes.find(({ table: other, id, before, after }) => {
    if (other !== table || before === undefined || id === change.id) return false;
    return sameKey(index.key(before), key) && (after === undefined || !index.sameKey(before, after));
  });
}

function versionBytes(version: number): Buffer {
  if (version === 0) return NO_BYTES;
  const bytes = Buffer.allocUnsafe(VERSION_BYTES);
  bytes.writeDoubleLE(version);
  return bytes;
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function nameOf(table: RedisTable, at: number): string {
  return (table.codec.indexes[at] as IndexCodec).name;
}

function tooLong(table: RedisTable, index: IndexCodec, key: Uint8Array): string {
  const most = `at most ${MAX_INDEX_KEY_BYTES} are possible`;
  return `a key of index ${index.name} of ${table.name} has ${key.length} bytes; ${most}`;
}
