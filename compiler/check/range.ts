import type { Attribute, Field, NumberLiteral } from "../syntax/tree.js";
import { readAttribute } from "./attributes/read.js";
import type { FieldPlace } from "./kinds.js";
import { numberValue } from "./numbers.js";
import type { ResolvedType } from "./types.js";
import { readNumber, type LiteralResult } from "./values.js";

/** `@range(min, max)` of a field, read as values of its type. */
export type RangeResult =
  | {
      readonly kind: "range";
      readonly attribute: Attribute;
      readonly min: number | string;
      readonly max: number | string;
    }
  | { readonly kind: "not numeric"; readonly attribute: Attribute }
  | { readonly kind: "bound"; readonly literal: NumberLiteral; readonly problem: LiteralResult };

/** `undefined`: there is no range, it is malformed, or the type is unknown. */
export function readRange(field: Field, place: FieldPlace, type: ResolvedType): RangeResult | undefined {
  const read = readAttribute(field.attributes, place, "range");
  if (read === undefined || type.kind === "unknown") return undefined;
  const { attribute } = read;
  if (type.kind !== "scalar" || type.name === "bool" || type.name === "timestamp") {
    return { kind: "not numeric", attribute };
  }
  const bounds: (number | string)[] = [];
  for (const name of ["min", "max"]) {
    const literal = read.values.get(name)?.[0];
    if (literal?.kind !== "NumberLiteral") return undefined;
    const result = readNumber(literal.raw, type.name);
    if (result.kind !== "literal") return { kind: "bound", literal, problem: result };
    if (result.literal.kind !== "number" && result.literal.kind !== "bigint") return undefined;
    bounds.push(result.literal.value);
  }
  const [min, max] = bounds;
  return min === undefined || max === undefined ? undefined : { kind: "range", attribute, min, max };
}

/** Whether `a <= b`, for numbers and for decimal strings of 64-bit integers. */
export function atMost(a: number | string, b: number | string): boolean {
  return typeof a === "string" && typeof b === "string" ? BigInt(a) <= BigInt(b) : numberOf(a) <= numberOf(b);
}

function numberOf(value: number | string): number {
  return typeof value === "number" ? value : numberValue(value);
}
