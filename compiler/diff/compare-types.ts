import type { FieldModel, RangeModel, TypeModel } from "../model/model.js";
import type { Sides } from "./side.js";

/** What a field, a parameter or a result has of its type. */
export type Typed = Pick<FieldModel, "type" | "optional" | "range">;

/**
 * How what the one side writes is read by the other: `alike`; as `another enum`, whose numbers mean other values; or
 * `otherwise`, which clients find when they connect.
 */
export type Travel = "alike" | "another enum" | "otherwise";

/** Declarations of the same name count as alike: what differs in them is told by itself. */
export function travelOf(old: Typed, now: Typed, sides: Sides): Travel {
  return (old.optional === true) === (now.optional === true) ? typeTravel(old.type, now.type, sides) : "otherwise";
}

/** The same of what both sides have, whether or not it may be left out. */
export function typeTravel(old: TypeModel, now: TypeModel, sides: Sides): Travel {
  if (old.kind === "array" && now.kind === "array") return typeTravel(old.of, now.of, sides);
  if (old.kind === "enum" && now.kind === "enum") {
    return sameName(old, now) || hasAllValues(old, now, sides) ? "alike" : "another enum";
  }
  if (old.kind === "struct" && now.kind === "struct") {
    return sameName(old, now) ? "alike" : structTravel(old, now, sides);
  }
  const isAlike = old.kind === now.kind && !(old.kind === "scalar" && now.kind === "scalar" && old.name !== now.name);
  return isAlike ? "alike" : "otherwise";
}

type EnumType = Extract<TypeModel, { kind: "enum" }>;
type StructType = Extract<TypeModel, { kind: "struct" }>;

/** Whether the new enum has every value of the old one, with the same number. */
export function hasAllValues(old: EnumType, now: EnumType, { old: before, now: after }: Sides): boolean {
  const numbers = new Map(after.enum(now)?.values.map(({ name, value }) => [name, value]));
  return before.enum(old)?.values.every(({ name, value }) => numbers.get(name) === value) ?? false;
}

function structTravel(old: StructType, now: StructType, sides: Sides): Travel {
  const [before, after] = [sides.old.struct(old)?.fields ?? [], sides.now.struct(now)?.fields ?? []];
  if (before.length !== after.length) return "otherwise";
  const found = before.map((field, at): Travel => {
    const other = after[at];
    return other?.name === field.name ? travelOf(field, other, sides) : "otherwise";
  });
  return (["otherwise", "another enum"] as const).find((travel) => found.includes(travel)) ?? "alike";
}

function sameName(old: EnumType | StructType, now: EnumType | StructType): boolean {
  return old.namespace === now.namespace && old.name === now.name;
}

export type BoundsChange = "widened" | "narrowed" | undefined;

/**
 * How the lengths and ranges of two types that travel alike compare: `narrowed` when a value may not fit any more. Of
 * a struct that takes the place of another one those of its fields; in one of the same name they are told by themselves.
 */
export function boundsChange(old: Typed, now: Typed, sides: Sides): BoundsChange {
  return worse([lengthChange(old.type, now.type, sides), rangeChange(old.range, now.range)]);
}

function worse(changes: readonly BoundsChange[]): BoundsChange {
  return changes.includes("narrowed") ? "narrowed" : changes.find((change) => change !== undefined);
}

function lengthChange(old: TypeModel, now: TypeModel, sides: Sides): BoundsChange {
  if (old.kind === "array" && now.kind === "array") return lengthChange(old.of, now.of, sides);
  if (old.kind === "struct" && now.kind === "struct" && !sameName(old, now)) {
    const fields = sides.now.struct(now)?.fields ?? [];
    const before = sides.old.struct(old)?.fields ?? [];
    return worse(
      before.map((field, at) => {
        const other = fields[at];
        return other === undefined ? undefined : boundsChange(field, other, sides);
      }),
    );
  }
  if (!("max" in old) || !("max" in now) || old.max === now.max) return undefined;
  return old.max < now.max ? "widened" : "narrowed";
}

/** How two ranges compare. */
export function rangeChange(old: RangeModel | undefined, now: RangeModel | undefined): BoundsChange {
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
