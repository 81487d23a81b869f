import type { CallableSpec, ErrorSpec } from "../codec/specs.js";
import type { Protocol, ServerMessage } from "../protocol/protocol.js";
import type { Request } from "./request.js";
/** A call on its way from the application to its outcome. */
export declare class Call implements Request {
    #private;
    readonly answer = "call";
    readonly spec: CallableSpec;
    /** Whether it is sent again, with the same id, when the link drops before its answer. */
    sendAgain: boolean;
    /** Told once the outcome is known. */
    onSettled: () => void;
    constructor(spec: CallableSpec, args: {
        readonly bytes: Uint8Array;
        readonly count: number;
    }, context: {
        readonly errors: ReadonlyMap<string, ErrorSpec>;
        readonly newOnceId: () => Uint8Array;
        /** It has taken effect, also when the application has given it up. */
        readonly succeeded: () => void;
    }, settle: {
        readonly resolve: (result: unknown) => void;
        readonly reject: (error: unknown) => void;
    });
    /** Whether it has been sent, on this link or an earlier one. */
    get wasSent(): boolean;
    get settled(): boolean;
    frame(protocol: Protocol): Uint8Array;
    sent(): void;
    /** A call that an earlier link has sent may have taken effect there. */
    unsendable(error: Error): void;
    answered(message: ServerMessage): void;
    /** The call is over as far as the application is concerned; an answer that still comes is ignored. */
    fail(error: unknown): void;
    /** The link dropped while the call was under way. */
    outcomeUnknown(why: string, cause?: unknown): void;
}
