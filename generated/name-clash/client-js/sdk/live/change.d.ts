import type { Row } from "./component.js";
/** One row that has appeared, changed or gone. */
export type Change<R extends Row> = {
    readonly kind: "insert";
    readonly row: R;
    readonly old: undefined;
} | {
    readonly kind: "update";
    readonly row: R;
    readonly old: R;
} | {
    readonly kind: "delete";
    readonly row: undefined;
    readonly old: R;
};
/** `undefined` on either side: the row is not there. `undefined` as result: nothing has changed. */
export declare function changeBetween<R extends Row>(old: R | undefined, row: R | undefined, same: (a: R, b: R) => boolean): Change<R> | undefined;
/** The row as it is, or was when it is gone. */
export declare function rowOf<R extends Row>(change: Change<R>): R;
/**
 * The order in which changes that came together are told: deletes, updates, inserts; each in the order of the index.
 * So a window never shows its application more rows than its limit.
 */
export declare function inOrder<R extends Row>(changes: Change<R>[], compare: (a: R, b: R) => number): readonly Change<R>[];
