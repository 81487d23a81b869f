/** Everything about the frames of hetu.2, without layers: bytes in, values out, and back. Pure; runs in browsers too. */
export * from "./client-frames.js";
export * from "./delta.js";
export * from "./description.js";
export * from "./kinds.js";
export * from "./server-frames.js";
