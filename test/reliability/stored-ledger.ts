import type { Row } from "../../runtime/codegen/row.js";
import { readId } from "../../runtime/store/id-bytes.js";
import { layoutOf, type PartitionLayout } from "../../runtime/store/redis/registry/catalogue.js";
import { controlKeys } from "../../runtime/store/redis/registry/control-keys.js";
import { parseCatalogue } from "../../runtime/store/redis/registry/stored-catalogue.js";
import { RowReader } from "../../runtime/store/row-bytes.js";
import { schema } from "../fixtures/ledger/generated/server-ts/ledger/index.js";
import type { Database } from "./database.js";

export const TAG = "{hetu:ledger}";

export type TableName = "Account" | "Beat" | "Counter" | "Mark" | "Deposit" | "Presence";

/** What Redis has, read without any server of ours in between. */
export class StoredLedger {
  readonly #rows = new RowReader();
  #partitions: readonly PartitionLayout[] | undefined;

  constructor(readonly database: Database) {}

  async rows<R extends Row>(table: TableName): Promise<readonly R[]> {
    const { tag, layout } = await this.#find(table);
    const key = `${tag}:t${layout.space}`;
    const server = await this.database.serverOf(key);
    const found = await server.bytes("HGETALL", key);
    const rows: R[] = [];
    for (let i = 0; i + 1 < found.length; i += 2) {
      const [id, bytes] = [found[i], found[i + 1]];
      if (id === undefined || bytes === undefined) continue;
      rows.push(this.#rows.read(layout.codec, readId(id, 0), bytes) as R);
    }
    return rows;
  }

  /** Hash tag of the partition that has a table. */
  async tagOf(table: TableName): Promise<string> {
    return (await this.#find(table)).tag;
  }

  /** Whether a process has a lease, or nobody has cleaned up behind it. */
  async holdsLease(pid: number): Promise<boolean> {
    const { workers } = controlKeys(TAG);
    const places = (await (await this.database.serverOf(workers)).command("HVALS", workers)) as readonly string[];
    return places.some((place) => new RegExp(`\\b${pid}\\b`).test(place.split(" ").slice(4).join(" ")));
  }

  async #find(table: TableName): Promise<{ tag: string; layout: PartitionLayout["tables"][number] }> {
    this.#partitions ??= await this.#read();
    for (const { tag, tables } of this.#partitions) {
      const layout = tables.find(({ name }) => name === table);
      if (layout !== undefined) return { tag, layout };
    }
    throw new Error(`the catalogue has no table ${table}`);
  }

  async #read(): Promise<readonly PartitionLayout[]> {
    const { catalogue } = controlKeys(TAG);
    const text = await (await this.database.serverOf(catalogue)).command("GET", catalogue);
    return layoutOf(parseCatalogue(String(text), catalogue), schema, TAG).partitions;
  }
}
