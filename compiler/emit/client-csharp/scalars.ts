import type { LiteralModel, RangeModel, ScalarName } from "../../model/model.js";

/** C# types of the scalars. */
export const SCALAR_TYPES: Readonly<Record<ScalarName, string>> = {
  bool: "bool",
  i8: "sbyte",
  i16: "short",
  i32: "int",
  i64: "long",
  u8: "byte",
  u16: "ushort",
  u32: "uint",
  u64: "ulong",
  f32: "float",
  f64: "double",
  timestamp: "long",
};

/** What the methods that read a scalar end in. */
export const SCALAR_READERS: Readonly<Record<ScalarName, string>> = {
  bool: "Boolean",
  i8: "SByte",
  i16: "Int16",
  i32: "Int32",
  i64: "Int64",
  u8: "Byte",
  u16: "UInt16",
  u32: "UInt32",
  u64: "UInt64",
  f32: "Single",
  f64: "Double",
  timestamp: "Timestamp",
};

const SUFFIXES: Partial<Readonly<Record<ScalarName, string>>> = { i64: "L", u32: "u", u64: "UL", f32: "f", f64: "d" };

/** Both bounds as literals of the scalar's own type. */
export function rangeLiterals(name: ScalarName, { min, max }: RangeModel): string {
  const suffix = SUFFIXES[name] ?? "";
  return `${min}${suffix}, ${max}${suffix}`;
}

/** A default as the schema spells it. */
export function defaultText(literal: LiteralModel): string {
  switch (literal.kind) {
    case "now":
      return "now";
    case "enum":
      return literal.name;
    case "string":
      return JSON.stringify(literal.value);
    case "bytes":
      return literal.value === "" ? '""' : `0x${literal.value}`;
    default:
      return String(literal.value);
  }
}
