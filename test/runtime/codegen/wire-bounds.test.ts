import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Inventory, Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import type { IndexCodec } from "../../../runtime/schema/component.js";
import { thingValues } from "./arbitraries.js";

function indexOf(name: string): IndexCodec<Thing> {
  const found = Thing.$codec.indexes.find((index) => index.name === name);
  if (found === undefined) throw new Error(`no index ${name}`);
  return found;
}

const integers = [
  ["i8_value", -0x80, 0x7f],
  ["i16_value", -0x8000, 0x7fff],
  ["i32_value", -0x8000_0000, 0x7fff_ffff],
  ["u8_value", 0, 0xff],
  ["u16_value", 0, 0xffff],
  ["u32_value", 0, 0xffff_ffff],
  ["i64_value", -(2n ** 63n), 2n ** 63n - 1n],
  ["u64_value", 0n, 2n ** 64n - 1n],
  ["at", -8.64e15, 8.64e15],
] as const;

describe("bounds of hetu.1", () => {
  it("give the values of the column whether integers arrive as number or bigint", () => {
    fc.assert(
      fc.property(thingValues, (values) => {
        expect(indexOf("i32_value").fromWire(BigInt(values.i32Value))).toStrictEqual([values.i32Value]);
        expect(indexOf("i64_value").fromWire(values.i32Value)).toStrictEqual([BigInt(values.i32Value)]);
        expect(indexOf("at").fromWire(BigInt(values.at))).toStrictEqual([values.at + 0]);
        expect(indexOf("f64_value").fromWire(values.f64Value)).toStrictEqual([values.f64Value]);
        expect(indexOf("f32_value").fromWire(values.f32Value)).toStrictEqual([values.f32Value]);
        expect(indexOf("name").fromWire(values.name)).toStrictEqual([values.name]);
      }),
    );
  });

  it("have infinities clamped to the limits of integers", () => {
    for (const [name, min, max] of integers) {
      expect(indexOf(name).fromWire(-Infinity)).toStrictEqual([min]);
      expect(indexOf(name).fromWire(Infinity)).toStrictEqual([max]);
      expect(indexOf(name).fromWire("-inf")).toStrictEqual([min]);
      expect(indexOf(name).fromWire("Infinity")).toStrictEqual([max]);
    }
    expect(indexOf("team").fromWire(-Infinity)).toStrictEqual(["red"]);
    expect(indexOf("team").fromWire(Infinity)).toStrictEqual(["blue"]);
  });

  it("may be numbers written as text", () => {
    expect(indexOf("i32_value").fromWire("-12")).toStrictEqual([-12]);
    expect(indexOf("i64_value").fromWire("9007199254740993")).toStrictEqual([9007199254740993n]);
    expect(indexOf("f64_value").fromWire("1.5e3")).toStrictEqual([1500]);
    expect(indexOf("flag").fromWire("1")).toStrictEqual([true]);
    expect(indexOf("team").fromWire("5")).toStrictEqual(["blue"]);
  });

  it("take 0 and 1 for bool and the integer for an enum", () => {
    expect(indexOf("flag").fromWire(0)).toStrictEqual([false]);
    expect(indexOf("flag").fromWire(1n)).toStrictEqual([true]);
    expect(indexOf("team").fromWire(5)).toStrictEqual(["blue"]);
    expect(() => indexOf("team").fromWire(4)).toThrow("Thing.team must be a value of enum Team (0, 5); got 4");
  });

  it("are arrays of leading columns for a composite index", () => {
    const index = Inventory.$codec.indexes[2];
    expect(index?.fromWire([1, 2n])).toStrictEqual([1n, 2]);
    expect(index?.fromWire([1])).toStrictEqual([1n]);
    expect(index?.fromWire(1)).toStrictEqual([1n]);
    expect(index?.fromWire([])).toStrictEqual([]);
    expect(() => index?.fromWire([1, 2, 3])).toThrow(
      "Inventory.owner,item must be bounded by at most 2 of its columns",
    );
  });

  it("that the column cannot hold are refused", () => {
    for (const [name, value] of [
      ["i8_value", 128],
      ["u16_value", -1],
      ["i32_value", 0.5],
      ["i64_value", 2n ** 63n],
      ["i64_value", 1.5],
      ["i32_value", "five"],
      ["i32_value", ""],
      ["f64_value", NaN],
      ["f32_value", null],
      ["name", 5],
      ["flag", 2],
      ["team", "red"],
      ["at", {}],
    ] as const) {
      expect(() => indexOf(name).fromWire(value)).toThrow(expect.objectContaining({ code: "SCHEMA_VALUE" }) as Error);
    }
  });

  it("too large for an f32 are its infinities", () => {
    expect(indexOf("f32_value").fromWire(1e300)).toStrictEqual([Infinity]);
    expect(indexOf("f32_value").fromWire(-1e300)).toStrictEqual([-Infinity]);
  });
});
