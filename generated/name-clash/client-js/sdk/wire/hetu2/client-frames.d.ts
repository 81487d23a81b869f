import { type Reference } from "./kinds.js";
/** What is to be gone on with after a lost link. */
export interface Resume {
    /** As the last welcome gave it. */
    readonly token: Uint8Array;
    /** The greatest position that the client has seen. */
    readonly position: number;
}
export interface Hello {
    /** `undefined`: the client asks for the description. */
    readonly fingerprint: Uint8Array | undefined;
    readonly resume: Resume | undefined;
}
/** Which rows, by the rules for bounds of hetu.1. */
export interface Query {
    readonly component: Reference;
    readonly index: Reference;
    readonly left: unknown;
    readonly right: unknown;
    /** Negative: as many as the server allows. */
    readonly limit: number;
    readonly desc: boolean;
}
export interface Subscribe extends Query {
    /** Ids of the rows that the client still shows after a resume; `undefined`: none, it wants all rows. */
    readonly held: readonly bigint[] | undefined;
}
export interface Read extends Query {
    /** `next` of the page before. */
    readonly after: Uint8Array | undefined;
    /** Whether to count the rows of the whole range. */
    readonly count: boolean;
}
/** A frame from client to server. */
export type ClientFrame = ({
    readonly kind: "hello";
} & Hello) | {
    readonly kind: "call";
    readonly callable: Reference;
    readonly args: readonly unknown[];
} | {
    readonly kind: "once";
    readonly callable: Reference;
    readonly id: Uint8Array;
    readonly args: readonly unknown[];
} | ({
    readonly kind: "subscribe";
} & Subscribe) | {
    readonly kind: "unsubscribe";
    readonly subscription: number;
} | ({
    readonly kind: "read";
} & Read) | {
    readonly kind: "clock";
} | {
    readonly kind: "ping";
};
/** The first frame of a connection. */
export declare function writeHello({ fingerprint, resume }: Hello): Uint8Array;
/**
 * @param args the arguments as MessagePack, one after the other.
 * @param count how many they are.
 */
export declare function writeCall(callable: Reference, args: Uint8Array, count: number): Uint8Array;
/** As {@link writeCall}, for a `@once` system. `id` has 24 bytes. */
export declare function writeOnce(callable: Reference, id: Uint8Array, args: Uint8Array, count: number): Uint8Array;
export declare function writeSubscribe({ component, index, left, right, limit, desc, held }: Subscribe): Uint8Array;
export declare function writeUnsubscribe(subscription: number): Uint8Array;
export declare function writeRead({ component, index, left, right, limit, desc, after, count }: Read): Uint8Array;
/** Asks for the server's time; answered in order with the other answers. */
export declare function writeClockRequest(): Uint8Array;
/** Answered at once, past everything that waits. */
export declare function writePing(): Uint8Array;
/**
 * Reads all frames of a client's message. Only the shape is checked: names, numbers, bounds and arguments are the
 * caller's business.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export declare function readClientFrames(bytes: Uint8Array): ClientFrame[];
/**
 * As {@link readClientFrames}, one at a time: a short message may hold very many, and whoever ends the connection at
 * one of them need not read the rest.
 */
export declare function eachClientFrame(bytes: Uint8Array): Generator<ClientFrame, void>;
