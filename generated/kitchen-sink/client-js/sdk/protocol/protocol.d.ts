import type { WireRow } from "../wire.js";
/** What a client can speak: HeTu's own protocol, and the one of this project's server. */
export type ProtocolName = "hetu.1" | "hetu.2";
/** How the server names a subscription in its updates. */
export type SubscriptionId = string | number;
/** A row by the columns of this client's description: its id, then the others in their order. */
export type WireValues = readonly unknown[];
/** A row as it came: by name (hetu.1) or by position (hetu.2). */
export type WireRecord = WireRow | WireValues;
/** Which rows. Bounds as on hetu.1; `right` is the very object `left` is when only one was given. */
export interface WireQuery {
    /** With a copy's suffix, `Name:Suffix`. */
    readonly component: string;
    readonly index: string;
    readonly left: unknown;
    readonly right: unknown;
    readonly limit: number;
    readonly desc: boolean;
}
/** One page of a query that is asked once. */
export interface PageRequest extends WireQuery {
    /** `next` of the page before. */
    readonly after: Uint8Array | undefined;
    /** Whether to count the rows of the whole range. */
    readonly count: boolean;
}
/** Columns of one row that have changed, by their positions in this client's description, `id` not counted. */
export interface RowPatch {
    readonly id: bigint;
    readonly columns: readonly number[];
    readonly values: readonly unknown[];
}
/** What separates two states of a subscription. */
export interface RowChanges {
    /** Whole rows, new ones and others. */
    readonly rows: readonly WireRecord[];
    readonly patches: readonly RowPatch[];
    /** Ids of rows that are gone. */
    readonly gone: readonly bigint[];
}
export interface SubscriptionUpdate {
    readonly subscription: SubscriptionId;
    readonly changes: RowChanges;
}
/** What a server says, whatever it speaks. */
export type ServerMessage = 
/** The session has begun; sent once, before everything else. */
{
    readonly kind: "welcome";
} | {
    readonly kind: "result";
    readonly value: unknown;
} | {
    readonly kind: "rejected";
    readonly code: string;
    readonly fields: unknown;
} | {
    readonly kind: "failed";
    readonly reason: string;
} | {
    readonly kind: "subscribed";
    readonly subscription: SubscriptionId;
    readonly rows: readonly WireRecord[];
}
/** An answer to a subscription that told which rows it still shows. */
 | {
    readonly kind: "caughtUp";
    readonly subscription: SubscriptionId;
    readonly changes: RowChanges;
}
/** hetu.1 does not say why. */
 | {
    readonly kind: "refused";
    readonly code: string | undefined;
    readonly reason: string | undefined;
}
/** What belongs together: of hetu.2 all that one transaction changed. */
 | {
    readonly kind: "updated";
    readonly updates: readonly SubscriptionUpdate[];
} | {
    readonly kind: "event";
    readonly name: string;
    readonly value: unknown;
} | {
    readonly kind: "page";
    readonly rows: readonly WireRecord[];
    readonly count: number | undefined;
    readonly next: Uint8Array | undefined;
} | {
    readonly kind: "clock";
    readonly time: number;
}
/** A sign of life, or something that a newer server pushes. */
 | {
    readonly kind: "other";
};
/** Where a session can be taken up again after its link has dropped. */
export interface ResumePoint {
    readonly token: Uint8Array;
    /** Commits that everything that is shown has seen. */
    readonly position: number;
}
/**
 * How to speak with a server over one connection: writes what the session, its calls and its live queries ask for, and
 * reads what comes. Each `write…` throws SchemaMismatchError when the server's schema has nothing of the kind.
 */
export interface Protocol {
    readonly name: ProtocolName;
    /** Whether it can ask once, count and go through pages. */
    readonly hasPages: boolean;
    /** The server's time in milliseconds since 1970, when the beginning of the session told it. */
    readonly time: number | undefined;
    /** Whether the session goes on where an earlier link has dropped. */
    readonly resumed: boolean;
    /** To take the session up again with; `undefined`: it ends with the link. */
    readonly token: Uint8Array | undefined;
    /** The last position that the server has told. */
    readonly position: number | undefined;
    /** The first message behind the handshake of the layers; `undefined`: the session has begun with that. */
    hello(): Uint8Array | undefined;
    /** @param args encoded as hetu.2 has them, one after the other. */
    writeCall(name: string, args: Uint8Array, count: number): Uint8Array;
    /** As {@link writeCall}, for a `@once` system. */
    writeOnce(id: Uint8Array, name: string, args: Uint8Array, count: number): Uint8Array;
    /** @param held ids of the rows that are shown, on a session that was resumed. */
    writeSubscribe(query: WireQuery, held: readonly bigint[] | undefined): Uint8Array;
    writeUnsubscribe(subscription: SubscriptionId): Uint8Array;
    /** Only where {@link hasPages}. */
    writeRead(request: PageRequest): Uint8Array;
    writeClockRequest(): Uint8Array;
    /** Makes the server say something soon. */
    signOfLife(): Uint8Array;
    /** Why an event of this client's schema cannot be read on this connection. */
    eventProblem(name: string): Error | undefined;
    /**
     * @param bytes one message, without layers.
     * @throws WireError: the connection is to be closed.
     */
    read(bytes: Uint8Array): readonly ServerMessage[];
}
