import { type Bound } from "./bounds.js";
import type { CallSignal } from "../session/options.js";
import type { Component, Row } from "./component.js";
import type { LiveContext } from "./live-observer.js";
import { LiveRange } from "./live-range.js";
import { LiveRow } from "./live-row.js";
import type { Cursor, Page } from "./page.js";
import type { Parameters } from "./subscription.js";
/** Rows that a range holds when it is not told otherwise. */
export declare const DEFAULT_LIMIT = 1000;
export interface RangeOptions {
    /** Rows at most: the range is a window onto the first ones, and the next one moves in when one leaves. 1,000. */
    readonly limit?: number | undefined;
    /** From the greatest to the least; `false`. The left bound stays the lower one. */
    readonly desc?: boolean | undefined;
}
/** How rows are read once. */
export interface FetchOptions extends RangeOptions {
    /** `next` of the page before: the rows behind it. */
    readonly after?: Cursor | undefined;
    /** Whether to count all rows of the range; `false`. */
    readonly count?: boolean | undefined;
    /** Gives it up when it is aborted: the promise rejects with the signal's `reason`. */
    readonly signal?: CallSignal | undefined;
}
/** Queries one component. */
export interface Query<R extends Row, Key, Indexes> {
    /**
     * The row with this key, whether it exists yet or not.
     * @param key `{ id }`, or the columns of one unique index.
     * @throws SchemaValueError when a value is not of its column's type.
     */
    get(key: Key): LiveRow<R>;
    /**
     * The rows between two bounds, both included: a value, `exclusive(value)`, or `null` for no bound. For a composite
     * index, an array with a leading part of its columns.
     * @param index the column, or the columns joined by `,`.
     * @param left left out, with `right`: the whole index.
     * @param right left out: equal to `left`.
     * @throws SchemaValueError when a value is not of its column's type.
     */
    range<Name extends keyof Indexes & string>(index: Name, left?: Bound<Indexes[Name]>, right?: Bound<Indexes[Name]>, options?: RangeOptions): LiveRange<R>;
    /**
     * The rows of a {@link range} as they are now. Sent again when the link drops.
     *
     * On hetu.1 it is a live query that is ended at once: without `after`, and `count` and `next` never come.
     * @throws SubscriptionRefusedError, SchemaMismatchError, FetchTimeoutError (option `callTimeoutMs`),
     *   ConnectionClosedError (rejects)
     * @throws SchemaValueError when a value is not of its column's type.
     */
    fetch<Name extends keyof Indexes & string>(index: Name, left?: Bound<Indexes[Name]>, right?: Bound<Indexes[Name]>, options?: FetchOptions): Promise<Page<R>>;
}
export declare function query<R extends Row, Key, Indexes>(context: LiveContext, component: Component<R, Key, Indexes>): Query<R, Key, Indexes>;
/** What a `get` asks for: the range with both bounds at the key, which stays live while there is no row. */
export declare function keyParameters<R extends Row, Key, Indexes>(component: Component<R, Key, Indexes>, key: Readonly<Record<string, unknown>>): Parameters<R>;
export declare function rangeParameters<R extends Row, Key, Indexes>(component: Component<R, Key, Indexes>, name: string, left: unknown, right: unknown, { limit, desc }: RangeOptions): Parameters<R>;
