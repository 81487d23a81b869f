/** What generated code uses of the client; not for applications. */
export * from "./client.js";
export * from "./codec/checks.js";
export * from "./codec/compare.js";
export * from "./codec/enum-type.js";
export * from "./codec/readers.js";
export * from "./codec/writers.js";
export { CallRejectedError } from "./errors.js";
export * from "./live/column-kinds.js";
export * from "./live/component.js";
