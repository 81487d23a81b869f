/** The wire's source, shared with the server. The only files that are changed when they are emitted: the paths. */
export * from "../../runtime/wire/frames.js";
export { LayerStack } from "../../runtime/wire/layers/layer-stack.js";
export type { ClientLayer, ClientLayerFactory } from "../../runtime/wire/layers/layer.js";
export { MessagePackWriter } from "../../runtime/wire/message-pack-writer.js";
