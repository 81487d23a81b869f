import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codegen } from "../../../runtime/index.js";
import { Journal, Profile, Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import { thingValues } from "./arbitraries.js";

const { ByteReader, ByteWriter } = codegen;
const codec = Thing.$codec;

function pack(row: Thing): Uint8Array {
  const writer = new ByteWriter();
  codec.encode(row, writer);
  return writer.finish();
}

describe("packed rows", () => {
  it("give back every value of every type", () => {
    fc.assert(
      fc.property(thingValues, fc.integer({ min: 1 }), (values, version) => {
        const row = codec.create(7n, values, 0, false);
        const copy = codec.decode(7n, version, new ByteReader(pack(row)));
        expect(copy.toObject()).toStrictEqual({ id: 7n, ...values, at: values.at + 0 });
        expect(copy.$version).toBe(version);
      }),
    );
  });

  it("are read from the middle of a larger buffer, which may then be overwritten", () => {
    fc.assert(
      fc.property(thingValues, fc.nat({ max: 20 }), (values, offset) => {
        const packed = pack(codec.create(1n, values, 0, false));
        const buffer = Buffer.alloc(offset + packed.length + 5, 0xee);
        buffer.set(packed, offset);
        const row = codec.decode(1n, 1, new ByteReader(buffer.subarray(offset, offset + packed.length)));
        buffer.fill(0xff);
        expect(row.toObject()).toStrictEqual({ id: 1n, ...values, at: values.at + 0 });
      }),
    );
  });

  it("are read one after the other by one reader, in the same memory or not", () => {
    fc.assert(
      fc.property(thingValues, thingValues, thingValues, (a, b, c) => {
        const packed = [a, b].map((values) => pack(codec.create(1n, values, 0, false)));
        const joined = Buffer.concat(packed);
        const length = packed[0]?.length ?? 0;
        const reader = new ByteReader(joined.subarray(0, length));
        expect(codec.decode(1n, 1, reader).owner).toBe(a.owner);
        expect(codec.decode(1n, 1, reader.reset(joined.subarray(length))).name).toBe(b.name);
        expect(codec.decode(1n, 1, reader.reset(pack(codec.create(1n, c, 0, false)))).data).toStrictEqual(c.data);
      }),
    );
  });

  it("have the columns of a fixed width first, little-endian, then lengths and texts", () => {
    const writer = new ByteWriter();
    Profile.$codec.encode(Profile.$codec.create(9n, { owner: 0x0102n, name: "ab", secret: "é" }, 0, false), writer);
    expect([...writer.finish()]).toStrictEqual([2, 1, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x62, 2, 0xc3, 0xa9]);
  });

  it("hold texts whose lengths need one, two and three bytes", () => {
    for (const length of [0, 1, 12, 13, 39, 40, 41, 127, 128, 16_383, 16_384, 60_000]) {
      for (const character of ["x", "é", "漢", "😀"]) {
        const row = Journal.$codec.create(1n, { key: 1, items: character.repeat(length) }, 0, false);
        const writer = new ByteWriter(8);
        Journal.$codec.encode(row, writer);
        expect(Journal.$codec.decode(1n, 1, new ByteReader(writer.finish())).items).toBe(row.items);
      }
    }
  });

  it("with an integer that the enum does not have are refused", () => {
    const packed = pack(codec.create(1n, { owner: 1n }, 0, false));
    const enumAt = packed.length - 3;
    packed[enumAt] = 9;
    expect(() => codec.decode(1n, 1, new ByteReader(packed))).toThrow(
      "Thing.team must be a value of enum Team (0, 5); got 9",
    );
  });
});
