import * as check from "../codec/checks.js";
import type { EnumType } from "../codec/enum-type.js";

/** What a bound needs to know of an indexed column. */
export interface ColumnKind {
  /**
   * Checks one value of a bound and gives it as hetu.1 has it.
   * @throws SchemaValueError
   */
  toWire(value: unknown, path: string): unknown;
  /** A bound below everything, on the wire. */
  readonly least: unknown;
  /** A bound above everything, on the wire. */
  readonly greatest: unknown;
}

/** The server clamps an infinity to what the column can hold. */
const unlimited = { least: -Infinity, greatest: Infinity };

const integer = (min: number, max: number): ColumnKind => ({
  toWire: (value, path) => check.checkInteger(value, min, max, path),
  ...unlimited,
});

const bigInteger = (min: bigint, max: bigint): ColumnKind => ({
  toWire: (value, path) => check.checkBigint(value, min, max, path),
  ...unlimited,
});

/** A float as a bound: an infinity is fine, NaN has no place in an order. */
const float: ColumnKind = {
  toWire: (value, path) => check.checkNotNaN(check.checkF64(value, path), path),
  ...unlimited,
};

/** Kinds of the types without parameters, by their names in the schema. */
export const columnKinds: Readonly<
  Record<"bool" | "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "i64" | "u64" | "f32" | "f64" | "timestamp", ColumnKind>
> = {
  bool: { toWire: (value, path) => (check.checkBoolean(value, path) ? 1 : 0), least: 0, greatest: 1 },
  i8: integer(-0x80, 0x7f),
  i16: integer(-0x8000, 0x7fff),
  i32: integer(-0x8000_0000, 0x7fff_ffff),
  u8: integer(0, 0xff),
  u16: integer(0, 0xffff),
  u32: integer(0, 0xffff_ffff),
  i64: bigInteger(-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn),
  u64: bigInteger(0n, 0xffff_ffff_ffff_ffffn),
  f32: float,
  f64: float,
  timestamp: { toWire: (value, path) => check.checkTimestamp(value, path), ...unlimited },
};

/** `string(max)`. The empty array as a bound is our server's: nothing else is above every string and short. */
export function stringKind(max: number): ColumnKind {
  return { toWire: (value, path) => check.checkString(value, max, path), least: "", greatest: [] };
}

export function enumKind(type: EnumType<string>): ColumnKind {
  return { toWire: (value, path) => type.integer(value, path), ...unlimited };
}
