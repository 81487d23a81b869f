import type { Row } from "./component.js";
/** Rows in the order of an index, kept sorted as they come and go. */
export declare class RowSet<R extends Row> {
    #private;
    /** @param compare a total order: 0 only for the same id and the same key. */
    constructor(compare: (a: R, b: R) => number);
    get size(): number;
    get ids(): readonly bigint[];
    /** A frozen array that is the same object until a row changes. */
    get view(): readonly R[];
    get(id: bigint): R | undefined;
    set(row: R): void;
    delete(id: bigint): void;
    /** Takes the place of everything. */
    replace(rows: Iterable<R>): void;
}
