/** First byte of the nonces of what the server and what the client sends. */
export declare const SERVER_NONCE = 0;
export declare const CLIENT_NONCE = 255;
/**
 * The nonces of one direction, which are not sent: a byte for the direction, then a big-endian counter of 11 bytes that
 * starts at 1. It cannot come round within the life of a connection.
 */
export declare class NonceCounter {
    #private;
    constructor(direction: typeof SERVER_NONCE | typeof CLIENT_NONCE);
    /** @returns a view that is valid until the next call. */
    next(): Uint8Array;
}
