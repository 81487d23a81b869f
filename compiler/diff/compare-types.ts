import type { FieldModel, RangeModel, TypeModel } from "../model/model.js";
import type { Sides } from "./side.js";

/** What a field, a parameter or a result has of its type. */
export type Typed = Pick<FieldModel, "type" | "optional" | "range">;

/**
 * Whether both sides read values of the one as values of the other. Declarations of the same name count as alike: what
 * differs in them is told by itself.
 */
export function travelsAlike(old: Typed, now: Typed, sides: Sides): boolean {
  return (old.optional === true) === (now.optional === true) && typesTravelAlike(old.type, now.type, sides);
}

function typesTravelAlike(old: TypeModel, now: TypeModel, sides: Sides): boolean {
  switch (old.kind) {
    case "scalar":
      return now.kind === "scalar" && now.name === old.name;
    case "string":
    case "bytes":
      return now.kind === old.kind;
    case "array":
      return now.kind === "array" && typesTravelAlike(old.of, now.of, sides);
    case "enum":
      return now.kind === "enum" && (sameName(old, now) || hasAllValues(old, now, sides));
    case "struct":
      return now.kind === "struct" && (sameName(old, now) || structsTravelAlike(old, now, sides));
  }
}

type EnumType = Extract<TypeModel, { kind: "enum" }>;
type StructType = Extract<TypeModel, { kind: "struct" }>;

/** Whether the new enum has every value of the old one, with the same number. */
export function hasAllValues(old: EnumType, now: EnumType, { old: before, now: after }: Sides): boolean {
  const numbers = new Map(after.enum(now)?.values.map(({ name, value }) => [name, value]));
  return before.enum(old)?.values.every(({ name, value }) => numbers.get(name) === value) ?? false;
}

function structsTravelAlike(old: StructType, now: StructType, sides: Sides): boolean {
  const [before, after] = [sides.old.struct(old)?.fields ?? [], sides.now.struct(now)?.fields ?? []];
  return (
    before.length === after.length &&
    before.every((field, at) => {
      const other = after[at];
      return other?.name === field.name && travelsAlike(field, other, sides);
    })
  );
}

function sameName(old: EnumType | StructType, now: EnumType | StructType): boolean {
  return old.namespace === now.namespace && old.name === now.name;
}

/** How the lengths and ranges of two types that travel alike compare: `narrowed` when a value may not fit any more. */
export function boundsChange(old: Typed, now: Typed): "widened" | "narrowed" | undefined {
  const lengths = lengthChange(old.type, now.type);
  const ranges = rangeChange(old.range, now.range);
  if (lengths === "narrowed" || ranges === "narrowed") return "narrowed";
  return lengths ?? ranges;
}

function lengthChange(old: TypeModel, now: TypeModel): "widened" | "narrowed" | undefined {
  if (old.kind === "array" && now.kind === "array") return lengthChange(old.of, now.of);
  if (!("max" in old) || !("max" in now) || old.max === now.max) return undefined;
  return old.max < now.max ? "widened" : "narrowed";
}

function rangeChange(old: RangeModel | undefined, now: RangeModel | undefined): "widened" | "narrowed" | undefined {
  if (now === undefined) return old === undefined ? undefined : "widened";
  if (old === undefined) return "narrowed";
  const [low, high] = [compareNumbers(now.min, old.min), compareNumbers(now.max, old.max)];
  if (low === 0 && high === 0) return undefined;
  return low <= 0 && high >= 0 ? "widened" : "narrowed";
}

/** Decimal strings of 64-bit types as exactly as numbers. */
function compareNumbers(a: number | string, b: number | string): number {
  const [left, right] =
    typeof a === "string" && typeof b === "string" ? [BigInt(a), BigInt(b)] : [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
