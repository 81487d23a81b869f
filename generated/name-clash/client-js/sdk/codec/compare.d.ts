/** Orders two numbers or two bigints. @returns negative, 0 or positive; 0 for `0` and `-0`. */
export declare function compareNumbers<T extends number | bigint>(a: T, b: T): number;
/** `false` before `true`. */
export declare function compareBooleans(a: boolean, b: boolean): number;
/**
 * Orders two texts by code point, as the server's indexes do. JavaScript's own `<` goes by UTF-16 unit, which puts
 * the characters of two units before U+E000…U+FFFF.
 */
export declare function compareTexts(a: string, b: string): number;
/** Whether nothing has changed in a float, where NaN is the same as NaN. */
export declare function sameFloat(a: number | undefined, b: number | undefined): boolean;
export declare function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean;
