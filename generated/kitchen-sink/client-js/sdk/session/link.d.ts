import { ConnectionLostError } from "../errors.js";
import type { Protocol, ProtocolName, ServerMessage } from "../protocol/protocol.js";
import type { Settings } from "./options.js";
import { type Request } from "./request.js";
/** What a link tells the session. */
export interface LinkEvents {
    /** The session has begun: requests may be sent. */
    opened(protocol: Protocol): void;
    /** An update or an event. */
    pushed(message: ServerMessage): void;
    /** An answer has made room for another request. */
    roomMade(): void;
    /** Instead of `lost`: there is no use in trying again. */
    impossible(error: Error): void;
    /** The last call, once. `unanswered` were sent. */
    lost(reason: ConnectionLostError, unanswered: readonly Request[]): void;
}
/**
 * One WebSocket connection from dialling to its end: handshake, requests and their answers in order, keep-alive.
 */
export declare class Link {
    #private;
    /** @throws what the transport throws: there is no use in trying again. */
    constructor(url: string, settings: Settings, makeProtocol: (name: ProtocolName) => Protocol, events: LinkEvents);
    /** Whether another request may be sent now. */
    get hasRoom(): boolean;
    /** Sends it whether there is room or not. On a lost link it does nothing: `lost` has told, or will. */
    request(request: Request): void;
    /** Sends a frame that has no answer. */
    tell(write: (protocol: Protocol) => Uint8Array): void;
    /** Ends the link from this side; `lost` is called before this returns. */
    close(why: string): void;
}
