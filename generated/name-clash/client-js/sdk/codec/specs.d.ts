import type { CallRejectedError } from "../errors.js";
import type { MessagePackWriter } from "../wire.js";
import type { NamespaceWire } from "../wire-hetu2.js";
/** What generated code knows of one system or endpoint. */
export interface CallableSpec<Result = unknown> {
    /** As in the schema. */
    readonly name: string;
    /** `@once`: sent with an id, and again with the same id when the link drops. */
    readonly once: boolean;
    /**
     * Checks the arguments and writes them one after the other.
     * @returns how many were written.
     * @throws SchemaValueError that names system, parameter, limit and value.
     */
    write(args: readonly unknown[], writer: MessagePackWriter): number;
    /**
     * The result as the application gets it.
     * @throws SchemaMismatchError
     */
    read(value: unknown): Result;
}
/** One `error` of the schema. */
export interface ErrorSpec {
    /** The name in the schema: the code on the wire. */
    readonly code: string;
    /** @throws SchemaMismatchError */
    read(system: string, fields: unknown): CallRejectedError;
}
/** One `event` of the schema. */
export interface EventSpec<T> {
    readonly name: string;
    /** @throws SchemaMismatchError */
    read(value: unknown): T;
}
/** One namespace, as generated code describes it to the client. */
export interface NamespaceSpec {
    readonly name: string;
    /** What hetu.2 numbers. */
    readonly wire: NamespaceWire;
    /** By the name of the property of `client.calls`. */
    readonly callables: Readonly<Record<string, CallableSpec>>;
    readonly errors: readonly ErrorSpec[];
}
