/** One entry of the change feed; see entry-format.ts for its bytes. */
export { EntryDecoder, numberOf } from "./entry-decoder.js";
export { EntryEncoder, type FeedWriter } from "./entry-encoder.js";
export { FeedFormatError, NONCE_AT, PREVIOUS_BYTES } from "./entry-format.js";
export { type FeedTable, FeedTables } from "./feed-tables.js";
