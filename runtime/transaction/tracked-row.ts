import type { Row } from "../codegen/row.js";
import type { RowRead, Table } from "../store/contract.js";

/** What a transaction has done with a row. */
export type RowState = "absent" | "read" | "changed" | "inserted" | "deleted";

/** The one place in a transaction where a row of a table lives; also its entry in the read set. */
export class TrackedRow implements RowRead {
  /** The object that user code has; `undefined` when absent or deleted. */
  row: Row | undefined;
  state: RowState;
  /** The row as it was read, once it was changed or deleted. */
  before: Row | undefined = undefined;
  /** Index keys of `row` as text, by index; dropped when it changes. */
  keys: (string | undefined)[] | undefined = undefined;

  /**
   * @param version As read; 0 when there was no row.
   * @param position Of the store when it was read.
   */
  constructor(
    readonly table: Table,
    readonly id: bigint,
    readonly version: number,
    readonly position: number,
    row: Row | undefined,
    state: RowState,
  ) {
    this.row = row;
    this.state = state;
  }

  /** Whether the store has a row here that this transaction has touched. */
  get hidesStored(): boolean {
    return this.before !== undefined;
  }
}
