import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLIENT_NONCE,
  LayerStack,
  type LayerStream,
  NonceCounter,
  readHello,
  SERVER_NONCE,
  writeSignedHello,
} from "../../../../runtime/wire/layers/index.js";

/** Marks what leaves with its number, and demands it of what comes. */
function marker(mark: number, closed: number[] = []): LayerStream {
  return {
    encode: (message) => Uint8Array.of(mark, ...message),
    decode(message) {
      expect(message[0]).toBe(mark);
      return message.subarray(1);
    },
    close: () => closed.push(mark),
  };
}

test("streams are applied in order to what leaves, and in reverse to what comes", () => {
  const stack = new LayerStack([marker(1), marker(2)]);
  expect([...stack.encode(Uint8Array.of(9))]).toEqual([2, 1, 9]);
  expect([...stack.decode(Uint8Array.of(2, 1, 9))]).toEqual([9]);
});

test("without streams messages pass through as they are", () => {
  const message = Uint8Array.of(1, 2, 3);
  const stack = new LayerStack();
  expect(stack.empty).toBe(true);
  expect(stack.encode(message)).toBe(message);
  expect(stack.decode(message)).toBe(message);
});

test("closing a stack closes every stream", () => {
  const closed: number[] = [];
  new LayerStack([marker(1, closed), marker(2, closed)]).close();
  expect(closed).toEqual([1, 2]);
});

test.each([
  ["the server", SERVER_NONCE, 0x00],
  ["the client", CLIENT_NONCE, 0xff],
] as const)("nonces of %s start with its byte and count from 1, big-endian", (_who, direction, byte) => {
  const counter = new NonceCounter(direction);
  expect([...counter.next()]).toEqual([byte, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  for (let count = 2; count < 256; count++) counter.next();
  expect([...counter.next()]).toEqual([byte, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  for (let count = 257; count < 65_536; count++) counter.next();
  expect([...counter.next()]).toEqual([byte, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
});

test("a signed hello is read as it was written, byte for byte where the protocol has it", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(bytes(32), fc.bigInt(0n, 2n ** 64n - 1n), bytes(16), bytes(32), (publicKey, timestamp, nonce, mac) => {
      const hello = writeSignedHello(publicKey, timestamp, nonce, () => mac);
      expect(hello.length).toBe(92);
      expect(Buffer.from(hello.subarray(0, 4)).toString()).toBe("H2A1");
      expect(Buffer.from(hello).readBigUInt64BE(36)).toBe(timestamp);
      expect(readHello(hello)).toEqual({
        publicKey,
        signature: { nonce, signed: hello.subarray(0, 60), mac },
      });
    }),
  );
});

test("a hello of 32 bytes is a public key alone", () => {
  const key = new Uint8Array(32).fill(7);
  expect(readHello(key)).toEqual({ publicKey: key, signature: undefined });
});

test.each([0, 31, 33, 91, 93])("a hello of %i bytes is refused", (length) => {
  expect(() => readHello(new Uint8Array(length))).toThrow(
    `a hello has 32 bytes, or 92 when signed; this one has ${length}`,
  );
});

test("a hello of 92 bytes without its magic is refused", () => {
  expect(() => readHello(new Uint8Array(92))).toThrow("a hello of 92 bytes starts with H2A1");
});
