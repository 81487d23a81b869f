import type { StoredColumn, StoredIndex, StoredTable } from "../schema/stored-schema.js";
import type { NamedMigration } from "./migration.js";
import type { WantedColumn, WantedIndex, WantedTable } from "./wanted.js";

/** Where the values of a column come from. */
export type ColumnStep = { readonly column: WantedColumn } & (
  | { readonly kind: "fill" }
  | { readonly kind: "keep"; readonly from: StoredColumn }
  | {
      readonly kind: "convert";
      readonly from: StoredColumn;
      /** What becomes of values that have no like. */
      readonly otherwise: "refuse" | "default" | "clamp";
    }
);

/** What becomes of one table. */
export interface TablePlan {
  /** As it will be called; of a table that goes: as it is. */
  readonly name: string;
  /** `undefined`: it is new. */
  readonly before: { readonly name: string; readonly table: StoredTable } | undefined;
  /** `undefined`: it goes. */
  readonly after: WantedTable | undefined;
  readonly steps: readonly ColumnStep[];
  readonly dropped: readonly StoredColumn[];
  /** Rows get other bytes. */
  readonly isRewrite: boolean;
  /** Rows of volatile tables are not carried over. */
  readonly isCleared: boolean;
  /** `from`: the stored index that has the same keys as long as rows are not written anew. */
  readonly indexes: readonly { readonly index: WantedIndex; readonly from: StoredIndex | undefined }[];
  /** In the order in which they run. */
  readonly migrations: readonly NamedMigration[];
  readonly direction: Direction;
  /** The rows stay where they are beside the new ones, for the way back. */
  readonly isKept: boolean;
}

/** Whether two rows may have one key of a unique index that had none before. */
export function mayCollide({ indexes, migrations }: TablePlan, index: WantedIndex): boolean {
  const from = indexes.find((each) => each.index === index)?.from;
  return index.unique && (from?.unique !== true || migrations.length > 0);
}

export type Direction = "up" | "down";
