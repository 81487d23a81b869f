import { decode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessagePackWriter } from "../../../runtime/wire/message-pack-writer.js";
import { f64, i64, text, u64 } from "../codegen/arbitraries.js";

function written(write: (writer: MessagePackWriter) => void): Uint8Array {
  const writer = new MessagePackWriter(1);
  write(writer);
  return writer.finish();
}

function decoded(write: (writer: MessagePackWriter) => void): unknown {
  return decode(written(write), { useBigInt64: true });
}

/** Length in bytes of the smallest form of an integer, by the specification's table. */
function smallest(value: bigint): number {
  if (value >= -32n && value < 128n) return 1;
  for (const [bits, length] of [
    [8n, 2],
    [16n, 3],
    [32n, 5],
  ] as const) {
    if (value >= 0n ? value < 2n ** bits : value >= -(2n ** (bits - 1n))) return length;
  }
  return 9;
}

describe("MessagePackWriter", () => {
  it("writes integers in the smallest form", () => {
    const edges = [0, 127, 128, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];
    const negative = [-1, -32, -33, -128, -129, -32768, -32769, -(2 ** 31), -(2 ** 31) - 1, Number.MIN_SAFE_INTEGER];
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.constantFrom(...edges, ...negative)), (value) => {
        const bytes = written((writer) => writer.int(value));
        expect(BigInt(decode(bytes, { useBigInt64: true }) as number | bigint)).toBe(BigInt(value));
        expect(bytes).toHaveLength(smallest(BigInt(value)));
      }),
      { numRuns: 1000 },
    );
  });

  it("writes bigints like integers, up to 64 bits", () => {
    fc.assert(
      fc.property(fc.oneof(i64, u64), (value) => {
        const bytes = written((writer) => writer.bigint(value));
        expect(BigInt(decode(bytes, { useBigInt64: true }) as number | bigint)).toBe(value);
        expect(bytes).toHaveLength(smallest(value));
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps a whole float a float64", () => {
    expect([...written((writer) => writer.float64(3))]).toStrictEqual([0xcb, 0x40, 8, 0, 0, 0, 0, 0, 0]);
    fc.assert(
      fc.property(f64, (value) => {
        expect(decoded((writer) => writer.float64(value))).toBe(value);
      }),
    );
    expect(decoded((writer) => writer.float64(NaN))).toBeNaN();
  });

  it("writes nil and booleans", () => {
    expect(decoded((writer) => writer.nil())).toBeNull();
    expect(decoded((writer) => writer.bool(true))).toBe(true);
    expect(decoded((writer) => writer.bool(false))).toBe(false);
  });

  it("writes any text", () => {
    fc.assert(
      fc.property(text(60), (value) => {
        expect(decoded((writer) => writer.string(value))).toBe(value);
      }),
    );
  });

  it("writes texts and bytes behind the smallest header", () => {
    for (const [length, textHeader, bytesHeader] of [
      [31, 1, 2],
      [32, 2, 2],
      [255, 2, 2],
      [256, 3, 3],
      [65535, 3, 3],
      [65536, 5, 5],
    ] as const) {
      const bytes = new Uint8Array(length).fill(7);
      expect(written((writer) => writer.string("x".repeat(length)))).toHaveLength(length + textHeader);
      expect(decoded((writer) => writer.string("x".repeat(length)))).toBe("x".repeat(length));
      expect(written((writer) => writer.bin(bytes))).toHaveLength(length + bytesHeader);
      expect(decoded((writer) => writer.bin(bytes))).toStrictEqual(bytes);
    }
  });

  it("writes arrays and maps of any size", () => {
    for (const count of [0, 15, 16, 65535, 65536]) {
      const list = decoded((writer) => {
        writer.arrayHeader(count);
        for (let i = 0; i < count; i++) writer.int(i % 100);
      });
      expect(list).toHaveLength(count);
      const map = decoded((writer) => {
        writer.mapHeader(count);
        for (let i = 0; i < count; i++) {
          writer.string(String(i));
          writer.nil();
        }
      });
      expect(Object.keys(map as object)).toHaveLength(count);
    }
  });

  it("starts again after finish, and what it gave stays as it was", () => {
    const writer = new MessagePackWriter();
    writer.int(1);
    const first = writer.finish();
    writer.raw(Uint8Array.of(0x92));
    writer.int(2);
    writer.int(3);
    expect(decode(first)).toBe(1);
    expect(writer.length).toBe(3);
    expect(decode(writer.peek())).toStrictEqual([2, 3]);
    expect(decode(writer.finish())).toStrictEqual([2, 3]);
    expect(writer.length).toBe(0);
  });
});
