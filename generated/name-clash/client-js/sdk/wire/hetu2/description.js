import { list, text } from "./values.js";
/** Columns beyond this number (without `id`) have no bit in a mask: such a component has no partial updates. */
export const MASK_COLUMNS = 32;
/**
 * Checks a description that came in a welcome. Elements that a newer server adds behind those known here are ignored.
 *
 * @throws WireError
 */
export function readDescription(value) {
    const [components, callables, errors, events] = list(value, "the description");
    return [
        list(components, "the description's components").map(readComponent),
        list(callables, "the description's callables").map(readCallable),
        list(errors, "the description's errors").map(readMessage),
        list(events, "the description's events").map(readMessage),
    ];
}
/** The bytes of a fingerprint in hex. */
export function fingerprintBytes(hex) {
    const bytes = new Uint8Array(hex.length >> 1);
    for (let at = 0; at < bytes.length; at++)
        bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
    return bytes;
}
function readComponent(value) {
    const [name, columns, indexes] = list(value, "a component of the description");
    return [
        text(name, "a component's name"),
        readFields(columns),
        list(indexes, "a component's indexes").map((index) => text(index, "an index")),
    ];
}
function readCallable(value) {
    const [name, params, result] = list(value, "a callable of the description");
    return [
        text(name, "a callable's name"),
        list(params, "a callable's parameters").map((type) => text(type, "a parameter's type")),
        text(result, "a callable's result"),
    ];
}
function readMessage(value) {
    const [name, fields] = list(value, "an error or event of the description");
    return [text(name, "an error's or event's name"), readFields(fields)];
}
function readFields(value) {
    return list(value, "a list of columns or fields").map((field) => {
        const [name, type] = list(field, "a column or field");
        return [text(name, "a column's or field's name"), text(type, "a column's or field's type")];
    });
}
