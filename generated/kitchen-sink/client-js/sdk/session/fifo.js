/** A queue whose operations take constant time (amortised), `remove` aside. */
export class Fifo {
    #items = [];
    #head = 0;
    get length() {
        return this.#items.length - this.#head;
    }
    push(item) {
        this.#items.push(item);
    }
    shift() {
        if (this.#head === this.#items.length)
            return undefined;
        const item = this.#items[this.#head++];
        // What was taken is given up in large pieces, so that each item moves a constant number of times.
        if (this.#head * 2 >= this.#items.length) {
            this.#items = this.#items.slice(this.#head);
            this.#head = 0;
        }
        return item;
    }
    /** Puts items before all others, in their order. */
    prepend(items) {
        this.#items = [...items, ...this.#items.slice(this.#head)];
        this.#head = 0;
    }
    remove(item) {
        const at = this.#items.indexOf(item, this.#head);
        if (at < 0)
            return false;
        this.#items.splice(at, 1);
        return true;
    }
    /** Empties the queue. */
    drain() {
        const items = this.#items.slice(this.#head);
        this.#items = [];
        this.#head = 0;
        return items;
    }
}
