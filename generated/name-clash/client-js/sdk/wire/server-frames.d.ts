/** A row as it comes over the wire: values by column name of the schema. */
export type WireRow = Readonly<Record<string, unknown>>;
/** A frame from server to client, of hetu.1 or one of our additions to it. */
export type ServerFrame = {
    readonly kind: "rsp";
    readonly value: unknown;
} | {
    readonly kind: "rej";
    readonly name: string;
    readonly code: string;
    readonly fields: unknown;
} | {
    readonly kind: "err";
    readonly name: string;
    readonly reason: string;
}
/** `subscription` is `undefined` when nothing was subscribed. A `get` has at most one row. */
 | {
    readonly kind: "sub";
    readonly subscription: string | undefined;
    readonly rows: readonly WireRow[];
}
/** `undefined`: the row is gone. */
 | {
    readonly kind: "updt";
    readonly subscription: string;
    readonly rows: ReadonlyMap<bigint, WireRow | undefined>;
} | {
    readonly kind: "evt";
    readonly name: string;
    readonly value: unknown;
} | {
    readonly kind: "clock";
    readonly time: number;
}
/** Something that a newer server pushes; to be ignored. */
 | {
    readonly kind: "other";
};
/** @param result the result as one MessagePack value; `"ok"` when the system has none. */
export declare function writeResponse(result: Uint8Array): Uint8Array;
/** @param fields the error's fields as one MessagePack value; left out, the frame has three elements as in HeTu. */
export declare function writeRejection(name: string, code: string, fields?: Uint8Array): Uint8Array;
export declare function writeFailure(name: string, reason: string): Uint8Array;
/** The answer to a `sub` that subscribes nothing: no match, not allowed, or impossible. */
export declare function writeNotSubscribed(kind: "get" | "range"): Uint8Array;
/** @param value the event's fields as one MessagePack value. */
export declare function writeEvent(name: string, value: Uint8Array): Uint8Array;
/** @param time milliseconds since 1970 UTC. */
export declare function writeClock(time: number): Uint8Array;
/**
 * Reads one frame of a server.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export declare function readServerFrame(bytes: Uint8Array): ServerFrame;
