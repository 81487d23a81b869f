import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { ACCOUNTS, FIRST_BALANCE, ITEMS } from "../runtime/systems.js";

/** KEYS: index, rows. ARGV: key. Returns id, version and row as one string. */
const LOOKUP = `
local member = redis.call("ZRANGE", KEYS[1], "[" .. ARGV[1], "+", "BYLEX", "LIMIT", 0, 1)[1]
if member and string.sub(member, 1, #ARGV[1]) == ARGV[1] then
  local id = string.sub(member, -8)
  return id .. redis.call("HGET", KEYS[2], id)
end
return false`;

/**
 * KEYS: meta, stream, rows of the tables. ARGV: what the stream is to tell; for each row the number of its key, its id,
 * the version that was read, its new bytes. Returns the position, or false when a version is another one.
 */
const COMMIT = `
for i = 2, #ARGV, 4 do
  if string.sub(redis.call("HGET", KEYS[tonumber(ARGV[i])], ARGV[i + 1]) or "", 1, 8) ~= ARGV[i + 2] then
    return false
  end
end
local position = redis.call("HINCRBY", KEYS[1], "p", 1)
local version = struct.pack("<d", position)
for i = 2, #ARGV, 4 do
  redis.call("HSET", KEYS[tonumber(ARGV[i])], ARGV[i + 1], version .. ARGV[i + 3])
end
redis.call("XADD", KEYS[2], "MAXLEN", "~", 65536, position .. "-0", "c", ARGV[1])
return position`;

const LOOKUP_DIGEST = digestOf(LOOKUP);
const COMMIT_DIGEST = digestOf(COMMIT);

interface BareTable {
  readonly name: string;
  /** How many are filled in, each with the value `first`. */
  readonly rows: number;
  readonly first: bigint;
}

const ITEM: BareTable = { name: "item", rows: ITEMS, first: 0n };
const SCORE: BareTable = { name: "score", rows: ITEMS, first: 0n };
const ACCOUNT: BareTable = { name: "account", rows: ACCOUNTS, first: FIRST_BALANCE };
const TABLES: readonly BareTable[] = [ITEM, SCORE, ACCOUNT];

const ID_BYTES = 8;
const VERSION_BYTES = 8;
/** As many as a stored `Item` has. */
const ROW_BYTES = 26;
const VALUE_AT = 4;
const FILL_BATCH = 1000;

/** A row that was read, and its new value. */
interface Touched {
  readonly table: BareTable;
  readonly id: Buffer;
  readonly version: Buffer;
  readonly row: Buffer;
}

/**
 * The limit that the runtime on Redis is measured against: a handler of one purpose that does the necessary script
 * calls and nothing else. It reads by an ordered index; it commits by one script that compares versions, writes, and
 * tells a stream; what is sent in one turn of the event loop leaves in one write. It has no schema, no permissions, no
 * fencing of dead processes, and nobody reads its stream.
 */
export class BareHandler {
  /** Commits that met a conflict. */
  again = 0;
  readonly #redis: Redis;
  readonly #tag: string;
  #corked = false;

