/** Rows in the order of an index, kept sorted as they come and go. */
export class RowSet {
    #compare;
    #byId = new Map();
    #sorted = [];
    #view;
    /** @param compare a total order: 0 only for the same id and the same key. */
    constructor(compare) {
        this.#compare = compare;
    }
    get size() {
        return this.#sorted.length;
    }
    get ids() {
        return [...this.#byId.keys()];
    }
    /** A frozen array that is the same object until a row changes. */
    get view() {
        return (this.#view ??= Object.freeze([...this.#sorted]));
    }
    get(id) {
        return this.#byId.get(id);
    }
    set(row) {
        const old = this.#byId.get(row.id);
        this.#byId.set(row.id, row);
        this.#view = undefined;
        if (old !== undefined) {
            const at = this.#position(old);
            if (this.#compare(old, row) === 0) {
                this.#sorted[at] = row;
                return;
            }
            this.#sorted.splice(at, 1);
        }
        this.#sorted.splice(this.#position(row), 0, row);
    }
    delete(id) {
        const old = this.#byId.get(id);
        if (old === undefined)
            return;
        this.#byId.delete(id);
        this.#view = undefined;
        this.#sorted.splice(this.#position(old), 1);
    }
    /** Takes the place of everything. */
    replace(rows) {
        this.#byId = new Map();
        for (const row of rows)
            this.#byId.set(row.id, row);
        this.#sorted = [...this.#byId.values()].sort(this.#compare);
        this.#view = undefined;
    }
    /** Where a row is, or where it belongs. Binary search. */
    #position(row) {
        let low = 0;
        let high = this.#sorted.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            const other = this.#sorted[middle];
            if (other !== undefined && this.#compare(other, row) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
