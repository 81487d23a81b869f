import sodium from "libsodium-wrappers-sumo";

await sodium.ready;

/** The layer `crypto` written down once more on libsodium, without a line of ours, for either role. */
export class SodiumPeer {
  readonly privateKey: Uint8Array = sodium.randombytes_buf(32);
  readonly publicKey: Uint8Array = sodium.crypto_scalarmult_base(this.privateKey);
  readonly #own: number;
  readonly #other: number;
  #key = new Uint8Array(32);
  #sent = 0n;
  #received = 0n;

  constructor(role: "client" | "server") {
    this.#own = role === "client" ? 0xff : 0;
    this.#other = role === "client" ? 0 : 0xff;
  }

  signedHello(secret: string, nonce: Uint8Array = sodium.randombytes_buf(16)): Uint8Array {
    const head = Buffer.concat([Buffer.from("H2A1"), this.publicKey, Buffer.alloc(8), nonce]);
    return Buffer.concat([head, hmac(secret, head)]);
  }

  meet(publicKey: Uint8Array): void {
    const shared = sodium.crypto_scalarmult(this.privateKey, publicKey);
    this.#key = new Uint8Array(sodium.crypto_generichash(32, shared, null));
  }

  encrypt(message: Uint8Array): Uint8Array {
    const nonce = nonceOf(this.#own, ++this.#sent);
    return sodium.crypto_aead_chacha20poly1305_ietf_encrypt(message, null, null, nonce, this.#key);
  }

  decrypt(frame: Uint8Array): Uint8Array {
    const nonce = nonceOf(this.#other, ++this.#received);
    return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, frame, null, nonce, this.#key);
  }
}

export function hmac(secret: string, message: Uint8Array): Uint8Array {
  const state = sodium.crypto_auth_hmacsha256_init(Buffer.from(secret));
  sodium.crypto_auth_hmacsha256_update(state, message);
  return sodium.crypto_auth_hmacsha256_final(state);
}

function nonceOf(direction: number, count: bigint): Uint8Array {
  return Buffer.from(direction.toString(16).padStart(2, "0") + count.toString(16).padStart(22, "0"), "hex");
}
