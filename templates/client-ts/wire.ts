/** The wire's source, shared with the server. The only file that is changed when it is emitted: the paths below. */
export * from "../../runtime/wire/frames.js";
export { MessagePackWriter } from "../../runtime/wire/message-pack-writer.js";
