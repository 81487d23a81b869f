import { unexpected } from "../errors.js";
/**
 * Each `read…` turns one value from the wire into what the application gets.
 * @param path names the place, as in the schema.
 * @throws SchemaMismatchError when it is of another type than this client's schema says.
 */
export function readBool(value, path) {
    if (value === 1 || value === true)
        return true;
    if (value === 0 || value === false)
        return false;
    throw unexpected(path, "a bool", value);
}
/** Integers of at most 32 bits, floats and timestamps. */
export function readNumber(value, path) {
    if (typeof value === "number")
        return value;
    if (typeof value === "bigint")
        return Number(value);
    throw unexpected(path, "a number", value);
}
/** Integers of 64 bits. */
export function readBigint(value, path) {
    if (typeof value === "bigint")
        return value;
    if (Number.isSafeInteger(value))
        return BigInt(value);
    throw unexpected(path, "a 64-bit integer", value);
}
export function readString(value, path) {
    if (typeof value === "string")
        return value;
    throw unexpected(path, "a string", value);
}
/** A copy: what came over the wire is one large buffer. */
export function readBytes(value, path) {
    if (value instanceof Uint8Array)
        return value.slice();
    throw unexpected(path, "bytes", value);
}
/** @param readElement is given the path of the element. */
export function readArray(value, readElement, path) {
    if (!Array.isArray(value))
        throw unexpected(path, "an array", value);
    return value.map((element, at) => readElement(element, `${path}[${at}]`));
}
/** A struct, or the fields of an error or an event. */
export function readMap(value, path) {
    if (typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) {
        return value;
    }
    throw unexpected(path, "a map", value);
}
/** A result that may be missing. */
export function readNullable(value, read, path) {
    return value === null || value === undefined ? undefined : read(value, path);
}
/** The value of an optional field. */
export function readOptional(map, name, read, path) {
    const value = Object.hasOwn(map, name) ? map[name] : undefined;
    return value === undefined || value === null ? undefined : read(value, path);
}
/** An object with an optional field or a column that not everybody gets, or without: to be spread. */
export function optionalProperty(property, value) {
    return value === undefined ? {} : { [property]: value };
}
