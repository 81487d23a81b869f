import { decodeMessage, encodeMessage } from "./message-pack.js";
import { WireError } from "./wire-error.js";
/**
 * The handshake of hetu.1, in either direction: one plain array with a `bin` for each layer that shakes hands. With
 * `jsonb` alone it is the empty array, the single byte `90`.
 */
export function writeHandshake(entries) {
    return encodeMessage(entries);
}
/**
 * @returns the entries; views of `bytes`.
 * @throws WireError when it is not an array of `bin`.
 */
export function readHandshake(bytes) {
    const value = decodeMessage(bytes);
    if (!Array.isArray(value))
        throw new WireError("the handshake is not an array");
    return value.map((entry) => {
        if (entry instanceof Uint8Array)
            return entry;
        throw new WireError("an entry of the handshake is not binary");
    });
}
