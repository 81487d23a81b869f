import { SchemaValueError, unexpected } from "../errors.js";
/** One enum: its names here and their integers on the wire. `T` is the union of the names. */
export class EnumType {
    #values;
    #names;
    /** @param values the exported table, names to integers. */
    constructor(values) {
        const entries = Object.entries(values);
        this.#values = new Map(entries);
        this.#names = new Map(entries.map(([name, value]) => [value, name]));
    }
    /** @throws SchemaValueError unless `value` is one of the names. */
    integer(value, path) {
        const integer = typeof value === "string" ? this.#values.get(value) : undefined;
        if (integer !== undefined)
            return integer;
        const names = [...this.#values.keys()].map((name) => JSON.stringify(name)).join(", ");
        throw new SchemaValueError(path, `one of ${names}`, value);
    }
    /** @throws SchemaMismatchError unless `value` is an integer. */
    read(value, path) {
        const integer = typeof value === "bigint" ? Number(value) : value;
        if (typeof integer !== "number")
            throw unexpected(path, "the integer of an enum", value);
        return this.#names.get(integer) ?? integer;
    }
    /** By integer. */
    compare(a, b) {
        return this.#rank(a) - this.#rank(b);
    }
    #rank(value) {
        return typeof value === "number" ? value : (this.#values.get(value) ?? 0);
    }
}
