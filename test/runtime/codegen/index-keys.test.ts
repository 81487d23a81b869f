import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codegen } from "../../../runtime/index.js";
import { Inventory, Position, Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import type { IndexCodec } from "../../../runtime/schema/component.js";
import { text, thingValues } from "./arbitraries.js";

const { compareText, prefixSuccessor } = codegen;

type Values = Required<Thing.Insert>;

function thing(values: Values): Thing {
  return Thing.$codec.create(1n, values, 0, false);
}

function indexOf(name: string): IndexCodec<Thing> {
  const found = Thing.$codec.indexes.find((index) => index.name === name);
  if (found === undefined) throw new Error(`no index ${name}`);
  return found;
}

function sign(value: number): number {
  return Math.sign(value) + 0;
}

function order<T extends number | bigint | boolean>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each index of `Thing` with the order of its values. */
const orders: Record<string, (a: Values, b: Values) => number> = {
  owner: (a, b) => order(a.owner, b.owner),
  flag: (a, b) => order(a.flag, b.flag),
  i8_value: (a, b) => order(a.i8Value, b.i8Value),
  i16_value: (a, b) => order(a.i16Value, b.i16Value),
  i32_value: (a, b) => order(a.i32Value, b.i32Value),
  i64_value: (a, b) => order(a.i64Value, b.i64Value),
  u8_value: (a, b) => order(a.u8Value, b.u8Value),
  u16_value: (a, b) => order(a.u16Value, b.u16Value),
  u32_value: (a, b) => order(a.u32Value, b.u32Value),
  u64_value: (a, b) => order(a.u64Value, b.u64Value),
  f32_value: (a, b) => order(a.f32Value, b.f32Value),
  f64_value: (a, b) => order(a.f64Value, b.f64Value),
  at: (a, b) => order(a.at, b.at),
  name: (a, b) => compareCodePoints(a.name, b.name),
  team: (a, b) => order(a.team === "red" ? 0 : 5, b.team === "red" ? 0 : 5),
  "team,f32_value": (a, b) => orders["team"]?.(a, b) || order(a.f32Value, b.f32Value),
  "name,i16_value": (a, b) => compareCodePoints(a.name, b.name) || order(a.i16Value, b.i16Value),
};

/** By code point, the slow way. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

describe("index keys", () => {
  it("cover every index of the component", () => {
    expect(Thing.$codec.indexes.map(({ name }) => name)).toStrictEqual(["id", ...Object.keys(orders)]);
  });

  for (const [name, compare] of Object.entries(orders)) {
    it(`on ${name} sort like the values`, () => {
      const index = indexOf(name);
      fc.assert(
        fc.property(thingValues, thingValues, fc.boolean(), (a, other, mixed) => {
          // Values that agree in part make composite keys and ties likely.
          const b = mixed ? { ...other, name: a.name, team: a.team } : other;
          const left = index.key(thing(a));
          const right = index.key(thing(b));
          expect(sign(Buffer.compare(left, right))).toBe(compare(a, b));
          expect(index.sameKey(thing(a), thing(b))).toBe(compare(a, b) === 0);
        }),
        { numRuns: 300 },
      );
    });
  }

  it("of negative zero and zero are one key", () => {
    for (const index of [indexOf("f32_value"), indexOf("f64_value")]) {
      expect(index.prefix([-0])).toStrictEqual(index.prefix([0]));
    }
  });

  it("sort infinities outside all numbers and negative numbers by magnitude", () => {
    const ascending = [-Infinity, -1e30, -2, -1.5, -1e-30, 0, 1e-30, 1.5, 2, 1e30, Infinity];
    for (const index of [indexOf("f32_value"), indexOf("f64_value")]) {
      const keys = ascending.map((value) => index.prefix([value]));
      expect([...keys].sort((a, b) => Buffer.compare(a, b))).toStrictEqual(keys);
    }
  });

  it("of texts are no beginning of one another, not with U+0000 either", () => {
    const index = indexOf("name");
    const texts = ["", "\0", "\0\0", "\0\u0001", "a", "a\0", "a\0b", "a\u0001", "ab", "\uffff", "😀"];
    const keys = texts.map((value) => index.prefix([value]));
    expect([...keys].sort((a, b) => Buffer.compare(a, b))).toStrictEqual(keys);
    for (const [at, key] of keys.entries()) {
      for (const [other, longer] of keys.entries()) {
        if (at !== other) expect(Buffer.from(longer).indexOf(key)).not.toBe(0);
      }
    }
  });

  it("of composite indexes start with the key of each leading part", () => {
    fc.assert(
      fc.property(thingValues, (values) => {
        const index = indexOf("name,i16_value");
        const key = Buffer.from(index.key(thing(values)));
        expect(index.prefix([])).toHaveLength(0);
        expect(key.indexOf(index.prefix([values.name]))).toBe(0);
        expect(key.equals(index.prefix([values.name, values.i16Value]))).toBe(true);
      }),
    );
  });

  it("between a prefix and its successor are exactly those that start with it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.uint8Array({ maxLength: 6 }), (prefix, key) => {
        const upper = prefixSuccessor(prefix);
        const inside = Buffer.compare(key, prefix) >= 0 && (upper === undefined || Buffer.compare(key, upper) < 0);
        expect(inside).toBe(Buffer.from(key).subarray(0, prefix.length).equals(prefix));
      }),
      { numRuns: 1000 },
    );
  });

  it("stay as they are when their successor is asked for, also as Buffers", () => {
    const prefix = Buffer.from([1, 255]);
    expect(prefixSuccessor(prefix)).toEqual(new Uint8Array([2]));
    expect([...prefix]).toEqual([1, 255]);
  });

  it("have no successor when all bytes are FF or there are none", () => {
    expect(prefixSuccessor(new Uint8Array(0))).toBeUndefined();
    expect(prefixSuccessor(Uint8Array.of(0xff, 0xff))).toBeUndefined();
    expect(prefixSuccessor(Uint8Array.of(1, 0xff))).toStrictEqual(Uint8Array.of(2));
  });

  it("are the caller's to keep", () => {
    const index = indexOf("i32_value");
    const first = index.prefix([1]);
    index.prefix([2]);
    expect(first).toStrictEqual(index.prefix([1]));
  });

  it("of row ids lead every component's indexes", () => {
    const row = Position.$codec.create(-5n, { owner: 1n }, 0, false);
    const [id] = Position.$codec.indexes;
    expect(id).toMatchObject({ name: "id", columns: ["id"], properties: ["id"], unique: true });
    expect(id?.key(row)).toStrictEqual(id?.prefix([-5n]));
    expect(id?.fromWire(-5)).toStrictEqual([-5n]);
  });

  it("refuse more values than columns, and values of another type, by name", () => {
    const index = Inventory.$codec.indexes[2];
    expect(() => index?.prefix([1n, 2, 3])).toThrow("Inventory.owner,item must be given 0 to 2 arguments");
    expect(() => index?.prefix([1])).toThrow("Inventory.owner must be a bigint");
    expect(() => index?.prefix([1n, 2.5])).toThrow("Inventory.item must be a whole number");
    expect(() => indexOf("f64_value").prefix([NaN])).toThrow("Thing.f64_value must be a number, not NaN");
  });
});

describe("text comparison", () => {
  it("goes by code point", () => {
    fc.assert(
      fc.property(text(6), text(6), (a, b) => {
        expect(sign(compareText(a, b))).toBe(compareCodePoints(a, b));
      }),
      { numRuns: 1000 },
    );
  });
});
