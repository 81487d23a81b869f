import { LiveQuery } from "./live-query.js";
/** The row with a key, kept up to date: also while it does not exist, and when another one takes the key. */
export class LiveRow extends LiveQuery {
    /** `undefined` until it exists and after it is gone. A frozen object: the same one until a column changes. */
    get row() {
        return this.observer.subscription.rows.view[0];
    }
}
