import { createHmac, createPublicKey, diffieHellman, generateKeyPairSync, timingSafeEqual } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import {
  type Hello,
  LayerRefusedError,
  type LayerStream,
  PUBLIC_KEY_LENGTH,
  readHello,
  type ServerLayer,
} from "../../wire/layers/index.js";
import { WireError } from "../../wire/wire-error.js";
import { CryptoStream } from "./crypto-stream.js";
import type { SeenNonces } from "./seen-nonces.js";

/** What stands before an X25519 public key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");
const SESSION_KEY_LENGTH = 32;

/** The server's side of `crypto`: a key of its own for every connection. */
export class CryptoLayer implements ServerLayer {
  readonly name = "crypto";
  readonly #secret: string | undefined;
  readonly #seen: SeenNonces;

  /**
   * @param secret key of the HMAC of signed hellos; `undefined`: anybody may connect, signatures are not looked at.
   * @param seen nonces of the hellos that were accepted; used with a secret alone, as others cost nothing to make.
   */
  constructor(secret: string | undefined, seen: SeenNonces) {
    this.#secret = secret;
    this.#seen = seen;
  }

  accept(bytes: Uint8Array): { answer: Uint8Array; stream: LayerStream } {
    const hello = this.#read(bytes);
    if (this.#secret !== undefined) this.#verify(hello, this.#secret);
    const { publicKey, privateKey } = generateKeyPairSync("x25519");
    let shared: Buffer;
    try {
      const theirs = createPublicKey({
        key: Buffer.concat([SPKI_PREFIX, hello.publicKey]),
        format: "der",
        type: "spki",
      });
      shared = diffieHellman({ privateKey, publicKey: theirs });
    } catch {
      // OpenSSL refuses the points of low order, with which the shared secret is zero whatever our key is.
      throw new LayerRefusedError(this.name, "the public key is of low order");
    }
    return {
      answer: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-PUBLIC_KEY_LENGTH)),
      stream: new CryptoStream(blake2b(shared, { dkLen: SESSION_KEY_LENGTH })),
    };
  }

  #read(bytes: Uint8Array): Hello {
    try {
      return readHello(bytes);
    } catch (error) {
      throw error instanceof WireError ? new LayerRefusedError(this.name, error.message) : error;
    }
  }

  #verify({ signature }: Hello, secret: string): void {
    if (signature === undefined) throw new LayerRefusedError(this.name, "the hello must be signed");
    const expected = createHmac("sha256", secret).update(signature.signed).digest();
    if (!timingSafeEqual(expected, signature.mac)) {
      throw new LayerRefusedError(this.name, "the signature of the hello does not fit the key");
    }
    // After the signature: whoever lacks the key must not be able to have others' nonces forgotten.
    if (!this.#seen.add(signature.nonce)) throw new LayerRefusedError(this.name, "the hello was used before");
  }
}
