/** The wire's source, shared with the server. The only file that is changed when it is emitted: the paths below. */
export * from "./wire/frames.js";
export { MessagePackWriter } from "./wire/message-pack-writer.js";
