import { SchemaValueError } from "./schema-value-error.js";

/** Milliseconds on either side of 1970 that a `Date` can hold (ECMA-262, "Time Values and Time Range"). */
const MAX_TIMESTAMP = 8.64e15;
const INDEXED = "the column is indexed";
const MAX_F32 = 3.4028234663852886e38;

/**
 * Each `check…` here returns its value when a column, field or parameter of that type can hold it.
 * @param path Names the place in the error, as in the schema.
 * @throws SchemaValueError otherwise.
 */
export function checkBool(value: unknown, path: string): boolean {
  if (typeof value === "boolean") return value;
  throw new SchemaValueError(path, "true or false", value);
}

export function checkI8(value: unknown, path: string): number {
  return checkInteger(value, -0x80, 0x7f, path);
}

export function checkI16(value: unknown, path: string): number {
  return checkInteger(value, -0x8000, 0x7fff, path);
}

export function checkI32(value: unknown, path: string): number {
  return checkInteger(value, -0x8000_0000, 0x7fff_ffff, path);
}

export function checkU8(value: unknown, path: string): number {
  return checkInteger(value, 0, 0xff, path);
}

export function checkU16(value: unknown, path: string): number {
  return checkInteger(value, 0, 0xffff, path);
}

export function checkU32(value: unknown, path: string): number {
  return checkInteger(value, 0, 0xffff_ffff, path);
}

export function checkI64(value: unknown, path: string): bigint {
  return checkBigInteger(value, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn, path);
}

export function checkU64(value: unknown, path: string): bigint {
  return checkBigInteger(value, 0n, 0xffff_ffff_ffff_ffffn, path);
}

/** Rounds to the nearest `f32`. A finite number that would become infinite is refused. */
export function checkF32(value: unknown, path: string): number {
  if (typeof value === "number") {
    const rounded = Math.fround(value);
    if (Number.isFinite(rounded) || !Number.isFinite(value)) return rounded;
  }
  throw new SchemaValueError(path, `a number from ${-MAX_F32} to ${MAX_F32}, an infinity or NaN`, value);
}

export function checkF64(value: unknown, path: string): number {
  if (typeof value === "number") return value;
  throw new SchemaValueError(path, "a number", value);
}

/** An `f32` of an indexed column: NaN has no place in an order. */
export function checkIndexedF32(value: unknown, path: string): number {
  return refuseNaN(checkF32(value, path), path, INDEXED);
}

/** An `f64` of an indexed column: NaN has no place in an order. */
export function checkIndexedF64(value: unknown, path: string): number {
  return refuseNaN(checkF64(value, path), path, INDEXED);
}

/** Whole milliseconds since 1970 UTC. */
export function checkTimestamp(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_TIMESTAMP) return value + 0;
  const limit = `whole milliseconds since 1970 from ${-MAX_TIMESTAMP} to ${MAX_TIMESTAMP}`;
  throw new SchemaValueError(path, limit, value, value instanceof Date ? "use its getTime()" : undefined);
}

/** The bounds of `@range`, both inclusive; the value has passed the check of its type. */
export function checkRange<T extends number | bigint>(value: T, min: T, max: T, path: string): T {
  if (value >= min && value <= max) return value;
  throw new SchemaValueError(path, `from ${min} to ${max}`, value);
}

function checkInteger(value: unknown, min: number, max: number, path: string): number {
  // Adding 0 turns -0 into 0.
  if (typeof value === "number" && value >= min && value <= max && Number.isInteger(value)) return value + 0;
  const hint = typeof value === "bigint" ? `write ${value} or Number(…)` : undefined;
  throw new SchemaValueError(path, `a whole number from ${min} to ${max}`, value, hint);
}

function checkBigInteger(value: unknown, min: bigint, max: bigint, path: string): bigint {
  if (typeof value === "bigint" && value >= min && value <= max) return value;
  const hint = Number.isSafeInteger(value) ? `write ${String(value)}n or BigInt(…)` : undefined;
  throw new SchemaValueError(path, `a bigint from ${min} to ${max}`, value, hint);
}

/** @param why What keeps NaN out, for the error. */
export function refuseNaN(value: number, path: string, why: string): number {
  if (!Number.isNaN(value)) return value;
  throw new SchemaValueError(path, `a number, not NaN, because ${why}`, value);
}