  private constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#tag = `{${prefix}:bare}`;
  }

  static async open(url: string, prefix: string): Promise<BareHandler> {
    const redis = new Redis(url, { lazyConnect: true, protocol: 2 });
    await redis.connect();
    for (const script of [LOOKUP, COMMIT]) await redis.script("LOAD", script);
    return new BareHandler(redis, prefix);
  }

  /**
   * Writes the rows that the calls work on.
   * @param most Of each table.
   */
  async fill(most: number): Promise<void> {
    for (const table of TABLES) {
      for (let from = 0; from < Math.min(table.rows, most); from += FILL_BATCH) {
        const pipeline = this.#redis.pipeline();
        for (let key = from; key < Math.min(from + FILL_BATCH, table.rows); key++) {
          const id = Buffer.alloc(ID_BYTES);
          id.writeUInt32BE(key, VALUE_AT);
          const row = Buffer.alloc(VERSION_BYTES + ROW_BYTES);
          row.writeBigInt64LE(table.first, VERSION_BYTES + VALUE_AT);
          pipeline.hset(this.#rowsOf(table), id, row);
          pipeline.zadd(this.#indexOf(table), 0, Buffer.concat([keyOf(key), id]));
        }
        await pipeline.exec();
      }
    }
  }

  async call([, system, ...args]: ["rpc", string, ...number[]]): Promise<number> {
    const [first = 0, second = 0, amount = 0] = args;
    switch (system) {
      case "get":
        return valueOf(await this.#lookup(ITEM, first));
      case "get_update":
        return this.#transaction([[ITEM, first]], (values) => values.map((value) => value + 1n));
      case "get2_update2":
        return this.#transaction(
          [
            [ITEM, first],
            [SCORE, first],
          ],
          (values) => values.map((value) => value + 1n),
        );
      case "transfer":
        return this.#transaction(
          [
            [ACCOUNT, first],
            [ACCOUNT, second],
          ],
          ([from = 0n, to = 0n]) => [from - BigInt(amount), to + BigInt(amount)],
        );
      default:
        throw new Error(`there is no ${system}`);
    }
  }

  close(): void {
    this.#redis.disconnect();
  }

  /** Reads the rows together, then commits the new values; again until nothing has come in between. */
  async #transaction(
    keys: readonly (readonly [BareTable, number])[],
    change: (values: readonly bigint[]) => readonly bigint[],
  ): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      const read = await Promise.all(keys.map(([table, key]) => this.#lookup(table, key)));
      const values = change(read.map(valueOf).map(BigInt));
      read.forEach((touched, i) => touched.row.writeBigInt64LE(values[i] ?? 0n, VALUE_AT));
      if (await this.#commit(read)) return Number(values[0]);
      this.again++;
      await delay(Math.random() * 2 ** Math.min(attempt, 5));
    }
  }

  async #lookup(table: BareTable, key: number): Promise<Touched> {
    const keys = [this.#indexOf(table), this.#rowsOf(table)];
    const found = (await this.#send("evalsha", LOOKUP_DIGEST, 2, ...keys, keyOf(key))) as Buffer;
    return {
      table,
      id: found.subarray(0, ID_BYTES),
      version: found.subarray(ID_BYTES, ID_BYTES + VERSION_BYTES),
      row: found.subarray(ID_BYTES + VERSION_BYTES),
    };
  }

  async #commit(touched: readonly Touched[]): Promise<boolean> {
    const tables = [...new Set(touched.map(({ table }) => table))];
    const keys = [`${this.#tag}:m`, `${this.#tag}:f`, ...tables.map((table) => this.#rowsOf(table))];
    const entry = Buffer.concat(touched.flatMap(({ id, row }) => [id, row]));
    const steps = touched.flatMap(({ table, id, version, row }) => [tables.indexOf(table) + 3, id, version, row]);
    return (await this.#send("evalsha", COMMIT_DIGEST, keys.length, ...keys, entry, ...steps)) !== null;
  }

  #send(name: string, ...words: (string | number | Buffer)[]): Promise<unknown> {
    if (!this.#corked) {
      this.#corked = true;
      const socket = this.#redis.stream;
      socket.cork();
      setImmediate(() => {
        this.#corked = false;
        socket.uncork();
      });
    }
    return this.#redis.callBuffer(name, ...words);
  }

  #rowsOf({ name }: BareTable): string {
    return `${this.#tag}:t${name}`;
  }

  #indexOf({ name }: BareTable): string {
    return `${this.#tag}:i${name}`;
  }
}

function keyOf(key: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(key);
  return bytes;
}

function valueOf({ row }: Touched): number {
  return Number(row.readBigInt64LE(VALUE_AT));
}

function digestOf(script: string): string {
  return createHash("sha1").update(script).digest("hex");
}
