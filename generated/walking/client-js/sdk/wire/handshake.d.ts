/**
 * The handshake of hetu.1, in either direction: one plain array with a `bin` for each layer that shakes hands. With
 * `jsonb` alone it is the empty array, the single byte `90`.
 */
export declare function writeHandshake(entries: readonly Uint8Array[]): Uint8Array;
/**
 * @returns the entries; views of `bytes`.
 * @throws WireError when it is not an array of `bin`.
 */
export declare function readHandshake(bytes: Uint8Array): readonly Uint8Array[];
