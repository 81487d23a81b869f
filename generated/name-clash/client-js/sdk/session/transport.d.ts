import { ConnectionLostError } from "../errors.js";
/** One connection attempt and what comes of it. Nothing is called before {@link Transport} has returned. */
export interface TransportEvents {
    /** @param protocol the subprotocol that the server has selected; left out or empty: none. */
    opened(protocol?: string): void;
    /** A binary message. */
    message(bytes: Uint8Array): void;
    /** A text message; only a sign of life. */
    text(): void;
    /** The last call, once. Also when the connection was never made. */
    closed(reason: ConnectionLostError): void;
    /** Instead of `closed`: a connection can never be made, and the client does not try again. */
    impossible(error: Error): void;
}
export interface TransportSocket {
    /** @param bytes valid until it returns. */
    send(bytes: Uint8Array): void;
    /** Ends the connection; `closed` follows. */
    close(): void;
    /** Ends it without waiting for the other side. */
    terminate(): void;
}
/**
 * Opens a connection to a URL. An error that it throws is final: the client does not try again.
 *
 * @param protocols the subprotocols to offer; none when empty. A transport that has no subprotocols may ignore them and
 *   will speak hetu.1.
 */
export type Transport = (url: string, events: TransportEvents, protocols: readonly string[]) => TransportSocket;
/** `WebSocket` of the platform, or the class that the `ws` package exports. */
export type WebSocketConstructor = new (url: string, protocols?: string[]) => object;
/**
 * WebSocket: the given class, else the platform's own, else (Node before 22) the `ws` package, when it is installed.
 */
export declare function webSocketTransport(given?: WebSocketConstructor): Transport;
