import { WireError } from "../wire-error.js";

/** Length of an X25519 public key, which is all that an unsigned hello holds. */
export const PUBLIC_KEY_LENGTH = 32;
/** Length of the random nonce in a signed hello. */
export const HELLO_NONCE_LENGTH = 16;

const MAGIC = Uint8Array.of(0x48, 0x32, 0x41, 0x31);
const KEY_AT = 4;
const TIMESTAMP_AT = 36;
const NONCE_AT = 44;
const MAC_AT = 60;
const SIGNED_LENGTH = 92;

/** The entry of the layer `crypto` in a client's handshake. Its parts are views of the bytes that were read. */
export type Hello =
  | { readonly publicKey: Uint8Array; readonly signature: undefined }
  | {
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
export function writeSignedHello(
  publicKey: Uint8Array,
  timestamp: bigint,
  nonce: Uint8Array,
  sign: (signed: Uint8Array) => Uint8Array,
): Uint8Array {
  const hello = new Uint8Array(SIGNED_LENGTH);
  hello.set(MAGIC);
  hello.set(publicKey, KEY_AT);
  new DataView(hello.buffer).setBigUint64(TIMESTAMP_AT, timestamp);
  hello.set(nonce, NONCE_AT);
  hello.set(sign(hello.subarray(0, MAC_AT)), MAC_AT);
  return hello;
}

/** @throws WireError when it is neither a public key nor `H2A1`. The signature is not verified. */
export function readHello(hello: Uint8Array): Hello {
  if (hello.length === PUBLIC_KEY_LENGTH) return { publicKey: hello, signature: undefined };
  if (hello.length !== SIGNED_LENGTH) {
    throw new WireError(
      `a hello has ${PUBLIC_KEY_LENGTH} bytes, or ${SIGNED_LENGTH} when signed; this one has ${hello.length}`,
    );
  }
  if (MAGIC.some((byte, i) => hello[i] !== byte)) throw new WireError("a hello of 92 bytes starts with H2A1");
  return {
    publicKey: hello.subarray(KEY_AT, TIMESTAMP_AT),
    signature: {
      nonce: hello.subarray(NONCE_AT, MAC_AT),
      signed: hello.subarray(0, MAC_AT),
      mac: hello.subarray(MAC_AT),
    },
  };
}
