import type { NamespaceSpec } from "./codec/specs.js";
import type { Ending } from "./disposable.js";
import { Events } from "./events.js";
import type { Component, Row } from "./live/component.js";
import { type Query } from "./live/query.js";
import type { ProtocolName } from "./protocol/protocol.js";
import type { ConnectionState } from "./session/connection-state.js";
import { type CallOptions, type ConnectOptions } from "./session/options.js";
import { type Unsubscribe } from "./signal.js";
/** A session with a server: calls, live queries and events, across reconnects. */
export declare class Client<Calls extends object> implements Ending {
    #private;
    /** The systems and endpoints of the schema. Each returns a promise of its result. */
    readonly calls: Calls;
    readonly events: Events;
    /**
     * Made by the `connect` of a namespace. Starts to connect.
     * @throws RangeError when an option makes no sense.
     */
    constructor(url: string, namespace: NamespaceSpec, options: ConnectOptions<Calls>);
    /** What the connection is doing. The same object until it changes. */
    get connection(): ConnectionState;
    /** What the server speaks; `undefined`: there is no connection. */
    get protocol(): ProtocolName | undefined;
    /** Whether the link has dropped and the live queries have not all been brought up to date since. */
    get stale(): boolean;
    /** The same calls with other options: `client.callsWith({ timeoutMs: 500 }).moveTo(1, 2)`. */
    callsWith(options: CallOptions): Calls;
    /** Queries a component: `client.query(Position).range("x", 0, 10)` stays live, `fetch` asks once. */
    query<R extends Row, Key, Indexes>(component: Component<R, Key, Indexes>): Query<R, Key, Indexes>;
    onConnection(handler: (state: ConnectionState) => void): Unsubscribe;
    /** The link has dropped: what live queries show may be out of date from now on. */
    onStale(handler: () => void): Unsubscribe;
    /** After a reconnect, all live queries are up to date again and their differences have been told. */
    onResynced(handler: () => void): Unsubscribe;
    /** Takes what handlers throw and events that cannot be read. Without a handler, the platform reports it. */
    onError(handler: (error: unknown) => void): Unsubscribe;
    /**
     * Resolves once calls go out at once.
     * @throws ConnectionClosedError (rejects) when the client closes before.
     */
    connected(): Promise<void>;
    /**
     * Ends the session for good: calls that wait fail with ConnectionClosedError, calls under way with
     * OutcomeUnknownError, live queries keep their last rows. Calling it again does nothing.
     */
    close(): void;
    [Symbol.dispose](): void;
}
