import type { CallableSpec, ErrorSpec } from "../codec/specs.js";
import type { Protocol, ServerMessage, SubscriptionId } from "../protocol/protocol.js";
import { Signal } from "../signal.js";
import type { NamespaceWire } from "../wire-hetu2.js";
import type { ConnectionState } from "./connection-state.js";
import type { CallOptions, Settings } from "./options.js";
import type { Request } from "./request.js";
/** How a session uses what is built on it. */
export interface SessionParts {
    /** Runs the application's bootstrap; calls made with `true` go out at once. */
    bootstrap(connections: number): unknown;
    /** The live queries to send again, before everything that waits. */
    restore(): readonly Request[];
    /** A call has succeeded, also one whose caller has given it up. */
    called(): void;
    /** The link is gone: what the live queries show is no longer known to be current. */
    lost(): void;
    /** A connection has begun, before bootstrap. */
    began(protocol: Protocol): void;
    /** Whether something is shown that an earlier link has told and that is not known to be current. */
    isStale(): boolean;
    /** An update or an event. */
    pushed(message: ServerMessage): void;
    /** The session has closed for good. */
    closed(error: Error | undefined): void;
}
/** What a session knows of its schema. */
export interface SessionSchema {
    readonly errors: ReadonlyMap<string, ErrorSpec>;
    readonly usesOnce: boolean;
    readonly wire: NamespaceWire;
}
/**
 * Keeps a link to the server as long as the application wants one: connects, runs bootstrap, sends what waits, and
 * starts again when the link drops.
 */
export declare class Session {
    #private;
    readonly onState: Signal<[state: ConnectionState]>;
    constructor(url: string, settings: Settings, schema: SessionSchema, parts: SessionParts, report: (error: unknown) => void);
    get state(): ConnectionState;
    /** Opens the first connection; once. */
    start(): void;
    /**
     * Checks the arguments and makes a call.
     * @param urgent out at once, on the link that bootstrap runs on.
     */
    call(spec: CallableSpec, args: readonly unknown[], options: CallOptions, urgent: boolean): Promise<unknown>;
    /** Sends it when its turn comes; `false`: there is no connection, and `restore` will be asked on the next. */
    enqueue(request: Request): boolean;
    /** Takes back what was not sent yet. */
    withdraw(request: Request): boolean;
    /** What the server speaks; `undefined`: there is no connection. */
    get protocol(): Protocol | undefined;
    /** Ends a subscription at the server; without a connection there is none. */
    unsubscribe(subscription: SubscriptionId): void;
    /** Ends everything for good. */
    close(error?: Error): void;
}
