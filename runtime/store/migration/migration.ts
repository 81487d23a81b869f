import type { Value } from "./values.js";

/**
 * A row as migrations see it: by the names of the schema, `id` among them. An enum is the name of its value, 64-bit
 * integers are `bigint`.
 */
export type MigrationRow = Readonly<Record<string, Value>>;

/** What a migration is told beside the row. */
export interface MigrationContext {
  /** The row's id. */
  readonly id: bigint;
  /** As it will be called: `Inventory`, `Inventory:Shop`. */
  readonly table: string;
  /** When the upgrade began, in milliseconds since 1970 UTC; the same for all rows. */
  readonly now: number;
  /**
   * A row of any table as it is before the upgrade, as {@link MigrationRow}; `undefined`: there is none with this id.
   * @param table as it is stored: `Guild`, `Inventory:Shop`.
   */
  row(table: string, id: bigint): Promise<MigrationRow | undefined>;
  /** All rows of a table as they are before the upgrade, in the order of their ids. @param table as of {@link row}. */
  rows(table: string): AsyncIterable<MigrationRow>;
}

type Step = (
  row: MigrationRow,
  context: MigrationContext,
) => Readonly<Record<string, unknown>> | undefined | Promise<Readonly<Record<string, unknown>> | undefined>;

/** One step of an upgrade that the schema alone does not say. */
export interface Migration {
  /** The component whose rows it is given, by its new name; also for its copies. */
  readonly component: string;
  /** Fingerprint of the schema that the data must have; left out: any. */
  readonly from?: string;
  /** Columns that {@link up} has taken over, so that they may go without a word: `--drop` is not asked for. */
  readonly drops?: readonly string[];
  /**
   * Given a row of the old schema, tells the row of the new one; `undefined` deletes it. What it leaves as it was, or
   * leaves out, is carried over as without a migration. It may be called several times for a row, so it must not
   * depend on anything but what it is given.
   */
  readonly up: Step;
  /** The way back, for `hetu upgrade --down`: given a row of the new schema, tells that of the old one. */
  readonly down?: Step;
}

/** A migration and where it was found. */
export interface NamedMigration extends Migration {
  /** Name of its file without folder and extension; their order is that in which they run. */
  readonly name: string;
  /**
   * Fingerprint of its code with all of the project that it imports. Without one an upgrade that was interrupted begins
   * anew.
   */
  readonly code?: string;
}

/** What a file in `server/migrations` exports as its default. Does nothing but check the types. */
export function defineMigration(migration: Migration): Migration {
  return migration;
}
