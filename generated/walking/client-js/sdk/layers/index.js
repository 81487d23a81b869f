/**
 * The layers of the wire, for servers that are configured with them. A module of its own: nothing else of the client
 * imports it, so that only those who use layers carry their libraries (`pako`, `@noble/curves`, `@noble/ciphers`,
 * `@noble/hashes`), which the application installs.
 */
export { crypto } from "./crypto.js";
export { zlib } from "./zlib.js";
