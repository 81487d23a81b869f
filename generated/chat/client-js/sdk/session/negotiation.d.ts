import { type Clock } from "../platform.js";
import type { ProtocolName } from "../protocol/protocol.js";
import type { Transport, TransportEvents, TransportSocket } from "./transport.js";
/** Which servers did not speak hetu.2 when they were asked last. */
export declare class ProtocolMemory {
    #private;
    constructor(clock: Clock);
    /** Whether there is no use in offering hetu.2 there. */
    speaksHetu1(url: string): boolean;
    remember(url: string, protocol: ProtocolName): void;
}
/** Shared by all clients of a page, worker or process. */
export declare const protocolMemory: ProtocolMemory;
/** {@link TransportEvents} with what was agreed on. */
export interface NegotiationEvents extends Omit<TransportEvents, "opened"> {
    opened(protocol: ProtocolName): void;
}
/**
 * Opens a connection and agrees on a protocol: hetu.2 is offered as the WebSocket's subprotocol. A server that does not
 * select it makes the upgrade fail in browsers and most libraries: then it is dialled once more without.
 *
 * @param allowed what the client may speak.
 * @throws what the transport throws.
 */
export declare function negotiate(transport: Transport, url: string, allowed: readonly ProtocolName[], memory: ProtocolMemory, events: NegotiationEvents): TransportSocket;
