import type { Row } from "../../codegen/row.js";
import type { RangeScan, Snapshot } from "../contract.js";
import { ID_BYTES, idBytes, readId } from "../id-bytes.js";
import { RowReader } from "../row-bytes.js";
import type { ReplicaLink } from "./link.js";
import type { RedisTable } from "./redis-table.js";
import { scanArguments } from "./scan-arguments.js";
import { LOOKUP, RANGE } from "./scripts.js";

/** The primary or a replica. */
export type ReadSource = ReplicaLink;

/** Reads rows of one partition. */
export class RedisReader {
  readonly #rows = new RowReader();
  #seen = 0;

  /** Of all states in which ranges were read or keys were found missing, the newest. */
  get seen(): number {
    return this.#seen;
  }

  get<R extends Row>(source: ReadSource, table: RedisTable<R>, id: bigint): Promise<R | undefined> {
    return source
      .command("HGET", table.rowsKey, [idBytes(id)])
      .then((reply) => (reply === null ? undefined : this.#rows.read(table.codec, id, reply as Buffer)));
  }

  lookup<R extends Row>(
    source: ReadSource,
    table: RedisTable<R>,
    index: number,
    key: Uint8Array,
  ): Promise<R | undefined> {
    if (index === 0) return this.get(source, table, readId(key, 0));
    return source
      .run(LOOKUP, keysOf(table, index), [key instanceof Buffer ? key : Buffer.from(key)])
      .then((reply) => this.#found(table, reply as Buffer | number));
  }

  range<R extends Row>(source: ReadSource, scan: RangeScan<R>): Promise<Snapshot<R>> {
    const table = scan.table as RedisTable<R>;
    return source.run(RANGE, keysOf(table, scan.index), scanArguments(scan)).then((reply) => {
      const [position, ids, ...rows] = reply as readonly [number, Buffer, ...Buffer[]];
      if (position > this.#seen) this.#seen = position;
      return { rows: rows.map((row, i) => this.#rows.read(table.codec, readId(ids, i * ID_BYTES), row)), position };
    });
  }

  #found<R extends Row>(table: RedisTable<R>, reply: Buffer | number): R | undefined {
    if (typeof reply !== "number") {
      return this.#rows.read(table.codec, readId(reply, 0), reply.subarray(ID_BYTES));
    }
    if (reply > this.#seen) this.#seen = reply;
    return undefined;
  }
}

function keysOf(table: RedisTable, index: number): readonly string[] {
  const keys = table.readKeys[index];
  if (keys === undefined) throw new RangeError(`${table.name} has no index ${index}`);
  return keys;
}
