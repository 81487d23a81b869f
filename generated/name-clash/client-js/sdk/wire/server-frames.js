import { decodeMessage, encodeMessage, joinArray } from "./message-pack.js";
import { WireError } from "./wire-error.js";
const RSP = encodeMessage("rsp");
const REJ = encodeMessage("rej");
const EVT = encodeMessage("evt");
/** @param result the result as one MessagePack value; `"ok"` when the system has none. */
export function writeResponse(result) {
    return joinArray(2, RSP, result);
}
/** @param fields the error's fields as one MessagePack value; left out, the frame has three elements as in HeTu. */
export function writeRejection(name, code, fields) {
    const encodedName = encodeMessage(name);
    const encodedCode = encodeMessage(code);
    return fields === undefined
        ? joinArray(3, REJ, encodedName, encodedCode)
        : joinArray(4, REJ, encodedName, encodedCode, fields);
}
export function writeFailure(name, reason) {
    return encodeMessage(["err", name, reason]);
}
/** The answer to a `sub` that subscribes nothing: no match, not allowed, or impossible. */
export function writeNotSubscribed(kind) {
    return encodeMessage(kind === "get" ? ["sub", null, null] : ["sub", null, []]);
}
/** @param value the event's fields as one MessagePack value. */
export function writeEvent(name, value) {
    return joinArray(3, EVT, encodeMessage(name), value);
}
/** @param time milliseconds since 1970 UTC. */
export function writeClock(time) {
    // As a bigint it stays an integer: the encoder writes whole numbers beyond 32 bits as floats.
    return encodeMessage(["clock", BigInt(time)]);
}
/**
 * Reads one frame of a server.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export function readServerFrame(bytes) {
    const frame = decodeMessage(bytes);
    if (!Array.isArray(frame))
        throw new WireError("a frame is not an array");
    const [kind, first, second, third] = frame;
    switch (kind) {
        case "rsp":
            return { kind, value: first };
        case "rej":
            return { kind, name: String(first), code: String(second), fields: third };
        case "err":
            return { kind, name: String(first), reason: String(second) };
        case "sub":
            return readSubscribed(first, second);
        case "updt":
            if (typeof first !== "string")
                throw new WireError("an updt frame has no subscription");
            return { kind, subscription: first, rows: readChanges(second) };
        case "evt":
            return { kind, name: String(first), value: second };
        case "clock":
            return { kind, time: Number(first) };
        default:
            return { kind: "other" };
    }
}
function readSubscribed(subscription, rows) {
    if (subscription === null)
        return { kind: "sub", subscription: undefined, rows: [] };
    if (typeof subscription !== "string")
        throw new WireError("a sub frame has no subscription");
    if (Array.isArray(rows))
        return { kind: "sub", subscription, rows: rows.map(row) };
    return { kind: "sub", subscription, rows: rows === null ? [] : [row(rows)] };
}
function readChanges(changes) {
    const rows = new Map();
    for (const [id, value] of Object.entries(row(changes))) {
        if (!/^-?\d+$/.test(id))
            throw new WireError("an updt frame has a row without an integer id");
        rows.set(BigInt(id), value === null ? undefined : row(value));
    }
    return rows;
}
function row(value) {
    if (typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) {
        return value;
    }
    throw new WireError("a row is not a map");
}
