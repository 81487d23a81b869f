import type { IntegerName, LiteralModel, ScalarName } from "../model/model.js";
import type { EnumDeclaration, Value } from "../syntax/tree.js";
import { integerValue, numberValue } from "./numbers.js";
import { onceEach } from "./once-each.js";
import {
  F32_MAX,
  INTEGER_BOUNDS,
  isIntegerBase,
  TIMESTAMP_LIMIT,
  DEFAULT_ENUM_BASE,
  type ResolvedType,
} from "./types.js";

/** A default as the model has it, or why it does not fit its type. */
export type LiteralResult =
  | { readonly kind: "literal"; readonly literal: LiteralModel }
  /** Nothing to say: the value or its type has been reported. */
  | { readonly kind: "unknown" }
  | { readonly kind: "wrong kind" }
  | { readonly kind: "out of range"; readonly min: string; readonly max: string }
  | { readonly kind: "too long"; readonly length: number; readonly unit: "code points" | "bytes" }
  | { readonly kind: "no such value"; readonly declaration: EnumDeclaration; readonly name: string }
  | { readonly kind: "now" };

const UNKNOWN_LITERAL: LiteralResult = { kind: "unknown" };
const WRONG_KIND: LiteralResult = { kind: "wrong kind" };

/** Reads a value as one of the given type. */
export function readLiteral(value: Value, type: ResolvedType): LiteralResult {
  if (value.kind === "ErrorValue" || type.kind === "unknown") return UNKNOWN_LITERAL;
  switch (type.kind) {
    case "string":
      return value.kind === "StringLiteral" ? readString(value.value, type.max) : WRONG_KIND;
    case "bytes":
      return value.kind === "StringLiteral" ? readBytes(value.value, type.max) : WRONG_KIND;
    case "enum":
      return readEnumValue(value, type.declaration);
    case "scalar":
      return readScalar(value, type.name);
    case "struct":
    case "array":
      return UNKNOWN_LITERAL;
  }
}

/** A number as a value of an integer or float type, for defaults and bounds; the same rounding as at run time. */
export function readNumber(raw: string, type: ScalarName): LiteralResult {
  if (type === "f32" || type === "f64") return readFloat(raw, type);
  const bounds = type === "timestamp" ? { min: -TIMESTAMP_LIMIT, max: TIMESTAMP_LIMIT } : INTEGER_BOUNDS.get(type);
  const integer = integerValue(raw);
  if (bounds === undefined || integer === undefined) return WRONG_KIND;
  if (integer < bounds.min || integer > bounds.max) {
    return { kind: "out of range", min: String(bounds.min), max: String(bounds.max) };
  }
  return type === "i64" || type === "u64"
    ? { kind: "literal", literal: { kind: "bigint", value: String(integer) } }
    : { kind: "literal", literal: { kind: "number", value: Number(integer) } };
}

/** Number of code points; a pair of surrogates is one. */
function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** The base of an enum; the default one when it is left out or not fit to be one. */
export function enumBase(declaration: EnumDeclaration): IntegerName {
  const base = declaration.base?.name.text;
  return base !== undefined && isIntegerBase(base) ? base : DEFAULT_ENUM_BASE;
}

/** The number of each value: what is written, otherwise one more than the previous. `undefined`: cannot be read. */
export const enumNumbers = onceEach(({ values }: EnumDeclaration): readonly (bigint | undefined)[] => {
  let next: bigint | undefined = 0n;
  return values.map(({ value }) => {
    const written = value?.kind === "NumberLiteral" ? integerValue(value.raw) : undefined;
    const number = value === undefined ? next : written;
    next = number === undefined ? undefined : number + 1n;
    return number;
  });
});

function readScalar(value: Value, type: ScalarName): LiteralResult {
  if (value.kind === "NumberLiteral") return readNumber(value.raw, type);
  if (value.kind !== "NameReference" || value.namespace !== undefined) return WRONG_KIND;
  const name = value.name.text;
  if (type === "bool" && (name === "true" || name === "false")) {
    return { kind: "literal", literal: { kind: "bool", value: name === "true" } };
  }
  if (name !== "now") return WRONG_KIND;
  return type === "timestamp" ? { kind: "literal", literal: { kind: "now" } } : { kind: "now" };
}

function readFloat(raw: string, type: "f32" | "f64"): LiteralResult {
  const exact = numberValue(raw);
  const rounded = type === "f32" ? Math.fround(exact) : exact;
  if (Number.isFinite(rounded))
    return { kind: "literal", literal: { kind: "number", value: rounded === 0 ? 0 : rounded } };
  const limit = type === "f32" ? F32_MAX : Number.MAX_VALUE;
  return { kind: "out of range", min: String(-limit), max: String(limit) };
}

function readString(text: string, max: number): LiteralResult {
  const length = codePoints(text);
  if (length > max) return { kind: "too long", length, unit: "code points" };
  return { kind: "literal", literal: { kind: "string", value: text } };
}

function readBytes(text: string, max: number): LiteralResult {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > max) return { kind: "too long", length: bytes.length, unit: "bytes" };
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { kind: "literal", literal: { kind: "bytes", value: hex } };
}

function readEnumValue(value: Value, declaration: EnumDeclaration): LiteralResult {
  if (value.kind !== "NameReference") return WRONG_KIND;
  const name = value.name.text;
  const numbers = numbersByName(declaration);
  if (!numbers.has(name) || value.namespace !== undefined) return { kind: "no such value", declaration, name };
  const number = numbers.get(name);
  if (number === undefined) return UNKNOWN_LITERAL;
  return { kind: "literal", literal: { kind: "enum", name, value: Number(number) } };
}

/** Kept by declaration: an enum of thousands of values may be the type of thousands of columns. */
const numbersByName = onceEach((declaration: EnumDeclaration): ReadonlyMap<string, bigint | undefined> => {
  const numbers = enumNumbers(declaration);
  return new Map(declaration.values.map(({ name }, index) => [name.text, numbers[index]]));
});
