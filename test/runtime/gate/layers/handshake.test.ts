import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shakeHands } from "../../../../runtime/gate/handshake.js";
import { ServerLayers } from "../../../../runtime/gate/layers/server-layers.js";
import { DEFAULT_WIRE } from "../../../../runtime/gate/layers/wire-settings.js";
import { decodeMessage, encodeMessage, readHandshake, writeHandshake } from "../../../../runtime/wire/frames.js";
import type { LayerName, ServerLayer } from "../../../../runtime/wire/layers/index.js";
import { schema } from "../../../fixtures/world/generated/server-ts/world/index.js";
import { SodiumPeer } from "./sodium-peer.js";

const SECRET = "a key of the test";
const FUZZED = 20_000;

function layersOf(names: readonly LayerName[], secret?: string): readonly ServerLayer[] | undefined {
  return new ServerLayers({ ...DEFAULT_WIRE, hetu1: names, hetu2: [], secret }, 512 * 1024).of(schema).hetu1;
}

const ALL: readonly LayerName[] = ["jsonb", "zlib", "crypto"];

test("all three layers are answered with the dictionary and a key of 32 bytes", () => {
  const hello = writeHandshake([new Uint8Array(0), new SodiumPeer("client").signedHello(SECRET)]);
  const handshake = shakeHands(hello, layersOf(ALL, SECRET));
  if (handshake.status !== "shaken") throw new Error(handshake.reason);
  const [dictionary, key, ...more] = readHandshake(handshake.answer);
  expect(new TextDecoder().decode(dictionary)).toContain("Position");
  expect(key).toHaveLength(32);
  expect(more).toEqual([]);
  handshake.layers.close();
});

test.each([
  ["none", []],
  ["one", [new Uint8Array(0)]],
  ["three", [new Uint8Array(0), randomBytes(32), new Uint8Array(0)]],
])("%s instead of two entries are not answered", (_what, entries) => {
  expect(shakeHands(writeHandshake(entries), layersOf(ALL))).toEqual({
    status: "refused",
    answer: undefined,
    code: 1002,
    reason: `handshake: expected an array of 2 entries (layers: jsonb, zlib, crypto), got ${entries.length}`,
  });
});

test("a layer that refuses is answered with the empty array and told with 4005", () => {
  expect(shakeHands(writeHandshake([new Uint8Array(0), randomBytes(32)]), layersOf(ALL, SECRET))).toEqual({
    status: "refused",
    answer: Uint8Array.of(0x90),
    code: 4005,
    reason: "crypto: the hello must be signed",
  });
});

test("a protocol that is switched off is not answered and told with 4005", () => {
  expect(shakeHands(Uint8Array.of(0x90), layersOf([]))).toEqual({
    status: "refused",
    answer: undefined,
    code: 4005,
    reason: "this server does not speak hetu.1",
  });
});

test(`${FUZZED.toLocaleString("en")} malformed handshakes are refused, and none of them throws`, () => {
  const layers = layersOf(ALL, SECRET);
  const signed = new SodiumPeer("client").signedHello(SECRET);
  const flipped = fc
    .tuple(fc.nat(91), fc.nat(7))
    .map(([at, bit]) => Uint8Array.from(signed, (byte, i) => (i === at ? byte ^ (1 << bit) : byte)));
  const hello = fc.oneof(flipped, fc.uint8Array({ maxLength: 120 }), fc.uint8Array({ minLength: 92, maxLength: 92 }));
  const entry = fc.oneof(
    fc.uint8Array({ maxLength: 5 }),
    fc.anything({ maxDepth: 2, withNullPrototype: false }),
    hello,
  );
  const encodable = (value: unknown): Uint8Array => {
    try {
      return encodeMessage(value);
    } catch {
      return Uint8Array.of(0xc1);
    }
  };
  const handshake = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(fc.uint8Array({ maxLength: 3 }), hello).map((entries) => writeHandshake(entries)),
    fc.array(entry, { maxLength: 4 }).map(encodable),
    fc.tuple(fc.nat(100), hello).map(([cut, last]) => writeHandshake([new Uint8Array(0), last]).subarray(0, cut)),
  );
  const answers = new Map<string, number>();
  fc.assert(
    fc.property(handshake, (bytes) => {
      const result = shakeHands(bytes, layers);
      expect(result.status).toBe("refused");
      if (result.answer !== undefined) expect(decodeMessage(result.answer)).toEqual([]);
      const kind = String(result.answer?.length);
      answers.set(kind, (answers.get(kind) ?? 0) + 1);
    }),
    { numRuns: FUZZED },
  );
  // Both ways out were taken, often.
  expect(answers.get("1")).toBeGreaterThan(1000);
  expect(answers.get("undefined")).toBeGreaterThan(1000);
});
