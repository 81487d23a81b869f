import { createCipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { CryptoStream } from "../../../runtime/gate/layers/crypto-stream.js";
import { ZlibStream } from "../../../runtime/gate/layers/zlib-stream.js";
import {
  CLIENT_NONCE,
  type LayerStream,
  LayerStack,
  NonceCounter,
  writeSignedHello,
} from "../../../runtime/wire/layers/index.js";
import { fromHex, toHex } from "../notation.js";

/** What stands before the 32 bytes of an X25519 key (RFC 8410). */
const PRIVATE_PREFIX = "302e020100300506032b656e04220420";
const PUBLIC_PREFIX = "302a300506032b656e032100";

/** Keys of vectors; they protect nothing. */
export const CLIENT_KEY: string = toHex(Uint8Array.from({ length: 32 }, (_, at) => at + 1));
export const SERVER_KEY: string = toHex(Uint8Array.from({ length: 32 }, (_, at) => 0xff - at));
export const HELLO_NONCE: string = toHex(Uint8Array.from({ length: 16 }, (_, at) => 0xa0 + at));

/** The sets of layers behind `jsonb`, as the settings of a server name them. */
export const LAYER_SETS: readonly (readonly ("zlib" | "crypto")[])[] = [["zlib"], ["crypto"], ["zlib", "crypto"]];

export function publicKeyOf(privateKey: string): Uint8Array {
  const key = createPublicKey(privateKeyObject(privateKey));
  return new Uint8Array(key.export({ format: "der", type: "spki" }).subarray(-32));
}

/** X25519 of one side's private and the other's public key, both in hex. */
export function sharedSecret(privateKey: string, publicKey: string): Uint8Array {
  const theirs = createPublicKey({
    key: Buffer.from(PUBLIC_PREFIX + publicKey, "hex"),
    format: "der",
    type: "spki",
  });
  return new Uint8Array(diffieHellman({ privateKey: privateKeyObject(privateKey), publicKey: theirs }));
}

export function sessionKeyOf(shared: Uint8Array): Uint8Array {
  return blake2b(shared, { dkLen: 32 });
}

export function signedHello(publicKey: Uint8Array, time: bigint, nonce: string, secret: string): Uint8Array {
  return writeSignedHello(
    publicKey,
    time,
    fromHex(nonce),
    (signed) => new Uint8Array(createHmac("sha256", secret).update(signed).digest()),
  );
}

/** The session key of {@link CLIENT_KEY} and {@link SERVER_KEY}. */
export const sessionKey: Uint8Array = sessionKeyOf(sharedSecret(SERVER_KEY, toHex(publicKeyOf(CLIENT_KEY))));

/** A direction of a connection's layers: each message in its turn. */
export type Encode = (message: Uint8Array) => Uint8Array;

/**
 * What the server sends through its own layers, with keys that are known.
 * @param words the preset dictionary; an empty one means none.
 */
export function serverEncode(layers: readonly string[], words: Uint8Array): Encode {
  const stack = new LayerStack(
    layers.map((layer): LayerStream => (layer === "zlib" ? zlibStream(words) : new CryptoStream(sessionKey))),
  );
  return (message) => Uint8Array.from(stack.encode(message));
}

/** What a client sends: zlib is the same in both directions, and encryption is the platform's own. */
export function clientEncode(layers: readonly string[], words: Uint8Array): Encode {
  const steps = layers.map((layer): Encode => {
    if (layer === "crypto") return clientSeal();
    const stream = zlibStream(words);
    return (message) => stream.encode(message);
  });
  return (message) => Uint8Array.from(steps.reduce((bytes, step) => step(bytes), message));
}

/** What a server makes of the messages of a client with these layers. */
export function serverDecode(layers: readonly string[], words: Uint8Array): Encode {
  const stack = new LayerStack(
    layers.map((layer): LayerStream => (layer === "zlib" ? zlibStream(words) : new CryptoStream(sessionKey))),
  );
  return (message) => Uint8Array.from(stack.decode(message));
}

function zlibStream(words: Uint8Array): ZlibStream {
  return new ZlibStream({
    dictionary: words.length === 0 ? undefined : words,
    maxMessage: 1 << 20,
    deflateWindow: 15,
  });
}

function clientSeal(): Encode {
  const nonces = new NonceCounter(CLIENT_NONCE);
  return (message) => {
    const cipher = createCipheriv("chacha20-poly1305", sessionKey, nonces.next(), { authTagLength: 16 });
    return Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
  };
}

function privateKeyObject(privateKey: string): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.from(PRIVATE_PREFIX + privateKey, "hex"), format: "der", type: "pkcs8" });
}
