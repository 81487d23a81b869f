import type { Row } from "./component.js";

/** One row that has appeared, changed or gone. */
export type Change<R extends Row> =
  | { readonly kind: "insert"; readonly row: R; readonly old: undefined }
  | { readonly kind: "update"; readonly row: R; readonly old: R }
  | { readonly kind: "delete"; readonly row: undefined; readonly old: R };

/** `undefined` on either side: the row is not there. `undefined` as result: nothing has changed. */
export function changeBetween<R extends Row>(
  old: R | undefined,
  row: R | undefined,
  same: (a: R, b: R) => boolean,
): Change<R> | undefined {
  if (old === undefined) return row === undefined ? undefined : { kind: "insert", row, old };
  if (row === undefined) return { kind: "delete", row, old };
  return old === row || same(old, row) ? undefined : { kind: "update", row, old };
}

/** The row as it is, or was when it is gone. */
export function rowOf<R extends Row>(change: Change<R>): R {
  return change.kind === "delete" ? change.old : change.row;
}

const RANK = { delete: 0, update: 1, insert: 2 } as const;

/**
 * The order in which changes that came together are told: deletes, updates, inserts; each in the order of the index.
 * So a window never shows its application more rows than its limit.
 */
export function inOrder<R extends Row>(changes: Change<R>[], compare: (a: R, b: R) => number): readonly Change<R>[] {
  if (changes.length < 2) return changes;
  return changes.sort((a, b) => RANK[a.kind] - RANK[b.kind] || compare(rowOf(a), rowOf(b)));
}
