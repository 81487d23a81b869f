/** Length of the id of a `once` frame: 8 bytes big-endian server time in milliseconds, 16 random bytes. */
export declare const ONCE_ID_LENGTH = 24;
/** What a `sub` frame asks for. Bounds as on the wire. */
export type SubscriptionQuery = {
    readonly kind: "get";
    readonly table: string;
    readonly index: string;
    readonly value: unknown;
} | {
    readonly kind: "range";
    readonly table: string;
    readonly index: string;
    readonly left: unknown;
    readonly right: unknown;
    readonly limit: number;
    readonly desc: boolean;
    readonly force: boolean;
};
/** A frame from client to server, of hetu.1 or one of our additions to it. */
export type ClientFrame = {
    readonly kind: "rpc";
    readonly name: string;
    readonly args: readonly unknown[];
} | {
    readonly kind: "once";
    readonly id: Uint8Array;
    readonly name: string;
    readonly args: readonly unknown[];
} | {
    readonly kind: "sub";
    readonly query: SubscriptionQuery;
} | {
    readonly kind: "unsub";
    readonly subscription: string;
} | {
    readonly kind: "motd";
} | {
    readonly kind: "clock";
};
/**
 * @param args the arguments as MessagePack, one after the other.
 * @param count how many they are.
 */
export declare function writeCall(name: string, args: Uint8Array, count: number): Uint8Array;
/** As {@link writeCall}, for a `@once` system. `id` has {@link ONCE_ID_LENGTH} bytes. */
export declare function writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array;
export declare function writeSubscribe(query: SubscriptionQuery): Uint8Array;
export declare function writeUnsubscribe(subscription: string): Uint8Array;
/** Asks for the server's time; answered in order with the other answers. */
export declare function writeClockRequest(): Uint8Array;
/**
 * Reads one frame of a client. Only the shape is checked: names, bounds and arguments are the caller's business.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export declare function readClientFrame(bytes: Uint8Array): ClientFrame;
