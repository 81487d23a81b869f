export type FieldDescription = readonly [name: string, type: string];
/** Name, columns without `id`, and indexes without the one on `id`, which is index 0 on the wire. */
export type ComponentDescription = readonly [
    name: string,
    columns: readonly FieldDescription[],
    indexes: readonly string[]
];
/** A system or endpoint; `result` is empty when there is none. */
export type CallableDescription = readonly [name: string, params: readonly string[], result: string];
/** An error or an event. */
export type MessageDescription = readonly [name: string, fields: readonly FieldDescription[]];
/** What the numbers of hetu.2 stand for, and how everything travels; the same value as in the welcome. */
export type WireDescription = readonly [
    components: readonly ComponentDescription[],
    callables: readonly CallableDescription[],
    errors: readonly MessageDescription[],
    events: readonly MessageDescription[]
];
/** The description that generated code carries. */
export interface NamespaceWire {
    /** SHA-256 of the description as JSON without spaces, in hex. */
    readonly fingerprint: string;
    readonly description: WireDescription;
}
/** Columns beyond this number (without `id`) have no bit in a mask: such a component has no partial updates. */
export declare const MASK_COLUMNS = 32;
/**
 * Checks a description that came in a welcome. Elements that a newer server adds behind those known here are ignored.
 *
 * @throws WireError
 */
export declare function readDescription(value: unknown): WireDescription;
/** The bytes of a fingerprint in hex. */
export declare function fingerprintBytes(hex: string): Uint8Array;
