import type { EventSpec } from "./codec/specs.js";
import { type Unsubscribe } from "./signal.js";
/** What the server sends with `ctx.send`. */
export declare class Events {
    #private;
    /** Made by `connect`. */
    constructor(report: (error: unknown) => void);
    /**
     * Calls the handler for each event of this kind, after the row updates of the same transaction. Events that are
     * sent while the link is down are lost.
     */
    on<T>(event: EventSpec<T>, handler: (value: T) => void): Unsubscribe;
    /**
     * A connection has begun. Events that are listened to and cannot come over it are reported.
     * @param problemOf why an event cannot be read.
     */
    begin(problemOf: (name: string) => Error | undefined): void;
    /** An event has come; nobody need care. */
    take(name: string, value: unknown): void;
}
