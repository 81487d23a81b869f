import { type ClientLayerFactory } from "./wire.js";
/** Options of {@link zlib}. */
export interface ZlibOptions {
    /** Bytes that one message of the server may inflate to; 64 MiB. */
    readonly maxMessage?: number;
}
/** The layer `zlib`: RFC 1950 with the server's dictionary, one stream a direction, flushed after each message. */
export declare function zlib(options?: ZlibOptions): ClientLayerFactory;
