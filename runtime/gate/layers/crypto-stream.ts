import { createCipheriv, createDecipheriv } from "node:crypto";
import { CLIENT_NONCE, type LayerStream, NonceCounter, SERVER_NONCE } from "../../wire/layers/index.js";
import { WireError } from "../../wire/wire-error.js";

const ALGORITHM = "chacha20-poly1305";
const TAG_LENGTH = 16;
const OPTIONS = { authTagLength: TAG_LENGTH } as const;

/** ChaCha20-Poly1305 (RFC 8439) of one connection, on the server: a frame is the ciphertext and its tag. */
export class CryptoStream implements LayerStream {
  readonly #key: Uint8Array;
  readonly #sent = new NonceCounter(SERVER_NONCE);
  readonly #received = new NonceCounter(CLIENT_NONCE);

  /** @param key 32 bytes. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  encode(message: Uint8Array): Uint8Array {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#sent.next(), OPTIONS);
    const frame = new Uint8Array(message.length + TAG_LENGTH);
    frame.set(cipher.update(message));
    cipher.final();
    frame.set(cipher.getAuthTag(), message.length);
    return frame;
  }

  decode(message: Uint8Array): Uint8Array {
    const length = message.length - TAG_LENGTH;
    if (length < 0) throw new WireError(`crypto: a frame of ${message.length} bytes has no tag`);
    const decipher = createDecipheriv(ALGORITHM, this.#key, this.#received.next(), OPTIONS);
    decipher.setAuthTag(message.subarray(length));
    const plain = decipher.update(message.subarray(0, length));
    try {
      decipher.final();
    } catch {
      throw new WireError("crypto: a frame was changed on its way, or is out of order, or has another key");
    }
    return plain;
  }
}
