import { VERSION_BYTES } from "../row-bytes.js";
import { packedOrder, type StoredTable } from "../schema/stored-schema.js";
import type { StoredRow } from "./stored-row.js";
import type { MigrationRow } from "./migration.js";
import { readColumn, sliceRow, type Value } from "./values.js";

/** All rows as they are before the upgrade; the stores' part of it. */
export interface OldRows {
  /** By name. */
  readonly tables: Readonly<Record<string, StoredTable>>;
  get(table: string, id: bigint): Promise<Uint8Array | undefined> | Uint8Array | undefined;
  batches(table: string): AsyncIterable<readonly StoredRow[]> | Iterable<readonly StoredRow[]>;
}

/** Rows of other tables, for migrations. */
export class OldRowsReader {
  readonly #old: OldRows;

  constructor(old: OldRows) {
    this.#old = old;
  }

  /** @throws Error when there is no such table. */
  async row(name: string, id: bigint): Promise<MigrationRow | undefined> {
    const read = this.#reader(name);
    const bytes = await this.#old.get(name, id);
    return bytes === undefined ? undefined : read(id, bytes);
  }

  /** @throws Error when there is no such table. */
  async *rows(name: string): AsyncIterable<MigrationRow> {
    const read = this.#reader(name);
    for await (const batch of this.#old.batches(name)) for (const { id, bytes } of batch) yield read(id, bytes);
  }

  #reader(name: string): (id: bigint, bytes: Uint8Array) => MigrationRow {
    const { tables } = this.#old;
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (table === undefined) {
      throw new Error(`there is no table ${name} in the data: name one of ${Object.keys(tables).join(", ")}`);
    }
    const columns = packedOrder(table.columns);
    return (id, bytes) => {
      const slices = sliceRow(columns, bytes, VERSION_BYTES);
      const row: Record<string, Value> = { id };
      for (const [i, column] of columns.entries()) row[column.name] = readColumn(column, slices[i] as Uint8Array);
      return Object.freeze(row);
    };
  }
}
