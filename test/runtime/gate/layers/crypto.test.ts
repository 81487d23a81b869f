import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CryptoLayer } from "../../../../runtime/gate/layers/crypto-layer.js";
import { SeenNonces } from "../../../../runtime/gate/layers/seen-nonces.js";
import { WireError } from "../../../../runtime/wire/frames.js";
import { LayerRefusedError, type LayerStream } from "../../../../runtime/wire/layers/index.js";
import { SodiumPeer } from "./sodium-peer.js";

const SECRET = "schlüssel, long and random";

function layer(secret?: string): CryptoLayer {
  return new CryptoLayer(secret, new SeenNonces());
}

function meet(hello: (peer: SodiumPeer) => Uint8Array, secret?: string): { peer: SodiumPeer; server: LayerStream } {
  const peer = new SodiumPeer("client");
  const { answer, stream } = layer(secret).accept(hello(peer));
  expect(answer).toHaveLength(32);
  peer.meet(answer);
  return { peer, server: stream };
}

test.each([
  ["an unsigned hello", (peer: SodiumPeer) => peer.publicKey, undefined],
  ["a signed hello without a key to verify it", (peer: SodiumPeer) => peer.signedHello("whatever"), undefined],
  ["a signed hello with the right key", (peer: SodiumPeer) => peer.signedHello(SECRET), SECRET],
])("after %s the server and libsodium understand each other in both directions", (_what, hello, secret) => {
  const { peer, server } = meet(hello, secret);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (message, fromServer) => {
      const before = message.slice();
      const arrived = fromServer ? peer.decrypt(server.encode(message)) : server.decode(peer.encrypt(message));
      expect(Buffer.compare(arrived, before)).toBe(0);
      expect(Buffer.compare(message, before)).toBe(0);
    }),
    { numRuns: 600 },
  );
});

test("every connection has a server key of its own", () => {
  const one = layer();
  const hello = new SodiumPeer("client").publicKey;
  expect(one.accept(hello).answer).not.toEqual(one.accept(hello).answer);
});

test("a frame that was cut, flipped, repeated or reordered is refused", () => {
  const frames = (): { server: LayerStream; first: Uint8Array; second: Uint8Array } => {
    const { peer, server } = meet(({ publicKey }) => publicKey);
    return { server, first: peer.encrypt(Buffer.from("first")), second: peer.encrypt(Buffer.from("second")) };
  };
  for (let at = 0; at < 21; at++) {
    const { server, first } = frames();
    first[at] = (first[at] ?? 0) ^ 1;
    expect(() => server.decode(first)).toThrow(WireError);
  }
  for (let length = 0; length < 21; length++) {
    const { server, first } = frames();
    expect(() => server.decode(first.subarray(0, length))).toThrow(WireError);
  }
  const repeated = frames();
  repeated.server.decode(repeated.first);
  expect(() => repeated.server.decode(repeated.first)).toThrow(WireError);
  const reordered = frames();
  expect(() => reordered.server.decode(reordered.second)).toThrow(WireError);
});

test("what the server sent is not accepted as coming from the client", () => {
  const { server } = meet(({ publicKey }) => publicKey);
  const own = server.encode(Buffer.from("hello"));
  expect(() => server.decode(own)).toThrow(WireError);
});

test("with a key configured an unsigned hello is refused", () => {
  expect(() => layer(SECRET).accept(new SodiumPeer("client").publicKey)).toThrow(
    new LayerRefusedError("crypto", "the hello must be signed"),
  );
});

test("a hello that was signed with another key is refused, and so is one of which any bit was changed", () => {
  const reason = "crypto: the signature of the hello does not fit the key";
  const peer = new SodiumPeer("client");
  expect(() => layer(SECRET).accept(peer.signedHello("another"))).toThrow(reason);
  const hello = peer.signedHello(SECRET);
  for (let bit = 32; bit < hello.length * 8; bit++) {
    const changed = hello.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => layer(SECRET).accept(changed)).toThrow(reason);
  }
});

test("a hello that was accepted is refused the second time, also with another public key and the same nonce", () => {
  const server = layer(SECRET);
  const hello = new SodiumPeer("client").signedHello(SECRET);
  server.accept(hello);
  expect(() => server.accept(hello)).toThrow("crypto: the hello was used before");
  const again = new SodiumPeer("client").signedHello(SECRET, hello.subarray(44, 60));
  expect(() => server.accept(again)).toThrow("crypto: the hello was used before");
});

test("a hello with a wrong signature does not use its nonce up", () => {
  const server = layer(SECRET);
  const hello = new SodiumPeer("client").signedHello(SECRET);
  const forged = Uint8Array.from(hello);
  forged[91] = (forged[91] ?? 0) ^ 1;
  expect(() => server.accept(forged)).toThrow(LayerRefusedError);
  expect(server.accept(hello).answer).toHaveLength(32);
});

/** Points of order 1, 2, 4 and 8 on the curve and its twist: RFC 7748, section 6.1, warns of them. */
const LOW_ORDER = [
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
];

test.each(LOW_ORDER)("the public key %s, which makes the shared secret zero, is refused", (key) => {
  expect(() => layer().accept(Buffer.from(key, "hex"))).toThrow("crypto: the public key is of low order");
});

test("hellos of other lengths are refused", () => {
  for (const length of [0, 1, 31, 33, 91, 93, 1000]) {
    expect(() => layer().accept(randomBytes(length))).toThrow(LayerRefusedError);
  }
});

test("the newest nonces are remembered and what is remembered is bounded", () => {
  const seen = new SeenNonces(100);
  const nonces = Array.from({ length: 1000 }, () => randomBytes(16));
  for (const [i, nonce] of nonces.entries()) {
    expect(seen.add(nonce)).toBe(true);
    for (const recent of nonces.slice(Math.max(0, i - 99), i + 1)) expect(seen.add(recent)).toBe(false);
  }
  expect(seen.add(nonces[0] ?? randomBytes(16))).toBe(true);
});
