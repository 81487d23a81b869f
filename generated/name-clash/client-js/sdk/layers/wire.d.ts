/** The wire's part of the layers, shared with the server. Like `../wire.ts`, changed when it is emitted: the paths. */
export type { ClientLayer, ClientLayerFactory, LayerStream } from "../wire/layers/layer.js";
export { CLIENT_NONCE, NonceCounter, SERVER_NONCE } from "../wire/layers/nonce-counter.js";
export { HELLO_NONCE_LENGTH, PUBLIC_KEY_LENGTH, writeSignedHello } from "../wire/layers/signed-hello.js";
export { WireError } from "../wire/wire-error.js";
