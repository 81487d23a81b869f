import { type Change } from "./change.js";
import type { Row } from "./component.js";
/**
 * Changes on their way to a `for await` that may be slower than they come. What waits is merged by row, so that it
 * never is more than the rows that the reader has seen and those that there are now: an insert and its delete vanish,
 * two updates become one.
 */
export declare class ChangeStream<R extends Row> implements AsyncIterableIterator<Change<R>> {
    #private;
    /** @param onReturn the reader has left the loop, or the stream has ended. */
    constructor(same: (a: R, b: R) => boolean, onReturn: () => void);
    push(change: Change<R>): void;
    /** No more changes will come. What waits is still read, then the loop ends, or throws `error`. */
    end(error?: Error): void;
    next(): Promise<IteratorResult<Change<R>>>;
    return(): Promise<IteratorResult<Change<R>>>;
    [Symbol.asyncIterator](): this;
}
