import type { ConnectionLostError } from "../errors.js";
import { type Clock } from "../platform.js";
import type { ProtocolName } from "../protocol/protocol.js";
import type { BackoffOptions } from "./backoff.js";
import type { ClientLayerFactory } from "../wire.js";
import { type Transport, type WebSocketConstructor } from "./transport.js";
/** How one call is made. */
export interface CallOptions {
    /** Milliseconds until the call is given up; `Infinity`: never. The client's `callTimeoutMs` when left out. */
    readonly timeoutMs?: number;
    /**
     * Gives the call up when it is aborted: one that was not sent rejects with the signal's `reason`, one that was sent
     * with OutcomeUnknownError, whose `cause` is that reason.
     */
    readonly signal?: CallSignal;
}
/** The part of an `AbortSignal` that is used. */
export interface CallSignal {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
}
/** What `bootstrap` is given: its calls go out at once, before everything else that waits for the connection. */
export interface Bootstrap<Calls> {
    readonly calls: Calls;
    callsWith(options: CallOptions): Calls;
    /** 0 on the first connection of this client, 1 on the next, and so on. */
    readonly connections: number;
}
export interface ReconnectOptions extends Partial<BackoffOptions> {
    /** Attempts in a row that may fail before the client closes; no limit when left out. */
    readonly maxAttempts?: number;
    /**
     * Whether to try again after this loss; `false` closes the client. When left out, all but the close codes 4001 (the
     * same user logged in elsewhere), 4003 (the server refuses the connection), 4004 (no such instance) and 4005 (it
     * refuses the layers or their secret).
     */
    readonly when?: (loss: ConnectionLostError) => boolean;
}
/** What messages go through, for each protocol; each as the server is configured. */
export interface LayerOptions {
    readonly hetu1?: readonly ClientLayerFactory[];
    readonly hetu2?: readonly ClientLayerFactory[];
}
export interface ConnectOptions<Calls> {
    /**
     * Runs after each connect and reconnect, before anything else is sent: log in here. A call that the server rejects
     * for good, and an error of your own, close the client; what may pass is tried again on a new connection.
     */
    readonly bootstrap?: (context: Bootstrap<Calls>) => unknown;
    /** What may be spoken; `["hetu.2", "hetu.1"]`: hetu.1 where the server does not speak hetu.2. */
    readonly protocols?: readonly ProtocolName[];
    /** Layers beside `jsonb`, from `sdk/layers.js`: `{ hetu2: [zlib(), crypto({ secret })] }`; none when left out. */
    readonly layers?: LayerOptions;
    /** `false`: the first loss closes the client. */
    readonly reconnect?: ReconnectOptions | false;
    /** Milliseconds for opening and the handshake; 10,000. */
    readonly connectTimeoutMs?: number;
    /** Milliseconds until a call is given up; 30,000. */
    readonly callTimeoutMs?: number;
    /** Calls that may wait for the connection; 1,000. */
    readonly maxQueued?: number;
    /** Calls and new live queries that may wait for their answers at a time, the others wait unsent; 256. */
    readonly maxInFlight?: number;
    /** Milliseconds without a message from the server until it is asked for one; 20,000. `Infinity`: never. */
    readonly keepAliveMs?: number;
    /** Milliseconds for its answer before the link counts as dead; 10,000. */
    readonly keepAliveTimeoutMs?: number;
    /** Warn of live queries that are garbage collected without `dispose()`; in development when left out. */
    readonly warnOfLeaks?: boolean;
    /** Another WebSocket class, such as that of the `ws` package. */
    readonly webSocket?: WebSocketConstructor;
    /** Another way to reach the server altogether. */
    readonly transport?: Transport;
    /** For tests: time and timers. */
    readonly clock?: Clock;
    /** For tests: from 0 to 1, 1 excluded. */
    readonly random?: () => number;
}
/** {@link ConnectOptions} without gaps. */
export interface Settings {
    readonly protocols: readonly ProtocolName[];
    readonly layers: Readonly<Record<ProtocolName, readonly ClientLayerFactory[]>>;
    readonly backoff: BackoffOptions;
    readonly maxAttempts: number;
    readonly reconnectWhen: (loss: ConnectionLostError) => boolean;
    readonly connectTimeoutMs: number;
    readonly callTimeoutMs: number;
    readonly maxQueued: number;
    readonly maxInFlight: number;
    readonly keepAliveMs: number;
    readonly keepAliveTimeoutMs: number;
    readonly transport: Transport;
    readonly clock: Clock;
    readonly random: () => number;
}
/** @throws RangeError that names the option, when a number makes no sense. */
export declare function settingsOf<Calls>(options: ConnectOptions<Calls>): Settings;
