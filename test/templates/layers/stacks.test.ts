import { constants } from "node:zlib";
import fc from "fast-check";
import { Deflate } from "minizlib";
import { expect, test } from "vitest";
import { shakeHands } from "../../../runtime/gate/handshake.js";
import { ServerLayers } from "../../../runtime/gate/layers/server-layers.js";
import { DEFAULT_WIRE } from "../../../runtime/gate/layers/wire-settings.js";
import { readHandshake, WireError, writeHandshake } from "../../../runtime/wire/frames.js";
import { type LayerName, LayerStack } from "../../../runtime/wire/layers/index.js";
import { type ClientLayerFactory, crypto, zlib } from "../../../templates/client-ts/layers/index.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { SodiumPeer } from "../../runtime/gate/layers/sodium-peer.js";

const SECRET = "a key of the test";
const MAX = 1 << 20;

const SETS: readonly (readonly [LayerName[], ClientLayerFactory[], string | undefined])[] = [
  [["jsonb"], [], undefined],
  [["jsonb", "zlib"], [zlib()], undefined],
  [["jsonb", "crypto"], [crypto()], undefined],
  [["jsonb", "crypto"], [crypto({ secret: SECRET })], SECRET],
  [["jsonb", "zlib", "crypto"], [zlib(), crypto()], undefined],
  [["jsonb", "zlib", "crypto"], [zlib(), crypto({ secret: SECRET })], SECRET],
];

/** Both ends of a connection after their handshake. */
function connect(
  names: readonly LayerName[],
  factories: readonly ClientLayerFactory[],
  secret?: string,
): { client: LayerStack; server: LayerStack } {
  const layers = new ServerLayers({ ...DEFAULT_WIRE, hetu1: names, secret, hetu2: [] }, MAX).of(schema).hetu1;
  const own = factories.map((make) => make());
  expect(own.map(({ name }) => name)).toEqual(names.slice(1));
  const handshake = shakeHands(writeHandshake(own.map((layer) => layer.hello())), layers);
  if (handshake.status === "refused") throw new Error(handshake.reason);
  const answers = readHandshake(handshake.answer);
  expect(answers).toHaveLength(own.length);
  const streams = own.map((layer, i) => layer.finish(answers[i] ?? new Uint8Array(0)));
  // A message is over when its handler returns; nothing may keep a view of it.
  handshake.answer.fill(0);
  return { client: new LayerStack(streams), server: handshake.layers };
}

const message = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 30 }), fc.nat(3000))
    .map(([part, times]) => Buffer.concat(Array<Uint8Array>(times).fill(part))),
  fc.string().map((text) => Buffer.from(`updt Position owner x y ${text}`)),
);

test.each(SETS)(
  "through %j every message arrives as it was sent, in whatever order the sides speak",
  (names, own, secret) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), message), { maxLength: 40 }), (all) => {
        const { client, server } = connect(names, own, secret);
        const [toServer, toClient]: [Uint8Array[], Uint8Array[]] = [[], []];
        for (const [up, bytes] of all) {
          const before = Uint8Array.from(bytes);
          if (up) toServer.push(client.encode(bytes));
          else toClient.push(server.encode(bytes));
          expect(Buffer.compare(bytes, before)).toBe(0);
        }
        // Read behind it all: what one side has sent does not wait for what the other sends.
        const up = toServer.map((bytes) => server.decode(bytes));
        const down = toClient.map((bytes) => client.decode(bytes));
        const sent = (which: boolean): string[] =>
          all.filter(([isUp]) => isUp === which).map(([, bytes]) => Buffer.from(bytes).toString("hex"));
        expect(up.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(sent(true));
        expect(down.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(sent(false));
        server.close();
        client.close();
      }),
      { numRuns: 60 },
    );
  },
);

test.each(SETS.slice(1))(
  "through %j a broken message from the server is told as a WireError, or gives other bytes",
  (names, own, secret) => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(7), fc.boolean(), (bytes, where, bit, cut) => {
        const { client, server } = connect(names, own, secret);
        const frame = server.encode(bytes);
        const at = where % frame.length;
        const broken = cut ? frame.subarray(0, at) : frame.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        try {
          const got = client.decode(broken);
          expect(names).not.toContain("crypto");
          expect(got.length).toBeLessThanOrEqual(MAX);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
        server.close();
      }),
    );
  },
);

test("a server's message that inflates to more than the client allows is refused", () => {
  const deflate = new Deflate({ flush: constants.Z_SYNC_FLUSH });
  const chunks: Buffer[] = [];
  deflate.on("data", (chunk: Buffer) => chunks.push(chunk));
  deflate.write(Buffer.alloc(1 << 20));
  const layer = zlib({ maxMessage: 1000 })();
  expect(layer.hello()).toHaveLength(0);
  expect(() => layer.finish(new Uint8Array(0)).decode(Buffer.concat(chunks))).toThrow(
    "zlib: a message inflates to more than 1000 bytes",
  );
});

test("the client's hello, keys and frames are those that libsodium makes", () => {
  const nonce = new Uint8Array(16).fill(3);
  const peer = new SodiumPeer("client");
  const layer = crypto({
    secret: SECRET,
    randomBytes: (count) => (count === 32 ? peer.privateKey : nonce),
    now: () => 0,
  })();
  expect(Buffer.from(layer.hello()).equals(peer.signedHello(SECRET, nonce))).toBe(true);
  const server = new SodiumPeer("server");
  const stream = layer.finish(server.publicKey);
  server.meet(peer.publicKey);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (bytes, fromServer) => {
      const arrived = fromServer ? stream.decode(server.encrypt(bytes)) : server.decrypt(stream.encode(bytes));
      expect(Buffer.compare(arrived, bytes)).toBe(0);
    }),
  );
});

test("without a secret the client's hello is its public key, another one for each connection", () => {
  const make = crypto();
  const [one, other] = [make().hello(), make().hello()];
  expect([one.length, other.length]).toEqual([32, 32]);
  expect(Buffer.compare(one, other)).not.toBe(0);
});

test.each([
  ["of 31 bytes", new Uint8Array(31), "crypto: the server's public key has 31 bytes, not 32"],
  ["of low order", new Uint8Array(32), "crypto: the server's public key is of low order"],
])("a server's public key %s is refused", (_what, answer, reason) => {
  const layer = crypto()();
  layer.hello();
  expect(() => layer.finish(answer)).toThrow(new WireError(reason));
});
