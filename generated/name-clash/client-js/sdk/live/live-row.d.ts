import type { Row } from "./component.js";
import { LiveQuery } from "./live-query.js";
/** The row with a key, kept up to date: also while it does not exist, and when another one takes the key. */
export declare class LiveRow<R extends Row> extends LiveQuery<R> {
    /** `undefined` until it exists and after it is gone. A frozen object: the same one until a column changes. */
    get row(): R | undefined;
}
