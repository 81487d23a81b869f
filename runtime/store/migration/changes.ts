/** What can change about stored data; `hetuc diff` has the same words. */
export type DataChangeKind =
  | "component-added"
  | "component-removed"
  | "component-renamed"
  | "column-added"
  | "column-removed"
  | "column-renamed"
  | "column-order-changed"
  | "column-type-widened"
  | "column-type-narrowed"
  | "column-type-changed"
  | "enum-value-added"
  | "enum-value-removed"
  | "enum-value-renumbered"
  | "index-added"
  | "index-removed"
  | "unique-added"
  | "unique-removed"
  | "volatile-added"
  | "volatile-removed"
  | "backend-changed"
  | "migration";

/** One difference between the data as it is and as the schema wants it. */
export interface DataChange {
  readonly kind: DataChangeKind;
  /** The table: `Inventory`, `Inventory:Shop`. */
  readonly component: string;
  /** Column or index. */
  readonly member?: string;
  /** One sentence without a full stop. */
  readonly description: string;
  /** Why values may be lost, as the end of a sentence; left out: none are. */
  readonly loss?: string;
  /** Options of which one allows the loss. With a loss and none of them, there is no way. */
  readonly allow?: readonly string[];
  /** One of {@link allow} was given. */
  readonly isAllowed?: boolean;
  /** What it may have been meant to be instead, and what to write for that. */
  readonly hint?: string;
}

/** Something about the rows themselves that stands in the way. */
export interface DataProblem {
  readonly component: string;
  readonly member?: string;
  /** One sentence without a full stop. */
  readonly description: string;
  /** Options of which one allows it. */
  readonly allow: readonly string[];
  /** As of {@link DataChange}. */
  readonly hint?: string;
}
