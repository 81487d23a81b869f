import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { CLIENT_NONCE, type LayerStream, NonceCounter, SERVER_NONCE } from "../../runtime/wire/layers/index.js";

const ALGORITHM = "chacha20-poly1305";
const TAG_LENGTH = 16;
const OPTIONS = { authTagLength: TAG_LENGTH } as const;
/** What stands before an X25519 public key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");

/** The client's side of `crypto` on the platform's own ciphers, which cost less than those of the client library. */
export class CryptoHello {
  readonly #privateKey: KeyObject;
  /** The entry in the handshake. */
  readonly publicKey: Uint8Array;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("x25519");
    this.#privateKey = privateKey;
    this.publicKey = publicKey.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX.length);
  }

  /** @param theirs the server's entry. */
  finish(theirs: Uint8Array): LayerStream {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, theirs]), format: "der", type: "spki" });
    return new CryptoStream(blake2b(diffieHellman({ privateKey: this.#privateKey, publicKey }), { dkLen: 32 }));
  }
}

class CryptoStream implements LayerStream {
  readonly #key: Uint8Array;
  readonly #sent = new NonceCounter(CLIENT_NONCE);
  readonly #received = new NonceCounter(SERVER_NONCE);

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  encode(message: Uint8Array): Uint8Array {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#sent.next(), OPTIONS);
    const text = cipher.update(message);
    cipher.final();
    return Buffer.concat([text, cipher.getAuthTag()]);
  }

  decode(frame: Uint8Array): Uint8Array {
    const decipher = createDecipheriv(ALGORITHM, this.#key, this.#received.next(), OPTIONS);
    decipher.setAuthTag(frame.subarray(-TAG_LENGTH));
    const message = decipher.update(frame.subarray(0, -TAG_LENGTH));
    decipher.final();
    return message;
  }
}
