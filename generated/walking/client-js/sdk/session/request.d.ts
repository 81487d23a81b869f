import type { ServerFrame } from "../wire.js";
/** Something that the server answers. Answers come in the order of the requests. */
export interface Request {
    /** Which frames answer it. */
    readonly answer: "call" | "sub" | "clock";
    /** Made when it is sent. */
    frame(): Uint8Array;
    /** It is on its way. */
    sent(): void;
    /** Never throws. */
    answered(frame: ServerFrame): void;
}
export declare function answers(frame: ServerFrame, request: Request): boolean;
