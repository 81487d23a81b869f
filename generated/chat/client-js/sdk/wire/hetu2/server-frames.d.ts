import { type ArrayRow, type Delta } from "./delta.js";
import { type WireDescription } from "./description.js";
import { type Reference } from "./kinds.js";
export interface Welcome {
    /** Milliseconds since 1970 UTC. */
    readonly time: number;
    /** `undefined`: the client's fingerprint is the server's. */
    readonly description: WireDescription | undefined;
    /** To resume with, once; `undefined`: this connection cannot be resumed. */
    readonly token: Uint8Array | undefined;
    /** How long the server keeps the session after the link has dropped, in milliseconds. */
    readonly resumeWindow: number;
    /** Whether the session of the hello's token goes on. */
    readonly resumed: boolean;
}
/** A frame from server to client. */
export type ServerFrame = ({
    readonly kind: "welcome";
} & Welcome)
/** `value` is `undefined` for a system without a result, `null` for an optional result that is absent. */
 | {
    readonly kind: "result";
    readonly value: unknown;
} | {
    readonly kind: "rejection";
    readonly code: Reference;
    readonly fields: unknown;
} | {
    readonly kind: "failure";
    readonly reason: string;
} | {
    readonly kind: "subscribed";
    readonly subscription: number;
    readonly position: number;
    readonly rows: readonly ArrayRow[];
} | {
    readonly kind: "caughtUp";
    readonly subscription: number;
    readonly position: number;
    readonly delta: Delta;
} | {
    readonly kind: "refused";
    readonly code: string;
    readonly reason: string;
} | {
    readonly kind: "update";
    readonly position: number;
    readonly changes: readonly SubscriptionChange[];
} | {
    readonly kind: "event";
    readonly event: Reference;
    readonly value: unknown;
} | {
    readonly kind: "page";
    readonly rows: readonly ArrayRow[];
    readonly count: number | undefined;
    readonly next: Uint8Array | undefined;
} | {
    readonly kind: "clock";
    readonly time: number;
} | {
    readonly kind: "pong";
}
/** Something that a newer server pushes; to be ignored. */
 | {
    readonly kind: "other";
};
/** What an update says of one subscription. */
export interface SubscriptionChange {
    readonly subscription: number;
    readonly delta: Delta;
}
export declare function writeWelcome({ time, description, token, resumeWindow, resumed }: Welcome): Uint8Array;
/** @param result the result as one MessagePack value; `undefined` for a system without one. */
export declare function writeResult(result: Uint8Array | undefined): Uint8Array;
/** @param fields the error's fields as one MessagePack value. */
export declare function writeRejection(code: Reference, fields?: Uint8Array): Uint8Array;
export declare function writeFailure(reason: string): Uint8Array;
/** @param rows an array of rows as one MessagePack value. */
export declare function writeSubscribed(subscription: number, position: number, rows: Uint8Array): Uint8Array;
/** @param delta as one MessagePack value. */
export declare function writeCaughtUp(subscription: number, position: number, delta: Uint8Array): Uint8Array;
export declare function writeRefused(code: string, reason: string): Uint8Array;
/** @param changes a subscription's number and a delta each, as two MessagePack values. */
export declare function writeUpdate(position: number, changes: readonly Uint8Array[]): Uint8Array;
/** @param value the event's fields as one MessagePack value. */
export declare function writeEvent(event: Reference, value: Uint8Array): Uint8Array;
/** @param rows an array of rows as one MessagePack value. */
export declare function writePage(rows: Uint8Array, count: number | undefined, next: Uint8Array | undefined): Uint8Array;
/** @param time milliseconds since 1970 UTC. */
export declare function writeClock(time: number): Uint8Array;
export declare function writePong(): Uint8Array;
/**
 * Reads all frames of a server's message.
 *
 * @param bytes one message, without layers.
 * @throws WireError: the connection is to be closed.
 */
export declare function readServerFrames(bytes: Uint8Array): ServerFrame[];
