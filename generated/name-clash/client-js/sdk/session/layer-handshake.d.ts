import { ConnectionLostError } from "../errors.js";
import { type ClientLayerFactory, LayerStack } from "../wire.js";
/** The close code with which a server refuses layers. */
export declare const LAYERS_REFUSED = 4005;
/** The layers of one connection, and what the server says to them. */
export declare class LayerHandshake {
    #private;
    constructor(factories: readonly ClientLayerFactory[]);
    /** No layer but `jsonb`, which has nothing to agree on. */
    get isEmpty(): boolean;
    /** Passes everything through until the handshake is done. */
    get stack(): LayerStack;
    /** What to look at when a server does not answer. */
    get advice(): string;
    hello(): Uint8Array;
    /**
     * @returns why the server refuses; `undefined` when it does not.
     * @throws WireError when it answers something else.
     */
    finish(answer: Uint8Array): string | undefined;
    /** @param isShaking whether the server had not answered yet. */
    explain(reason: ConnectionLostError, isShaking: boolean): ConnectionLostError;
}
