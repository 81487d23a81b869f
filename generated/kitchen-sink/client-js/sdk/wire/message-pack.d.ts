/** Arrays and maps that may be open at a time in a message: a frame, its arguments, and structs in arrays below them. */
export declare const MAX_DEPTH = 64;
/**
 * Decodes one message. 64-bit integers become `bigint`, shorter ones `number`; `bin` a view of `bytes`; integer keys
 * of maps become decimal text. What it allocates is bounded by the length of `bytes`.
 *
 * @throws WireError
 */
export declare function decodeMessage(bytes: Uint8Array): unknown;
/**
 * Decodes a message of one value or several, one behind the other, as {@link decodeMessage} does each.
 *
 * @throws WireError also when there is none.
 */
export declare function decodeSequence(bytes: Uint8Array): unknown[];
/** As {@link decodeSequence}, but what stands behind a value is looked at only when it is asked for. */
export declare function decodeEach(bytes: Uint8Array): Generator<unknown, void>;
/** Encodes untyped values. Typed ones go through `MessagePackWriter`, which keeps a whole float a float. */
export declare function encodeMessage(value: unknown): Uint8Array;
/**
 * One array out of values that are encoded already.
 *
 * @param elements MessagePack, one or more values in each part.
 * @param count how many values the parts have together; at most 65,535.
 */
export declare function joinArray(count: number, ...elements: readonly Uint8Array[]): Uint8Array;
