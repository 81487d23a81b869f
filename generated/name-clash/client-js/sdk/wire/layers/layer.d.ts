/**
 * A layer of one connection after its handshake, in both directions. It has state (a compression window, a counter):
 * every message goes through it exactly once and in the order in which it leaves or came.
 */
export interface LayerStream {
    /** What leaves. `message` stays as it is, it may go to others, too; the stream does not write to the result again. */
    encode(message: Uint8Array): Uint8Array;
    /**
     * What comes in. The result may be a view of `message`; the stream does not write to it again.
     * @throws WireError: the connection is to be closed, the stream is of no further use.
     */
    decode(message: Uint8Array): Uint8Array;
    /** Frees what the stream holds. May be called more than once. */
    close?(): void;
}
/** The client's side of a layer that shakes hands: one object a connection. */
export interface ClientLayer {
    /** As it stands in the settings of the server: `zlib`, `crypto`. */
    readonly name: string;
    /** The layer's entry in the client's handshake. Called once. */
    hello(): Uint8Array;
    /**
     * @param answer the layer's entry in the server's answer.
     * @throws WireError when the answer is none.
     */
    finish(answer: Uint8Array): LayerStream;
}
/** Makes the layer of one connection; called for each attempt to connect. */
export type ClientLayerFactory = () => ClientLayer;
/** The server's side of a layer that shakes hands: one object serves all connections. */
export interface ServerLayer {
    readonly name: string;
    /**
     * @param hello the layer's entry in the client's handshake.
     * @throws LayerRefusedError
     */
    accept(hello: Uint8Array): {
        answer: Uint8Array;
        stream: LayerStream;
    };
}
