import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "../platform.js";
import { CLIENT_NONCE, HELLO_NONCE_LENGTH, NonceCounter, PUBLIC_KEY_LENGTH, SERVER_NONCE, WireError, writeSignedHello, } from "./wire.js";
const PRIVATE_KEY_LENGTH = 32;
const SESSION_KEY_LENGTH = 32;
const TAG_LENGTH = 16;
/**
 * The layer `crypto`: X25519, then ChaCha20-Poly1305. It keeps what is sent from those who only listen. It does not
 * tell a client that the server is the right one: use `wss` for that.
 *
 * The layer's `hello` throws where the platform has no cryptographic generator of random bytes.
 */
export function crypto(options = {}) {
    return () => new CryptoLayer(options);
}
class CryptoLayer {
    name = "crypto";
    #options;
    #privateKey = undefined;
    constructor(options) {
        this.#options = options;
    }
    hello() {
        const { secret, randomBytes: random = randomBytes, now = Date.now } = this.#options;
        this.#privateKey = random(PRIVATE_KEY_LENGTH);
        const publicKey = x25519.getPublicKey(this.#privateKey);
        if (secret === undefined)
            return publicKey;
        const key = new TextEncoder().encode(secret);
        return writeSignedHello(publicKey, BigInt(now()), random(HELLO_NONCE_LENGTH), (signed) => hmac(sha256, key, signed));
    }
    finish(answer) {
        const privateKey = this.#privateKey;
        if (privateKey === undefined)
            throw new Error("crypto: finish() comes after hello()");
        this.#privateKey = undefined;
        if (answer.length !== PUBLIC_KEY_LENGTH) {
            throw new WireError(`crypto: the server's public key has ${answer.length} bytes, not ${PUBLIC_KEY_LENGTH}`);
        }
        return new CryptoStream(blake2b(sharedSecret(privateKey, answer), { dkLen: SESSION_KEY_LENGTH }));
    }
}
/** @throws WireError for a public key of low order, with which the secret is zero whatever our key is. */
function sharedSecret(privateKey, publicKey) {
    let shared;
    try {
        shared = x25519.getSharedSecret(privateKey, publicKey);
    }
    catch {
        throw new WireError("crypto: the server's public key is of low order");
    }
    if (shared.every((byte) => byte === 0))
        throw new WireError("crypto: the server's public key is of low order");
    return shared;
}
class CryptoStream {
    #key;
    #sent = new NonceCounter(CLIENT_NONCE);
    #received = new NonceCounter(SERVER_NONCE);
    constructor(key) {
        this.#key = key;
    }
    encode(message) {
        return chacha20poly1305(this.#key, this.#sent.next()).encrypt(message);
    }
    decode(message) {
        if (message.length < TAG_LENGTH)
            throw new WireError(`crypto: a frame of ${message.length} bytes has no tag`);
        try {
            return chacha20poly1305(this.#key, this.#received.next()).decrypt(message);
        }
        catch {
            throw new WireError("crypto: a frame was changed on its way, or is out of order, or has another key");
        }
    }
}
