import type { ColumnTypeModel, EnumModel, ScalarName } from "../model/model.js";
import { hasAllValues } from "./compare-types.js";
import type { Sides } from "./side.js";

/**
 * What becomes of stored values: `in place` they stay as they are; in a `larger` or `kindred` type every one has its
 * like; in a `shorter` text or a `smaller` number, and in an `other` type, perhaps not. Of an enum that takes the place
 * of another, values are known by name: all are there in an `other base` or with `other numbers`, not so with `other
 * names`. The rules are those of `hetu upgrade`.
 */
export type ColumnTypeChange =
  | "same"
  | "in place"
  | "larger"
  | "shorter"
  | "smaller"
  | "kindred"
  | "other base"
  | "other numbers"
  | "other names"
  | "other";

type Family = "bool" | "integer" | "float" | "timestamp" | "string" | "bytes" | "enum";

/** Least and largest value of whole numbers; timestamps are milliseconds that a `Date` can hold. */
const INTEGERS: Readonly<Partial<Record<ScalarName, readonly [least: bigint, largest: bigint]>>> = {
  bool: [0n, 1n],
  i8: signed(8n),
  i16: signed(16n),
  i32: signed(32n),
  i64: signed(64n),
  u8: unsigned(8n),
  u16: unsigned(16n),
  u32: unsigned(32n),
  u64: unsigned(64n),
  timestamp: [-8_640_000_000_000_000n, 8_640_000_000_000_000n],
};

/** Whole numbers up to this one are exact. */
const EXACT: Readonly<Partial<Record<ScalarName, bigint>>> = { f32: 1n << 24n, f64: 1n << 53n };

/** Characters of the longest number, as in `-1.2345678901234567e-308`. */
const LONGEST_FLOAT = 24;

export function columnTypeChange(old: ColumnTypeModel, now: ColumnTypeModel, sides: Sides): ColumnTypeChange {
  const [from, to] = [familyOf(old), familyOf(now)];
  if (from !== to) return hasLikes(old, now, sides.old.enum.bind(sides.old)) ? "kindred" : "other";
  if ((old.kind === "string" || old.kind === "bytes") && now.kind === old.kind) {
    if (old.max === now.max) return "same";
    return old.max < now.max ? "in place" : "shorter";
  }
  if (old.kind === "enum" && now.kind === "enum") {
    if (old.namespace === now.namespace && old.name === now.name) return "same";
    const [before, after] = [sides.old.enum(old), sides.now.enum(now)];
    if (hasAllValues(old, now, sides)) return before?.base === after?.base ? "in place" : "other base";
    const names = new Set(after?.values.map(({ name }) => name));
    return before?.values.every(({ name }) => names.has(name)) === true ? "other numbers" : "other names";
  }
  if (old.kind !== "scalar" || now.kind !== "scalar" || old.name === now.name) return "same";
  if (from === "float") return now.name === "f64" ? "larger" : "smaller";
  return fits(INTEGERS[old.name], now.name) ? "larger" : "smaller";
}

function familyOf(type: ColumnTypeModel): Family {
  if (type.kind !== "scalar") return type.kind;
  switch (type.name) {
    case "bool":
    case "timestamp":
      return type.name;
    case "f32":
    case "f64":
      return "float";
    default:
      return "integer";
  }
}

/** Whether every value of one type has its like in one of another family. */
function hasLikes(
  old: ColumnTypeModel,
  now: ColumnTypeModel,
  enumOf: (type: Extract<ColumnTypeModel, { kind: "enum" }>) => EnumModel | undefined,
): boolean {
  if (now.kind === "bytes") return old.kind === "string" && old.max * 4 <= now.max;
  if (old.kind === "enum") {
    const values = enumOf(old)?.values ?? [];
    if (now.kind === "string") return values.every(({ name }) => name.length <= now.max);
    const numbers = values.map(({ value }) => value);
    const range = [BigInt(Math.min(...numbers)), BigInt(Math.max(...numbers))] as const;
    return now.kind === "scalar" && familyOf(now) !== "float" && fits(range, now.name);
  }
  if (old.kind !== "scalar") return false;
  const range = INTEGERS[old.name];
  if (now.kind === "string") {
    if (old.name === "bool") return now.max >= "false".length;
    const longest = range === undefined ? LONGEST_FLOAT : Math.max(...range.map((value) => String(value).length));
    return longest <= now.max;
  }
  return now.kind === "scalar" && fits(range, now.name);
}

function fits(range: readonly [bigint, bigint] | undefined, type: ScalarName): boolean {
  if (range === undefined || type === "bool") return false;
  const exact = EXACT[type];
  const [least, largest] = exact === undefined ? (INTEGERS[type] ?? [1n, 0n]) : [-exact, exact];
  return least <= range[0] && range[1] <= largest;
}

function signed(bits: bigint): readonly [bigint, bigint] {
  const half = 1n << (bits - 1n);
  return [-half, half - 1n];
}

function unsigned(bits: bigint): readonly [bigint, bigint] {
  return [0n, (1n << bits) - 1n];
}
