import { GrowingBytes } from "./growing-bytes.js";
/**
 * Writes MessagePack where the caller says what each value is, so that a whole number in a float column stays a
 * float64. Integers take the smallest form. Format: github.com/msgpack/msgpack/blob/master/spec.md.
 */
export declare class MessagePackWriter extends GrowingBytes {
    nil(): void;
    bool(value: boolean): void;
    /** @param value A safe integer. */
    int(value: number): void;
    /** @param value From -2^63 to 2^64 - 1. */
    bigint(value: bigint): void;
    /** @param value Rounded to the nearest float32. */
    float32(value: number): void;
    float64(value: number): void;
    string(value: string): void;
    bin(value: Uint8Array): void;
    /** `count` values follow. */
    arrayHeader(count: number): void;
    /** `count` pairs of a key and a value follow. */
    mapHeader(count: number): void;
    private byte;
    private unsigned;
    private negative;
    /** The smallest header for `length`; the formats are those with an 8, a 16 and a 32-bit length. */
    private header;
}
