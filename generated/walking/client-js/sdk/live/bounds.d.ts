import type { ColumnKind } from "./column-kinds.js";
/** A bound that does not include its value; see {@link exclusive}. */
export declare class Exclusive<T> {
    readonly value: T;
    constructor(value: T);
}
/** One end of a range: a value (included), `exclusive(value)`, or `null` for no end. */
export type Bound<T> = T | Exclusive<T> | null;
/**
 * A bound of a range that is not part of it: `range("x", exclusive(0), 10)` is 0 < x ≤ 10. With the leading columns of
 * a composite index, `exclusive([1])` leaves out everything that starts with 1.
 */
export declare function exclusive<const T>(value: T): Exclusive<T>;
/** Both ends of a range as they travel. */
export interface WireBounds {
    readonly left: unknown;
    /** The very object `left` is when both are the same bound. */
    readonly right: unknown;
}
/**
 * Checks both ends of a range and writes them for the wire.
 *
 * @param left `undefined`: without `right` either the whole index, else no end.
 * @param right `undefined`: equal to `left`.
 * @param path component and index, for errors.
 * @throws SchemaValueError that names component, column, limit and value.
 */
export declare function wireBounds(columns: readonly ColumnKind[], left: unknown, right: unknown, paths: {
    readonly index: string;
    readonly columns: readonly string[];
}): WireBounds;
