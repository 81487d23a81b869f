/** The frames of hetu.2, apart from wire.ts: the names are those of hetu.1. */
export * from "./wire/hetu2/frames.js";
