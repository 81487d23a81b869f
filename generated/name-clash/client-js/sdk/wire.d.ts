/** The wire's source, shared with the server. The only files that are changed when they are emitted: the paths. */
export * from "./wire/frames.js";
export { LayerStack } from "./wire/layers/layer-stack.js";
export type { ClientLayer, ClientLayerFactory } from "./wire/layers/layer.js";
export { MessagePackWriter } from "./wire/message-pack-writer.js";
