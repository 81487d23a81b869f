import { type Clock } from "../platform.js";
import type { ProtocolName } from "../protocol/protocol.js";
import type { Transport, TransportEvents, TransportSocket } from "./transport.js";
/** Which servers did not speak hetu.2 when they were asked last, and which did. */
export declare class ProtocolMemory {
    #private;
    constructor(clock: Clock);
    /** Whether there is no use in offering hetu.2 there. */
    speaksHetu1(url: string): boolean;
    remember(url: string, protocol: ProtocolName): void;
    /** An attempt that offered hetu.2 has failed. @returns whether to try without it: it may be unknown there. */
    failed(url: string): boolean;
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
