import type { IndexCodec, KeyRead, RangeRead, ReadSet, RowChange, RowRead } from "../contract.js";
import { ID_BYTES, idBytes, keyAndId, writeId } from "../id-bytes.js";
import { keyText } from "../key-text.js";
import { VERSION_BYTES } from "../row-bytes.js";
import { CommitTooLargeError } from "./errors.js";
import type { RedisArgument } from "./link.js";
import type { RedisTable } from "./redis-table.js";
import { scanArguments } from "./scan-arguments.js";

/** Of rows that one step checks: what a script can hand on to one command. */
const ROWS_A_STEP = 1_000;

/** Of an index key without the id; what the compiler promises, too. */
const MAX_INDEX_KEY_BYTES = 1024;

/** Words of one command; Redis breaks the connection above. */
const MAX_WORDS = 1024 * 1024;

/** `EVALSHA`, the digest and the number of keys. */
const COMMAND_WORDS = 3;

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
  readonly feedBytes: number;
}

/** Keys and arguments of commit.lua, whose header says what they mean. */
export class CommitArguments {
  readonly keys: string[];
  readonly args: RedisArgument[];
  readonly #tables: RedisTable[] = [];
  /** What writes, to be put behind all checks. */
  readonly #writes: RedisArgument[] = [];
  /** Keys of unique indexes that rows give away, and whose they were; only where there is more than one change. */
  readonly #given: Map<string, bigint> | undefined;
  /** Keys of unique indexes that rows get; true where another row of the commit gives it away. */
  #taken: Map<string, boolean> | undefined = undefined;

  /** @param common Keys of the partition's meta hash and stream. */
  constructor(common: readonly [string, string], head: CommitHead, reads: ReadSet, changes: readonly RowChange[]) {
    this.keys = [...common];
    this.args = [head.field, head.token, head.entry ?? NO_BYTES, head.feedLength, head.feedBytes];
    this.#given = changes.length > 1 ? new Map() : undefined;
    for (const change of changes) this.#takeAway(change);
    for (let i = 0; i < changes.length; i++) {
      const [from, to] = [head.rows[2 * i] as number, head.rows[2 * i + 1] as number];
      this.#put(changes[i] as RowChange, from, to);
    }
    this.#readRows(reads.rows);
    for (const read of reads.keys) this.#readKey(read);
    for (const read of reads.ranges) this.#readRange(read);
    for (const word of this.#writes) this.args.push(word);
    const words = COMMAND_WORDS + this.keys.length + this.args.length;
    if (words > MAX_WORDS) throw new CommitTooLargeError(changes.length, words, MAX_WORDS);
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
      const [indexKey, key] = [of.indexKeys[i] as string, index.key(before)];
      this.#writes.push("-", this.#key(indexKey, of), keyAndId(key, id));
      if (index.unique && i > 0) this.#given?.set(nameOf(indexKey, key), id);
    }
    if (after === undefined) this.#writes.push("d", this.#key(of.rowsKey, of), idBytes(id));
  }

  /** @param from Where the packed row is in the entry, @param to where it ends. */
  #put({ table, id, before, after }: RowChange, from: number, to: number): void {
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
      if (index.unique && i > 0) this.#take(of, i, number, key, id);
    }
  }

  /** Nobody may have the key of a unique index but a row that gives it away in the same commit. */
  #take(table: RedisTable, at: number, number: number, key: Uint8Array, id: bigint): void {
    const name = nameOf(table.indexKeys[at] as string, key);
    const giver = this.#given?.get(name);
    const given = giver !== undefined && giver !== id;
    this.args.push("u", number, asBuffer(key), given ? keyAndId(key, giver) : NO_BYTES);
    const taken = (this.#taken ??= new Map());
    if (taken.has(name)) {
      const { name: index } = table.codec.indexes[at] as IndexCodec;
      throw new Error(`two rows of ${table.name} would have the same key of its unique index ${index}`);
    }
    taken.set(name, given);
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
    if (this.#taken?.get(nameOf(indexKey, key)) === false) return;
    this.args.push("k", this.#key(indexKey, of), asBuffer(key));
  }

  #readRange({ scan, ids }: RangeRead): void {
    const table = scan.table as RedisTable;
    const bytes = Buffer.allocUnsafe(ids.length * ID_BYTES);
    for (const [i, id] of ids.entries()) writeId(bytes, i * ID_BYTES, id);
    this.args.push("g", this.#key(table.indexKeys[scan.index] as string, table), ...scanArguments(scan), bytes);
  }
}

function versionBytes(version: number): Buffer {
  if (version === 0) return NO_BYTES;
  const bytes = Buffer.allocUnsafe(VERSION_BYTES);
  bytes.writeDoubleLE(version);
  return bytes;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Tells a key of one index from those of all others. */
function nameOf(indexKey: string, key: Uint8Array): string {
  return `${indexKey} ${keyText(key)}`;
}

function tooLong(table: RedisTable, index: IndexCodec, key: Uint8Array): string {
  const most = `at most ${MAX_INDEX_KEY_BYTES} are possible`;
  return `a key of index ${index.name} of ${table.name} has ${key.length} bytes; ${most}`;
}
