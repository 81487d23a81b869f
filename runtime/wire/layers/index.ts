/** Layers between the frames and the socket: what both sides share. Pure; runs in browsers too. */
export type { ClientLayer, LayerStream, ServerLayer } from "./layer.js";
export { LayerRefusedError } from "./layer-refused-error.js";
export { LayerStack } from "./layer-stack.js";
