import type { WireRow } from "../wire.js";
/**
 * Each `read…` turns one value from the wire into what the application gets.
 * @param path names the place, as in the schema.
 * @throws SchemaMismatchError when it is of another type than this client's schema says.
 */
export declare function readBool(value: unknown, path: string): boolean;
/** Integers of at most 32 bits, floats and timestamps. */
export declare function readNumber(value: unknown, path: string): number;
/** Integers of 64 bits. */
export declare function readBigint(value: unknown, path: string): bigint;
export declare function readString(value: unknown, path: string): string;
/** A copy: what came over the wire is one large buffer. */
export declare function readBytes(value: unknown, path: string): Uint8Array;
/** @param readElement is given the path of the element. */
export declare function readArray<T>(value: unknown, readElement: (element: unknown, path: string) => T, path: string): T[];
/** A struct, or the fields of an error or an event. */
export declare function readMap(value: unknown, path: string): WireRow;
/** A result that may be missing. */
export declare function readNullable<T>(value: unknown, read: (value: unknown, path: string) => T, path: string): T | undefined;
/** The value of an optional field. */
export declare function readOptional<T>(map: WireRow, name: string, read: (value: unknown, path: string) => T, path: string): T | undefined;
/** An object with an optional field or a column that not everybody gets, or without: to be spread. */
export declare function optionalProperty<Name extends string, T>(property: Name, value: T | undefined): {
    readonly [Property in Name]?: T;
};
