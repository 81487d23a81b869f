/** `undefined` on either side: the row is not there. `undefined` as result: nothing has changed. */
export function changeBetween(old, row, same) {
    if (old === undefined)
        return row === undefined ? undefined : { kind: "insert", row, old };
    if (row === undefined)
        return { kind: "delete", row, old };
    return old === row || same(old, row) ? undefined : { kind: "update", row, old };
}
/** The row as it is, or was when it is gone. */
export function rowOf(change) {
    return change.kind === "delete" ? change.old : change.row;
}
const RANK = { delete: 0, update: 1, insert: 2 };
/**
 * The order in which changes that came together are told: deletes, updates, inserts; each in the order of the index.
 * So a window never shows its application more rows than its limit.
 */
export function inOrder(changes, compare) {
    if (changes.length < 2)
        return changes;
    return changes.sort((a, b) => RANK[a.kind] - RANK[b.kind] || compare(rowOf(a), rowOf(b)));
}
