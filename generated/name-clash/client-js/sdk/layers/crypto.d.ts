import { type ClientLayerFactory } from "./wire.js";
/** Options of {@link crypto}. */
export interface CryptoOptions {
    /** The key that the server is configured with; hellos are signed with it. Left out: they are not signed. */
    readonly secret?: string;
    /** Gives so many random bytes; the platform's cryptographic generator when left out. For tests. */
    readonly randomBytes?: (count: number) => Uint8Array;
    /** Milliseconds since 1970 that a signed hello tells; for tests. */
    readonly now?: () => number;
}
/**
 * The layer `crypto`: X25519, then ChaCha20-Poly1305. It keeps what is sent from those who only listen. It does not
 * tell a client that the server is the right one: use `wss` for that.
 *
 * The layer's `hello` throws where the platform has no cryptographic generator of random bytes.
 */
export declare function crypto(options?: CryptoOptions): ClientLayerFactory;
