import { SchemaValueError } from "../errors.js";
import { wireBounds } from "./bounds.js";
import { LiveRange } from "./live-range.js";
import { LiveRow } from "./live-row.js";
/** Rows that a range holds when it is not told otherwise. */
export const DEFAULT_LIMIT = 1_000;
export function query(context, component) {
    return {
        get: (key) => new LiveRow(context, keyParameters(component, key)),
        range: (index, left, right, options) => new LiveRange(context, rangeParameters(component, index, left, right, options ?? {})),
        fetch: (index, left, right, options = {}) => context.reads.read(rangeParameters(component, index, left, right, options), options),
    };
}
/** What a `get` asks for: the range with both bounds at the key, which stays live while there is no row. */
export function keyParameters(component, key) {
    const given = Object.keys(key).sort().join(",");
    const index = Object.values(component.indexes).find((spec) => spec.unique && [...spec.properties].sort().join(",") === given);
    if (index === undefined) {
        const keys = Object.values(component.indexes)
            .filter((spec) => spec.unique)
            .map((spec) => `{ ${spec.properties.join(", ")} }`);
        throw new SchemaValueError(component.name, `found by ${keys.join(" or ")}`, undefined, `the key has { ${given} }`);
    }
    const values = index.properties.map((property) => key[property]);
    const value = values.length === 1 ? values[0] : values;
    return parameters(component, index, value, value, { limit: 1, desc: false });
}
export function rangeParameters(component, name, left, right, { limit = DEFAULT_LIMIT, desc = false }) {
    const index = Object.hasOwn(component.indexes, name) ? component.indexes[name] : undefined;
    if (index === undefined) {
        const names = Object.keys(component.indexes).map((known) => JSON.stringify(known));
        throw new SchemaValueError(component.name, `queried by one of ${names.join(", ")}`, name);
    }
    if (!Number.isSafeInteger(limit) || limit < 1) {
        throw new SchemaValueError(`${component.name}.${index.name}`, "limited to a whole number from 1", limit);
    }
    return parameters(component, index, left, right, { limit, desc });
}
function parameters(component, index, left, right, { limit, desc }) {
    const paths = {
        index: `${component.name}.${index.name}`,
        columns: index.name.split(",").map((column) => `${component.name}.${column}`),
    };
    return { component, index, ...wireBounds(index.columns, left, right, paths), limit, desc };
}
