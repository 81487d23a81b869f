import type { Row } from "./component.js";
import { LiveQuery } from "./live-query.js";
/** The rows of a range of an index, kept up to date. */
export declare class LiveRange<R extends Row> extends LiveQuery<R> {
    /**
     * In the order of the index, ties by id; from the greatest on with `desc`. A frozen array: the same object until
     * something changes, and rows that did not change are the same objects in the next one.
     */
    get rows(): readonly R[];
}
