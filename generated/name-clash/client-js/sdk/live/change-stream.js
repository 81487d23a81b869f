import { changeBetween, rowOf } from "./change.js";
/**
 * Changes on their way to a `for await` that may be slower than they come. What waits is merged by row, so that it
 * never is more than the rows that the reader has seen and those that there are now: an insert and its delete vanish,
 * two updates become one.
 */
export class ChangeStream {
    #same;
    #onReturn;
    #waiting = new Map();
    #reader;
    #ended;
    /** @param onReturn the reader has left the loop, or the stream has ended. */
    constructor(same, onReturn) {
        this.#same = same;
        this.#onReturn = onReturn;
    }
    push(change) {
        if (this.#ended !== undefined)
            return;
        const { id } = rowOf(change);
        const earlier = this.#waiting.get(id);
        const merged = earlier === undefined ? change : changeBetween(earlier.old, change.row, this.#same);
        // A merged change goes to the end: what the reader has not seen yet comes in the order in which it became so.
        this.#waiting.delete(id);
        if (merged !== undefined)
            this.#waiting.set(id, merged);
        if (this.#reader !== undefined) {
            const next = this.#take();
            if (next === undefined)
                return;
            const reader = this.#reader;
            this.#reader = undefined;
            reader.resolve({ done: false, value: next });
        }
    }
    /** No more changes will come. What waits is still read, then the loop ends, or throws `error`. */
    end(error) {
        if (this.#ended !== undefined)
            return;
        this.#ended = { error };
        const reader = this.#reader;
        this.#reader = undefined;
        if (reader === undefined)
            return;
        if (error === undefined)
            reader.resolve({ done: true, value: undefined });
        else
            reader.reject(error);
    }
    next() {
        const change = this.#take();
        if (change !== undefined)
            return Promise.resolve({ done: false, value: change });
        if (this.#ended !== undefined) {
            const { error } = this.#ended;
            this.#ended = { error: undefined };
            return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
        }
        if (this.#reader !== undefined)
            return Promise.reject(new Error("next() was called before the last one had settled"));
        return new Promise((resolve, reject) => {
            this.#reader = { resolve, reject };
        });
    }
    return() {
        this.#waiting.clear();
        this.end();
        this.#onReturn();
        return Promise.resolve({ done: true, value: undefined });
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    #take() {
        const first = this.#waiting.entries().next();
        if (first.done === true)
            return undefined;
        const [id, change] = first.value;
        this.#waiting.delete(id);
        return change;
    }
}
