import type { Reference } from "./kinds.js";
/** Readers of single values of frames. Each throws {@link WireError} that names `what`. */
export declare function list(value: unknown, what: string): readonly unknown[];
export declare function text(value: unknown, what: string): string;
export declare function flag(value: unknown, what: string): boolean;
/** A whole number that a JavaScript number holds exactly. */
export declare function integer(value: unknown, what: string): number;
/** An {@link integer} from 0 on: a position, a number, a count. */
export declare function natural(value: unknown, what: string): number;
export declare function rowId(value: unknown, what: string): bigint;
export declare function bin(value: unknown, length: number, what: string): Uint8Array;
export declare function reference(value: unknown, what: string): Reference;
