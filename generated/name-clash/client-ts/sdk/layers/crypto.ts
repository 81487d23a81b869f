// @ts-nocheck its libraries are only installed where layers are used; checked where the SDK is built.
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "../platform.js";
import {
  CLIENT_NONCE,
  type ClientLayer,
  type ClientLayerFactory,
  HELLO_NONCE_LENGTH,
  type LayerStream,
  NonceCounter,
  PUBLIC_KEY_LENGTH,
  SERVER_NONCE,
  WireError,
  writeSignedHello,
} from "./wire.js";

/** Options of {@link crypto}. */
export interface CryptoOptions {
  /** The key that the server is configured with; hellos are signed with it. Left out: they are not signed. */
  readonly secret?: string;
  /** Gives so many random bytes; the platform's cryptographic generator when left out. For tests. */
  readonly randomBytes?: (count: number) => Uint8Array;
  /** Milliseconds since 1970 that a signed hello tells; for tests. */
  readonly now?: () => number;
}

const PRIVATE_KEY_LENGTH = 32;
const SESSION_KEY_LENGTH = 32;
const TAG_LENGTH = 16;

/**
 * The layer `crypto`: X25519, then ChaCha20-Poly1305. It keeps what is sent from those who only listen. It does not
 * tell a client that the server is the right one: use `wss` for that.
 *
 * The layer's `hello` throws where the platform has no cryptographic generator of random bytes.
 */
export function crypto(options: CryptoOptions = {}): ClientLayerFactory {
  return (): ClientLayer => new CryptoLayer(options);
}

class CryptoLayer implements ClientLayer {
  readonly name = "crypto";
  readonly #options: CryptoOptions;
  #privateKey: Uint8Array | undefined = undefined;

  constructor(options: CryptoOptions) {
    this.#options = options;
  }

  hello(): Uint8Array {
    const { secret, randomBytes: random = randomBytes, now = Date.now } = this.#options;
    this.#privateKey = random(PRIVATE_KEY_LENGTH);
    const publicKey = x25519.getPublicKey(this.#privateKey);
    if (secret === undefined) return publicKey;
    const key = new TextEncoder().encode(secret);
    return writeSignedHello(publicKey, BigInt(now()), random(HELLO_NONCE_LENGTH), (signed) =>
      hmac(sha256, key, signed),
    );
  }

  finish(answer: Uint8Array): LayerStream {
    const privateKey = this.#privateKey;
    if (privateKey === undefined) throw new Error("crypto: finish() comes after hello()");
    this.#privateKey = undefined;
    if (answer.length !== PUBLIC_KEY_LENGTH) {
      throw new WireError(`crypto: the server's public key has ${answer.length} bytes, not ${PUBLIC_KEY_LENGTH}`);
    }
    return new CryptoStream(blake2b(sharedSecret(privateKey, answer), { dkLen: SESSION_KEY_LENGTH }));
  }
}

/** @throws WireError for a public key of low order, with which the secret is zero whatever our key is. */
function sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  let shared: Uint8Array;
  try {
    shared = x25519.getSharedSecret(privateKey, publicKey);
  } catch {
    throw new WireError("crypto: the server's public key is of low order");
  }
  if (shared.every((byte) => byte === 0)) throw new WireError("crypto: the server's public key is of low order");
  return shared;
}

class CryptoStream implements LayerStream {
  readonly #key: Uint8Array;
  readonly #sent = new NonceCounter(CLIENT_NONCE);
  readonly #received = new NonceCounter(SERVER_NONCE);

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  encode(message: Uint8Array): Uint8Array {
    return chacha20poly1305(this.#key, this.#sent.next()).encrypt(message);
  }

  decode(message: Uint8Array): Uint8Array {
    if (message.length < TAG_LENGTH) throw new WireError(`crypto: a frame of ${message.length} bytes has no tag`);
    try {
      return chacha20poly1305(this.#key, this.#received.next()).decrypt(message);
    } catch {
      throw new WireError("crypto: a frame was changed on its way, or is out of order, or has another key");
    }
  }
}
