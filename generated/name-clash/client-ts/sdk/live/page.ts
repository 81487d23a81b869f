import type { Row } from "./component.js";

/** Where a page of rows ends; to be given back as it is. */
export type Cursor = Uint8Array;

/** Rows that were read once. */
export interface Page<R extends Row> {
  /** Frozen, in the order of the index. */
  readonly rows: readonly R[];
  /** How many rows the whole range has, when it was asked for; never on hetu.1. */
  readonly count: number | undefined;
  /** Given as `after`, reads the rows behind these; `undefined` when there are none, and on hetu.1. */
  readonly next: Cursor | undefined;
}
