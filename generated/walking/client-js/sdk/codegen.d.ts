import { CallRejectedError } from "./errors.js";
/** What generated code uses of the client; not for applications. */
export * from "./client.js";
export * from "./codec/checks.js";
export * from "./codec/compare.js";
export * from "./codec/enum-type.js";
export * from "./codec/readers.js";
export type * from "./codec/specs.js";
export * from "./codec/writers.js";
export * from "./live/column-kinds.js";
export * from "./live/component.js";
export type { ConnectOptions } from "./session/options.js";
export type { MessagePackWriter } from "./wire.js";
export type { NamespaceWire } from "./wire-hetu2.js";
/**
 * {@link CallRejectedError} as the base of an error's class, whose code is known. Not a type parameter of the class itself:
 * `instanceof` would make `any` of it.
 */
export declare const Rejection: new <Code extends string>(system: string, code: Code, fields: unknown) => CallRejectedError & {
    readonly code: Code;
};
