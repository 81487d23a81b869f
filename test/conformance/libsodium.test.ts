import sodium from "libsodium-wrappers-sumo";
import { beforeAll, describe, expect, it } from "vitest";
import { readHandshake } from "../../runtime/wire/frames.js";
import { fromHex, toHex } from "./notation.js";
import type { HandshakeCase } from "./runner/layers.js";
import { readVectors } from "./runner/vectors.js";

/** What the cases with `crypto` say of their keys. */
interface CryptoCase extends HandshakeCase {
  readonly name: string;
  readonly client: { readonly privateKey: string; readonly publicKey: string };
  readonly server: { readonly privateKey: string; readonly publicKey: string };
  readonly sharedSecret: string;
  readonly sessionKey: string;
}

beforeAll(() => sodium.ready);

const cases = readVectors()
  .filter(({ kind }) => kind === "handshake")
  .flatMap((file) => file.cases as unknown as readonly CryptoCase[])
  .filter(({ layers }) => layers.includes("crypto"));

describe("libsodium agrees with the vectors of handshakes", () => {
  it.each(cases)("$name: keys, shared secret and session key", ({ client, server, sharedSecret, sessionKey }) => {
    for (const side of [client, server]) {
      expect(toHex(sodium.crypto_scalarmult_base(fromHex(side.privateKey)))).toBe(side.publicKey);
    }
    const shared = sodium.crypto_scalarmult(fromHex(server.privateKey), fromHex(client.publicKey));
    expect(toHex(shared)).toBe(sharedSecret);
    expect(toHex(sodium.crypto_generichash(32, shared, null))).toBe(sessionKey);
  });

  it.each(cases.filter(({ secret }) => secret !== undefined))("$name: the signature", ({ hello, secret = "" }) => {
    const signed = readHandshake(fromHex(hello)).at(-1) ?? new Uint8Array(0);
    const state = sodium.crypto_auth_hmacsha256_init(new TextEncoder().encode(secret));
    sodium.crypto_auth_hmacsha256_update(state, signed.subarray(0, 60));
    expect(toHex(sodium.crypto_auth_hmacsha256_final(state))).toBe(toHex(signed.subarray(60)));
  });

  it.each(cases.filter(({ layers }) => layers.length === 1))(
    "$name: each message of both directions",
    ({ sessionKey, toServer, toClient }) => {
      for (const [first, messages] of [
        [0xff, toServer],
        [0x00, toClient],
      ] as const) {
        for (const [at, { plain, sealed }] of messages.entries()) {
          const nonce = new Uint8Array(12);
          nonce[0] = first;
          nonce[11] = at + 1;
          const seal = sodium.crypto_aead_chacha20poly1305_ietf_encrypt;
          expect(toHex(seal(fromHex(plain), null, null, nonce, fromHex(sessionKey)))).toBe(sealed);
        }
      }
    },
  );
});
