import * as check from "./check-numbers.js";
import { SchemaValueError } from "./schema-value-error.js";
import { readBool } from "./wire-values.js";

/**
 * Each `bound…` here turns one value of a bound as hetu.1 sends it into a value of the column. Beyond what the
 * `read…` functions accept, numbers may be text (a bound with a leading `(` or `[` is a string whatever its column)
 * and an infinity stands for an integer column's least or greatest value.
 * @throws SchemaValueError when the column cannot hold it.
 */
export function boundBool(value: unknown, path: string): boolean {
  if (value === "true" || value === "True") return true;
  if (value === "false" || value === "False") return false;
  return readBool(asNumber(value), path);
}

export function boundI8(value: unknown, path: string): number {
  return check.checkI8(clamp(value, -0x80, 0x7f), path);
}

export function boundI16(value: unknown, path: string): number {
  return check.checkI16(clamp(value, -0x8000, 0x7fff), path);
}

export function boundI32(value: unknown, path: string): number {
  return check.checkI32(clamp(value, -0x8000_0000, 0x7fff_ffff), path);
}

export function boundU8(value: unknown, path: string): number {
  return check.checkU8(clamp(value, 0, 0xff), path);
}

export function boundU16(value: unknown, path: string): number {
  return check.checkU16(clamp(value, 0, 0xffff), path);
}

export function boundU32(value: unknown, path: string): number {
  return check.checkU32(clamp(value, 0, 0xffff_ffff), path);
}

export function boundI64(value: unknown, path: string): bigint {
  return check.checkI64(clampBig(value, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn), path);
}

export function boundU64(value: unknown, path: string): bigint {
  return check.checkU64(clampBig(value, 0n, 0xffff_ffff_ffff_ffffn), path);
}

export function boundTimestamp(value: unknown, path: string): number {
  return check.checkTimestamp(clamp(value, -8.64e15, 8.64e15), path);
}

/** A number too large for an `f32` becomes an infinity: as a bound it means the same. */
export function boundF32(value: unknown, path: string): number {
  const number = asNumber(value);
  return check.checkIndexedF32(typeof number === "number" ? Math.fround(number) : number, path);
}

export function boundF64(value: unknown, path: string): number {
  return check.checkIndexedF64(asNumber(value), path);
}

/**
 * The values of a bound: itself for an index of one column, an array of leading columns for a composite one.
 * @param columns How many columns the index has.
 * @throws SchemaValueError when there are more values than columns.
 */
export function boundValues(bound: unknown, columns: number, path: string): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(bound) ? bound : [bound];
  if (values.length <= columns) return values;
  throw new SchemaValueError(path, `bounded by at most ${columns} of its columns`, bound);
}

function clamp(value: unknown, min: number, max: number): unknown {
  const number = asNumber(value);
  return number === Infinity ? max : number === -Infinity ? min : number;
}

function clampBig(value: unknown, min: bigint, max: bigint): unknown {
  if (typeof value === "bigint") return value;
  if (typeof value === "string" && /^[+-]?\d+$/.test(value)) return BigInt(value.replace(/^\+/, ""));
  const number = clamp(value, -Infinity, Infinity);
  if (number === Infinity) return max;
  if (number === -Infinity) return min;
  return Number.isInteger(number) ? BigInt(number as number) : number;
}

function asNumber(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return value;
  const infinity = /^([+-]?)inf(inity)?$/i.exec(value);
  if (infinity !== null) return infinity[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : value;
}
