import type { MessagePackWriter } from "../message-pack-writer.js";
/** A row: its id, then the columns in the order of the description. */
export type ArrayRow = readonly unknown[];
/** The columns of one row that have changed. */
export interface PartialUpdate {
    readonly id: bigint;
    /** Bit *i* (0 to 31) stands for column *i* of the description, `id` not counted; unsigned. */
    readonly mask: number;
    /** As many as the mask has bits, lowest bit first. */
    readonly values: readonly unknown[];
}
/** What separates two states of a subscription. */
export interface Delta {
    readonly updates: readonly PartialUpdate[];
    /** Whole rows; also of rows that the reader has. */
    readonly inserts: readonly ArrayRow[];
    readonly deletes: readonly bigint[];
}
/** @throws WireError when it has another shape; what is behind the three lists is ignored. */
export declare function readDelta(value: unknown): Delta;
/** @throws WireError when they are not arrays. */
export declare function readRows(value: unknown): ArrayRow[];
/** The number of columns that a mask names. */
export declare function maskLength(mask: number): number;
/**
 * Writes a delta out of parts that are encoded already; empty lists at its end are left out.
 *
 * @param updates `[mask, id, values…]` each.
 * @param inserts rows.
 */
export declare function writeDelta(writer: MessagePackWriter, updates: readonly Uint8Array[], inserts: readonly Uint8Array[], deletes: readonly bigint[]): void;
/** An array of values that are encoded already. */
export declare function writeParts(writer: MessagePackWriter, parts: readonly Uint8Array[]): void;
