/** Base of every error of this client. `code` is stable; texts are for people and may change. */
export declare abstract class ClientError extends Error {
    abstract readonly code: string;
}
/** The server refused a call: nothing of it took effect. Each `error` of the schema is a subclass. */
export declare class CallRejectedError extends ClientError {
    /** The name of the error in the schema, or a built-in code such as `RATE_LIMITED`, `FORBIDDEN`, `TIMEOUT`. */
    readonly code: string;
    /** The system or endpoint, as the schema calls it. */
    readonly system: string;
    /** The error's fields by schema name as they came; `{ reason }` or nothing for built-in codes. */
    readonly fields: unknown;
    constructor(system: string, code: string, fields: unknown);
}
/** Server code threw: the transaction was rolled back. `reason` is `INTERNAL` unless the server is in debug mode. */
export declare class CallFailedError extends ClientError {
    readonly code = "CALL_FAILED";
    readonly system: string;
    readonly reason: string;
    constructor(system: string, reason: string);
}
/**
 * The call was sent and its answer will not come: the link dropped, or its time ran out. It may have taken effect or
 * not. Systems marked `@once` are sent again instead when a link drops.
 */
export declare class OutcomeUnknownError extends ClientError {
    readonly code = "OUTCOME_UNKNOWN";
    readonly system: string;
    constructor(system: string, why: string, cause?: unknown);
}
/** The call was not sent in time: it has no effect. */
export declare class CallTimeoutError extends ClientError {
    readonly code = "CALL_TIMEOUT";
    readonly system: string;
    /** @param reason why there is no connection. */
    constructor(system: string, milliseconds: number, status: string, reason: Error | undefined);
}
/** A fetch was not answered in time (option `callTimeoutMs`). */
export declare class FetchTimeoutError extends ClientError {
    readonly code = "FETCH_TIMEOUT";
    /** Component and index. */
    readonly source: string;
    constructor(source: string, milliseconds: number, status: string);
}
/** Too many calls wait for the connection already: this one was not sent. See the option `maxQueued`. */
export declare class QueueFullError extends ClientError {
    readonly code = "QUEUE_FULL";
    readonly system: string;
    constructor(system: string, limit: number);
}
/**
 * The server gives no rows for a query: the caller may not read the component, or the query is impossible. On hetu.2 the
 * server says why.
 */
export declare class SubscriptionRefusedError extends ClientError {
    readonly code = "SUBSCRIPTION_REFUSED";
    readonly component: string;
    readonly index: string;
    /**
     * `FORBIDDEN`, `UNKNOWN_COMPONENT`, `UNKNOWN_INDEX`, `BAD_BOUND`, `TOO_MANY_SUBSCRIPTIONS` or `SCAN_LIMIT`;
     * `undefined` on hetu.1, which does not tell.
     */
    readonly refusal: string | undefined;
    /** The server's own words, on hetu.2. */
    readonly reason: string | undefined;
    constructor(component: string, index: string, refusal?: string, reason?: string);
}
/** The link to the server could not be made, or broke. */
export declare class ConnectionLostError extends ClientError {
    readonly code = "CONNECTION_LOST";
    /** The close code of the WebSocket; 1006 when there was none. */
    readonly closeCode: number;
    constructor(why: string, closeCode?: number, cause?: unknown);
}
/** The client was closed, by `close()` or because it cannot go on (then `cause` says why): this was not sent. */
export declare class ConnectionClosedError extends ClientError {
    readonly code = "CONNECTION_CLOSED";
    constructor(what: string, cause?: unknown);
}
/** This client and the server were built from different schemas, and they differ in what is asked for. */
export declare class SchemaMismatchError extends ClientError {
    readonly code = "SCHEMA_MISMATCH";
    /** The place, as the schema calls it: `Position.zone`. */
    readonly path: string;
    /** @param difference what follows the path in a sentence: `is f32 here and f64 on the server`. */
    constructor(path: string, difference: string);
}
/** A value that came and is not what this client's schema says. @param expected a noun: `a bool`. */
export declare function unexpected(path: string, expected: string, value: unknown): SchemaMismatchError;
/**
 * A value that the schema does not allow; nothing was sent. `path` names the place as the schema calls it:
 * `move_to.x` is a parameter, `Position.zone` the bound of a query, `Receipt.notes[2]` an element.
 */
export declare class SchemaValueError extends ClientError {
    readonly code = "SCHEMA_VALUE";
    readonly path: string;
    /** What is allowed, as a noun: `a whole number from 0 to 255`. */
    readonly limit: string;
    readonly value: unknown;
    constructor(path: string, limit: string, value: unknown, hint?: string);
}
