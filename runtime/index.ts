export * as codegen from "./codegen/index.js";
export { SchemaValueError } from "./codegen/schema-value-error.js";
export { exclusive } from "./schema/bound.js";
export { connection, everybody, user } from "./schema/recipient.js";
export { implement } from "./schema/schema.js";
export type { Bound, Exclusive, RangeOptions } from "./schema/bound.js";
export type { Implementation, Schema } from "./schema/schema.js";
export type { Recipient } from "./transaction/contract.js";
