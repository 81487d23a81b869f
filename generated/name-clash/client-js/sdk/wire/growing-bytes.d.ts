/**
 * A byte array that doubles when it is full; what all writers are built on. It knows no format. Nothing here needs
 * Node, so that clients can use it too.
 */
export declare class GrowingBytes {
    protected bytes: Uint8Array;
    protected view: DataView;
    protected position: number;
    /** @param capacity Bytes to start with. */
    constructor(capacity?: number);
    /** How many bytes were written since the last {@link reset}. */
    get length(): number;
    /** Starts again from nothing; keeps the memory. */
    reset(): this;
    /** A copy of what was written; the writer starts again from nothing. */
    finish(): Uint8Array;
    /** What was written, without a copy: valid until the next write. */
    peek(): Uint8Array;
    /** Appends bytes as they are. */
    raw(bytes: Uint8Array): void;
    /** Makes room for `count` more bytes. */
    protected reserve(count: number): void;
    /**
     * Writes text as ASCII at `at` when it is short and nothing but ASCII. The room must be reserved.
     * @returns whether it was.
     */
    protected shortAscii(text: string, at: number): boolean;
    /** Writes UTF-8 at `at`, where three bytes a UTF-16 unit must be reserved. @returns the number of bytes. */
    protected utf8(text: string, at: number): number;
}
