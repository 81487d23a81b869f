/** Everything about the frames of hetu.1, without layers: bytes in, values out, and back. Pure; runs in browsers too. */
export * from "./client-frames.js";
export * from "./handshake.js";
export { decodeMessage, decodeSequence, encodeMessage, joinArray, MAX_DEPTH } from "./message-pack.js";
export * from "./server-frames.js";
export { WireError } from "./wire-error.js";
