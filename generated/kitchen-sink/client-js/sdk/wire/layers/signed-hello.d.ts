/** Length of an X25519 public key, which is all that an unsigned hello holds. */
export declare const PUBLIC_KEY_LENGTH = 32;
/** Length of the random nonce in a signed hello. */
export declare const HELLO_NONCE_LENGTH = 16;
/** The entry of the layer `crypto` in a client's handshake. Its parts are views of the bytes that were read. */
export type Hello = {
    readonly publicKey: Uint8Array;
    readonly signature: undefined;
} | {
    readonly publicKey: Uint8Array;
    readonly signature: {
        /** Chosen at random for this hello. */
        readonly nonce: Uint8Array;
        /** The bytes that {@link mac} is the HMAC-SHA256 of. */
        readonly signed: Uint8Array;
        readonly mac: Uint8Array;
    };
};
/**
 * The signed hello `H2A1`: magic, public key, timestamp, nonce, and the HMAC-SHA256 of all that.
 *
 * @param timestamp milliseconds; 0 to tell nothing. Nobody checks it.
 * @param sign HMAC-SHA256 with the shared key.
 */
export declare function writeSignedHello(publicKey: Uint8Array, timestamp: bigint, nonce: Uint8Array, sign: (signed: Uint8Array) => Uint8Array): Uint8Array;
/** @throws WireError when it is neither a public key nor `H2A1`. The signature is not verified. */
export declare function readHello(hello: Uint8Array): Hello;
