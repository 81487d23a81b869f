import type { IntegerName, ScalarName } from "../model/model.js";
import type { EnumDeclaration, StructDeclaration } from "../syntax/tree.js";
import type { Namespace } from "./project.js";

/**
 * A type after name resolution. `unknown` is what could not be resolved: it has been reported, or will be by the rule
 * for types, and every other rule lets it pass.
 */
export type ResolvedType =
  | { readonly kind: "scalar"; readonly name: ScalarName }
  | { readonly kind: "string" | "bytes"; readonly max: number }
  | { readonly kind: "enum"; readonly declaration: EnumDeclaration; readonly namespace: Namespace }
  | { readonly kind: "struct"; readonly declaration: StructDeclaration; readonly namespace: Namespace }
  | { readonly kind: "array"; readonly of: ResolvedType }
  | { readonly kind: "unknown" };

export const UNKNOWN: ResolvedType = { kind: "unknown" };

/** Inclusive bounds of the integer types. */
export const INTEGER_BOUNDS: ReadonlyMap<
  string,
  { readonly min: bigint; readonly max: bigint; readonly bytes: number }
> = new Map([
  ["i8", signed(8)],
  ["i16", signed(16)],
  ["i32", signed(32)],
  ["i64", signed(64)],
  ["u8", unsigned(8)],
  ["u16", unsigned(16)],
  ["u32", unsigned(32)],
  ["u64", unsigned(64)],
]);

/** The types that an enum may be based on. */
const ENUM_BASES: readonly IntegerName[] = ["i8", "i16", "i32", "u8", "u16", "u32"];
export const DEFAULT_ENUM_BASE: IntegerName = "i32";

/** Milliseconds on either side of 1970 that a JavaScript date can tell. */
export const TIMESTAMP_LIMIT = 8_640_000_000_000_000n;

/** The largest finite value of an IEEE 754 single. */
export const F32_MAX = 3.4028234663852886e38;

/** Limits of the `N` in `string(N)` and `bytes(N)`. */
export const SIZE_MIN = 1;
export const SIZE_MAX = 65_535;

const SCALARS: ReadonlySet<string> = new Set([...INTEGER_BOUNDS.keys(), "bool", "f32", "f64", "timestamp"]);

/** Names that always mean a built-in type. */
export const BUILT_IN_TYPES: readonly string[] = [...SCALARS, "string", "bytes"];

/** Whether a built-in type is written with a size. */
export function isSized(name: string): boolean {
  return name === "string" || name === "bytes";
}

export function isScalarName(name: string): name is ScalarName {
  return SCALARS.has(name);
}

export function isIntegerBase(name: string): name is IntegerName {
  return ENUM_BASES.some((base) => base === name);
}

/** A type as it is written in a schema: `string(32)`, `Team`, `i32[]`. */
export function typeText(type: ResolvedType): string {
  switch (type.kind) {
    case "scalar":
      return type.name;
    case "string":
    case "bytes":
      return `${type.kind}(${type.max})`;
    case "enum":
    case "struct":
      return type.declaration.name.text;
    case "array":
      return `${typeText(type.of)}[]`;
    case "unknown":
      return "an unknown type";
  }
}

function signed(bits: number): { min: bigint; max: bigint; bytes: number } {
  const half = 1n << BigInt(bits - 1);
  return { min: -half, max: half - 1n, bytes: bits / 8 };
}

function unsigned(bits: number): { min: bigint; max: bigint; bytes: number } {
  return { min: 0n, max: (1n << BigInt(bits)) - 1n, bytes: bits / 8 };
}
