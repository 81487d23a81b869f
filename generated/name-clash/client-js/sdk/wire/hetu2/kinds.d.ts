/** The first element of each frame from client to server. */
export declare const ClientKind: {
    readonly hello: 0;
    readonly call: 1;
    readonly once: 2;
    readonly subscribe: 3;
    readonly unsubscribe: 4;
    readonly read: 5;
    readonly clock: 6;
    readonly ping: 7;
};
/** The first element of each frame from server to client. */
export declare const ServerKind: {
    readonly welcome: 0;
    readonly result: 1;
    readonly rejection: 2;
    readonly failure: 3;
    readonly subscribed: 4;
    readonly caughtUp: 5;
    readonly refused: 6;
    readonly update: 7;
    readonly event: 8;
    readonly page: 9;
    readonly clock: 10;
    readonly pong: 11;
};
/** Why a subscription or a one-shot read is refused. */
export declare const refusalCodes: readonly ["FORBIDDEN", "UNKNOWN_COMPONENT", "UNKNOWN_INDEX", "BAD_BOUND", "TOO_MANY_SUBSCRIPTIONS", "SCAN_LIMIT"];
export type RefusalCode = (typeof refusalCodes)[number];
/** A position in the description, or a name where there is none (copies, what is for admins) or none is known. */
export type Reference = number | string;
/** The subprotocol that a client offers and the server selects. */
export declare const SUBPROTOCOL = "hetu.2";
/** Bytes of a schema fingerprint: a SHA-256. */
export declare const FINGERPRINT_LENGTH = 32;
/** Bytes of a token to resume with. */
export declare const TOKEN_LENGTH = 16;
