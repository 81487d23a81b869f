import type { Protocol, ServerMessage } from "../protocol/protocol.js";
/** Something that the server answers. Answers come in the order of the requests. */
export interface Request {
    /** Which messages answer it. */
    readonly answer: "call" | "subscription" | "page" | "clock";
    /**
     * Made when it is sent.
     * @throws SchemaMismatchError
     */
    frame(protocol: Protocol): Uint8Array;
    /** It is on its way. */
    sent(): void;
    /** It cannot be sent on this connection. Never throws. */
    unsendable(error: Error): void;
    /** Never throws. */
    answered(message: ServerMessage): void;
}
export declare function answers(message: ServerMessage, request: Request): boolean;
