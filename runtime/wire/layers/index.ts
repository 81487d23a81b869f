/** Layers between the frames and the socket: what both sides share. Pure; runs in browsers too. */
export type { ClientLayer, ClientLayerFactory, LayerStream, ServerLayer } from "./layer.js";
export { LAYER_NAMES, type LayerName } from "./layer-name.js";
export { LayerRefusedError } from "./layer-refused-error.js";
export { LayerStack } from "./layer-stack.js";
export { CLIENT_NONCE, NonceCounter, SERVER_NONCE } from "./nonce-counter.js";
export { type Hello, HELLO_NONCE_LENGTH, PUBLIC_KEY_LENGTH, readHello, writeSignedHello } from "./signed-hello.js";
