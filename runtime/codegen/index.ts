/**
 * Everything that generated server code uses, imported by it as `$`. User code has no need of it: no name in here is
 * promised to stay.
 */
export * from "./bound-values.js";
export * from "./byte-reader.js";
export * from "./byte-writer.js";
export * from "./check-numbers.js";
export * from "./check-values.js";
export * from "./compare.js";
export * from "./enum-type.js";
export * from "./id-index.js";
export * from "./key-writer.js";
export * from "./lists.js";
export * from "./row.js";
export * from "./schema-value-error.js";
export * from "./wire-values.js";
export { MessagePackWriter } from "../wire/message-pack-writer.js";
export type { Bound, RangeOptions } from "../schema/bound.js";
export type * from "../schema/callable.js";
export type * from "../schema/component.js";
export type { Awaitable, EndpointContext, StaleContext, SystemContext } from "../schema/context.js";
export type { Schema } from "../schema/schema.js";
export type { NamespaceWire } from "../wire/hetu2/description.js";
export type { Recipient } from "../transaction/contract.js";
