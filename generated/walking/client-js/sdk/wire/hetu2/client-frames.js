import { ONCE_ID_LENGTH } from "../client-frames.js";
import { decodeEach, encodeMessage, joinArray } from "../message-pack.js";
import { WireError } from "../wire-error.js";
import { ClientKind, FINGERPRINT_LENGTH, TOKEN_LENGTH } from "./kinds.js";
import { bin, flag, integer, list, natural, reference, rowId } from "./values.js";
const CALL = Uint8Array.of(ClientKind.call);
const ONCE = Uint8Array.of(ClientKind.once);
/** The first frame of a connection. */
export function writeHello({ fingerprint, resume }) {
    // As a bigint it stays an integer: the encoder writes whole numbers beyond 32 bits as floats.
    const resumed = resume === undefined ? null : [resume.token, BigInt(resume.position)];
    return encodeMessage([ClientKind.hello, fingerprint ?? null, resumed]);
}
/**
 * @param args the arguments as MessagePack, one after the other.
 * @param count how many they are.
 */
export function writeCall(callable, args, count) {
    return joinArray(2 + count, CALL, encodeMessage(callable), args);
}
/** As {@link writeCall}, for a `@once` system. `id` has 24 bytes. */
export function writeOnce(callable, id, args, count) {
    return joinArray(3 + count, ONCE, encodeMessage(callable), encodeMessage(id), args);
}
export function writeSubscribe({ component, index, left, right, limit, desc, held }) {
    const frame = [ClientKind.subscribe, component, index, left, right, limit, desc];
    return encodeMessage(held === undefined ? frame : [...frame, held]);
}
export function writeUnsubscribe(subscription) {
    return encodeMessage([ClientKind.unsubscribe, subscription]);
}
export function writeRead({ component, index, left, right, limit, desc, after, count }) {
    return encodeMessage([ClientKind.read, component, index, left, right, limit, desc, after ?? null, count]);
}
/** Asks for the server's time; answered in order with the other answers. */
export function writeClockRequest() {
    return encodeMessage([ClientKind.clock]);
}
/** Answered at once, past everything that waits. */
export function writePing() {
    return encodeMessage([ClientKind.ping]);
}
/**
 * Reads all frames of a client's message. Only the shape is checked: names, numbers, bounds and arguments are the
 * caller's business.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export function readClientFrames(bytes) {
    return [...eachClientFrame(bytes)];
}
/**
 * As {@link readClientFrames}, one at a time: a short message may hold very many, and whoever ends the connection at
 * one of them need not read the rest.
 */
export function* eachClientFrame(bytes) {
    for (const value of decodeEach(bytes))
        yield readFrame(value);
}
function readFrame(value) {
    const [kind, ...rest] = list(value, "a frame");
    switch (kind) {
        case ClientKind.hello:
            return { kind: "hello", ...readHello(rest) };
        case ClientKind.call: {
            const [callable, ...args] = rest;
            return { kind: "call", callable: reference(callable, "the callable of a call"), args };
        }
        case ClientKind.once: {
            const [callable, id, ...args] = rest;
            return {
                kind: "once",
                callable: reference(callable, "the callable of a call"),
                id: bin(id, ONCE_ID_LENGTH, "the id of a @once call"),
                args,
            };
        }
        case ClientKind.subscribe: {
            const held = rest[6] ?? undefined;
            return {
                kind: "subscribe",
                ...readQuery(rest),
                held: held === undefined ? undefined : list(held, "held").map((id) => rowId(id, "an id of held")),
            };
        }
        case ClientKind.unsubscribe:
            return { kind: "unsubscribe", subscription: natural(rest[0], "the number of a subscription") };
        case ClientKind.read:
            return { kind: "read", ...readQuery(rest), after: readCursor(rest[6]), count: flag(rest[7] ?? false, "count") };
        case ClientKind.clock:
            return { kind: "clock" };
        case ClientKind.ping:
            return { kind: "ping" };
        default:
            throw new WireError(`unknown kind of frame: ${typeof kind === "number" ? kind : typeof kind}`);
    }
}
function readHello([fingerprint, resume]) {
    const known = fingerprint ?? undefined;
    return {
        fingerprint: known === undefined ? undefined : bin(known, FINGERPRINT_LENGTH, "the fingerprint of a hello"),
        resume: (resume ?? undefined) === undefined ? undefined : readResume(list(resume, "the resume of a hello")),
    };
}
function readResume([token, position]) {
    return {
        token: bin(token, TOKEN_LENGTH, "the token of a hello"),
        position: natural(position, "the position of a hello"),
    };
}
function readQuery([component, index, left, right, limit, desc]) {
    return {
        component: reference(component, "the component of a query"),
        index: reference(index, "the index of a query"),
        left: left ?? null,
        right: right ?? null,
        limit: integer(limit, "the limit of a query"),
        desc: flag(desc, "desc"),
    };
}
function readCursor(value) {
    if (value === null || value === undefined)
        return undefined;
    if (value instanceof Uint8Array)
        return value;
    throw new WireError("after is not binary");
}
