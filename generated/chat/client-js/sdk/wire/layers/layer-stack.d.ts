import type { LayerStream } from "./layer.js";
/**
 * The layers of one connection, applied in order to what leaves and in reverse to what comes in. `jsonb` is MessagePack
 * itself and not among them; without layers, messages pass through as they are.
 */
export declare class LayerStack {
    #private;
    /** @param streams in the order in which they are configured. */
    constructor(streams?: readonly LayerStream[]);
    get empty(): boolean;
    /** @returns what goes over the wire. It is not written to again, and neither is `message`. */
    encode(message: Uint8Array): Uint8Array;
    /**
     * @returns the message; it may be a view of what came, and is not written to again.
     * @throws WireError: the connection is to be closed.
     */
    decode(message: Uint8Array): Uint8Array;
    close(): void;
}
