/**
 * Each `check…` gives its value back when it is one that the type can hold.
 * @param path names the place, as in the schema.
 * @throws SchemaValueError otherwise.
 */
export declare function checkBoolean(value: unknown, path: string): boolean;
/** A whole number within bounds; both are part of it. */
export declare function checkInteger(value: unknown, min: number, max: number, path: string): number;
/** A whole number of 64 bits within bounds; both are part of it. */
export declare function checkBigint(value: unknown, min: bigint, max: bigint, path: string): bigint;
/** Rounded to 32 bits, as the server keeps it. */
export declare function checkF32(value: unknown, path: string): number;
export declare function checkF64(value: unknown, path: string): number;
export declare function checkNotNaN(value: number, path: string): number;
export declare function checkTimestamp(value: unknown, path: string): number;
/** @param max code points. */
export declare function checkString(value: unknown, max: number, path: string): string;
/** @param max bytes. */
export declare function checkBytes(value: unknown, max: number, path: string): Uint8Array;
/** `@range`; both bounds are part of it. */
export declare function checkRange<T extends number | bigint>(value: T, min: T, max: T, path: string): T;
export declare function checkArray(value: unknown, path: string): readonly unknown[];
export declare function checkObject(value: unknown, path: string): Readonly<Record<string, unknown>>;
/**
 * How many arguments to send: all required ones and the optional ones up to the last that was given.
 * @throws SchemaValueError when there are more than the schema has parameters.
 */
export declare function countArguments(args: readonly unknown[], min: number, max: number, system: string): number;
