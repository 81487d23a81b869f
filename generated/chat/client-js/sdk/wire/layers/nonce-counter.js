/** First byte of the nonces of what the server and what the client sends. */
export const SERVER_NONCE = 0x00;
export const CLIENT_NONCE = 0xff;
const LENGTH = 12;
/**
 * The nonces of one direction, which are not sent: a byte for the direction, then a big-endian counter of 11 bytes that
 * starts at 1. It cannot come round within the life of a connection.
 */
export class NonceCounter {
    #nonce = new Uint8Array(LENGTH);
    constructor(direction) {
        this.#nonce[0] = direction;
    }
    /** @returns a view that is valid until the next call. */
    next() {
        const nonce = this.#nonce;
        for (let i = LENGTH - 1; i > 0; i--) {
            const byte = ((nonce[i] ?? 0) + 1) & 0xff;
            nonce[i] = byte;
            if (byte !== 0)
                break;
        }
        return nonce;
    }
}
