import fc from "fast-check";
import type { Thing } from "../../fixtures/world/generated/server-ts/world/index.js";

/** Integers that favour the limits and the places where the number of bytes changes. */
export function integer(min: number, max: number): fc.Arbitrary<number> {
  const edges = [min, max, 0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, -1, -0x80, -0x81, -0x8000, -0x8001];
  const inside = edges.filter((value) => value >= min && value <= max);
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(...inside));
}

export const i64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n, 1n, 2n ** 53n, -(2n ** 53n), 2n ** 32n),
);
export const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 53n),
);
export const f32 = fc.float({ noNaN: true });
export const f64 = fc.double({ noNaN: true });
export const timestamp = fc.oneof(
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
  fc.constantFrom(-8.64e15, 8.64e15, 0, -1, 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1),
);
/** Any text that UTF-8 can represent, with U+0000 and characters beyond the basic plane more often than by chance. */
export function text(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.constantFrom("\0", "\u0001", "a", "é", "\uffff", "\ue000", "😀"),
    fc.string({ unit: "binary" }),
  );
  return fc
    .array(unit, { maxLength })
    .map((parts) => Array.from(parts.join("")).slice(0, maxLength).join(""))
    .filter((value) => !/\p{Surrogate}/u.test(value));
}

/** Every column of `Thing`. */
export const thingValues: fc.Arbitrary<Required<Thing.Insert>> = fc.record({
  owner: i64,
  flag: fc.boolean(),
  i8Value: integer(-0x80, 0x7f),
  i16Value: integer(-0x8000, 0x7fff),
  i32Value: integer(-0x8000_0000, 0x7fff_ffff),
  i64Value: i64,
  u8Value: integer(0, 0xff),
  u16Value: integer(0, 0xffff),
  u32Value: integer(0, 0xffff_ffff),
  u64Value: u64,
  f32Value: f32,
  f64Value: f64,
  at: timestamp,
  name: text(32),
  team: fc.constantFrom("red", "blue"),
  data: fc.uint8Array({ maxLength: 16 }),
});
