import { SchemaMismatchError } from "../errors.js";
export function component(source) {
    return Object.freeze(specOf(source));
}
export function copiedComponent(source) {
    // The same copy is the same object, as the base is.
    const copies = new Map();
    const spec = specOf(source);
    return Object.freeze({
        ...spec,
        copy(suffix) {
            let copy = copies.get(suffix);
            if (copy === undefined) {
                copy = Object.freeze({ ...spec, name: `${spec.name}:${suffix}` });
                copies.set(suffix, copy);
            }
            return copy;
        },
    });
}
function specOf(source) {
    const { name, columns, indexes } = source;
    const readers = Object.entries(columns).map(([property, [column, read, optional]]) => {
        const path = `${name}.${column}`;
        /** Sets the property; an optional column that has not come leaves none. */
        const set = (row, value) => {
            if (optional === true && (value === undefined || value === null))
                delete row[property];
            else
                row[property] = read(value, path);
        };
        return { column, set };
    });
    return {
        name,
        indexes,
        same: (a, b) => source.same(a, b),
        read(record) {
            const row = {};
            if (isByPosition(record))
                readers.forEach(({ set }, at) => set(row, record[at]));
            else
                for (const { column, set } of readers)
                    set(row, Object.hasOwn(record, column) ? record[column] : undefined);
            return Object.freeze(row);
        },
        patch(old, changed) {
            const row = { ...old };
            changed.columns.forEach((position, at) => {
                const reader = readers[position + 1];
                if (reader === undefined)
                    throw new SchemaMismatchError(name, `has no column ${position} here`);
                reader.set(row, changed.values[at]);
            });
            return Object.freeze(row);
        },
    };
}
function isByPosition(record) {
    return Array.isArray(record);
}
