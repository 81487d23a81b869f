/**
 * The layers of the wire, for servers that are configured with them. A module of its own: nothing else of the client
 * imports it, so that only those who use layers carry their libraries (`pako`, `@noble/curves`, `@noble/ciphers`,
 * `@noble/hashes`), which the application installs.
 */
export { crypto, type CryptoOptions } from "./crypto.js";
export type { ClientLayer, ClientLayerFactory, LayerStream } from "./wire.js";
export { zlib, type ZlibOptions } from "./zlib.js";
