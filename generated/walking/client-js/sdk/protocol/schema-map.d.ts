import { SchemaMismatchError } from "../errors.js";
import type { WireDescription } from "../wire-hetu2.js";
/** Where a component of this client's schema stands on the wire. */
export interface ComponentMap {
    readonly number: number;
    /** Numbers of the indexes by name, `id` included. */
    readonly indexes: ReadonlyMap<string, number>;
    /** The server's positions of this client's columns, `id` not counted; `undefined`: the same ones. */
    readonly columns: readonly number[] | undefined;
}
/**
 * Numbers for the names of this client's schema. Both sides number their own description; when they differ, the
 * server's counts, and what it has otherwise, or not at all, cannot be used.
 */
export declare class SchemaMap {
    #private;
    /** @param server `undefined`: the same as `own`. */
    constructor(own: WireDescription, server?: WireDescription);
    /**
     * @param name without a copy's suffix.
     * @throws SchemaMismatchError
     */
    component(name: string): ComponentMap;
    /** @throws SchemaMismatchError */
    index(component: string, name: string): number;
    /** @throws SchemaMismatchError */
    callable(name: string): number;
    /** The name of an error by its number on the wire; `undefined`: there is none. */
    errorName(number: number): string | undefined;
    /** The name of an event by its number on the wire; `undefined`: there is none. */
    eventName(number: number): string | undefined;
    /** What keeps an event of this client's schema from being read. */
    eventProblem(name: string): SchemaMismatchError | undefined;
}
