import { WireError } from "../wire-error.js";
/** Readers of single values of frames. Each throws {@link WireError} that names `what`. */
export function list(value, what) {
    if (Array.isArray(value))
        return value;
    throw new WireError(`${what} is not an array`);
}
export function text(value, what) {
    if (typeof value === "string")
        return value;
    throw new WireError(`${what} is not a string`);
}
export function flag(value, what) {
    if (typeof value === "boolean")
        return value;
    throw new WireError(`${what} is not a boolean`);
}
/** A whole number that a JavaScript number holds exactly. */
export function integer(value, what) {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number))
        return number;
    throw new WireError(`${what} is not an integer`);
}
/** An {@link integer} from 0 on: a position, a number, a count. */
export function natural(value, what) {
    const number = integer(value, what);
    if (number >= 0)
        return number;
    throw new WireError(`${what} is negative`);
}
export function rowId(value, what) {
    if (typeof value === "bigint")
        return value;
    if (typeof value === "number" && Number.isInteger(value))
        return BigInt(value);
    throw new WireError(`${what} is not an integer`);
}
export function bin(value, length, what) {
    if (value instanceof Uint8Array && value.length === length)
        return value;
    throw new WireError(`${what} is not ${length} bytes`);
}
export function reference(value, what) {
    return typeof value === "string" ? value : natural(value, what);
}
