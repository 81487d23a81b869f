import type { Table } from "../../contract.js";

/** A table and the number that the catalogue has given it: all that the feed needs to know of one. */
export interface FeedTable {
  readonly table: Table;
  readonly space: number;
}

/** Finds tables by the number of their space, and the other way round. */
export class FeedTables {
  readonly #tables: (Table | undefined)[] = [];
  readonly #spaces: (number | undefined)[] = [];

  constructor(tables: Iterable<FeedTable>) {
    for (const { table, space } of tables) {
      this.#tables[space] = table;
      this.#spaces[table.ordinal] = space;
    }
  }

  /** `undefined`: another process has the table, this one does not. */
  tableOf(space: number): Table | undefined {
    return this.#tables[space];
  }

  /** @throws Error when the table is of another store: a caller's mistake. */
  spaceOf(table: Table): number {
    const space = this.#spaces[table.ordinal];
    if (space === undefined) throw new Error(`table ${table.name} is not one of this store`);
    return space;
  }
}
