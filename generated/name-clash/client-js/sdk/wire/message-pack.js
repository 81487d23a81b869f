import { Decoder, Encoder } from "@msgpack/msgpack";
import { checkMessage, valueEnd } from "./check-message.js";
import { WireError } from "./wire-error.js";
/** Arrays and maps that may be open at a time in a message: a frame, its arguments, and structs in arrays below them. */
export const MAX_DEPTH = 64;
const encoder = new Encoder({ useBigInt64: true });
const decoder = new Decoder({
    useBigInt64: true,
    mapKeyConverter(key) {
        switch (typeof key) {
            case "string":
            case "number":
                return key;
            case "bigint":
                return key.toString();
            default:
                throw new WireError(`a map has a key of type ${typeof key}`);
        }
    },
});
/**
 * Decodes one message. 64-bit integers become `bigint`, shorter ones `number`; `bin` a view of `bytes`; integer keys
 * of maps become decimal text. What it allocates is bounded by the length of `bytes`.
 *
 * @throws WireError
 */
export function decodeMessage(bytes) {
    checkMessage(bytes, MAX_DEPTH);
    return decode(bytes);
}
/**
 * Decodes a message of one value or several, one behind the other, as {@link decodeMessage} does each.
 *
 * @throws WireError also when there is none.
 */
export function decodeSequence(bytes) {
    return [...decodeEach(bytes)];
}
/** As {@link decodeSequence}, but what stands behind a value is looked at only when it is asked for. */
export function* decodeEach(bytes) {
    let at = 0;
    do {
        const end = valueEnd(bytes, at, MAX_DEPTH);
        yield decode(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
        at = end;
    } while (at < bytes.length);
}
function decode(bytes) {
    try {
        return decoder.decode(bytes);
    }
    catch (error) {
        throw error instanceof WireError ? error : new WireError(`not MessagePack: ${String(error)}`);
    }
}
/** Encodes untyped values. Typed ones go through `MessagePackWriter`, which keeps a whole float a float. */
export function encodeMessage(value) {
    return encoder.encode(value);
}
/**
 * One array out of values that are encoded already.
 *
 * @param elements MessagePack, one or more values in each part.
 * @param count how many values the parts have together; at most 65,535.
 */
export function joinArray(count, ...elements) {
    const headLength = count < 16 ? 1 : 3;
    let length = headLength;
    for (const element of elements)
        length += element.length;
    const bytes = new Uint8Array(length);
    if (count < 16) {
        bytes[0] = 0x90 | count;
    }
    else {
        bytes[0] = 0xdc;
        bytes[1] = count >> 8;
        bytes[2] = count & 0xff;
    }
    let at = headLength;
    for (const element of elements) {
        bytes.set(element, at);
        at += element.length;
    }
    return bytes;
}
