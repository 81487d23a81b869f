import { SchemaValueError } from "../errors.js";

/** The largest finite float of 32 bits. */
const MAX_F32 = 3.4028234663852886e38;
/** Milliseconds on either side of 1970 that a `Date` can hold (ECMA-262, "Time Values and Time Range"). */
const MAX_TIMESTAMP = 8.64e15;

/**
 * Each `check…` gives its value back when it is one that the type can hold.
 * @param path names the place, as in the schema.
 * @throws SchemaValueError otherwise.
 */
export function checkBoolean(value: unknown, path: string): boolean {
  if (typeof value === "boolean") return value;
  throw new SchemaValueError(path, "true or false", value);
}

/** A whole number within bounds; both are part of it. */
export function checkInteger(value: unknown, min: number, max: number, path: string): number {
  // Adding 0 turns -0 into 0.
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value + 0;
  const hint = typeof value === "bigint" ? "a number, not a bigint" : undefined;
  throw new SchemaValueError(path, `a whole number from ${min} to ${max}`, value, hint);
}

/** A whole number of 64 bits within bounds; both are part of it. */
export function checkBigint(value: unknown, min: bigint, max: bigint, path: string): bigint {
  if (typeof value === "bigint" && value >= min && value <= max) return value;
  const hint = Number.isSafeInteger(value) ? `write ${String(value)}n or BigInt(…)` : undefined;
  throw new SchemaValueError(path, `a bigint from ${min} to ${max}`, value, hint);
}

/** Rounded to 32 bits, as the server keeps it. */
export function checkF32(value: unknown, path: string): number {
  if (typeof value !== "number") throw new SchemaValueError(path, "a number", value);
  const rounded = Math.fround(value);
  if (Number.isFinite(rounded) === Number.isFinite(value)) return rounded;
  throw new SchemaValueError(path, `a number from -${MAX_F32} to ${MAX_F32}`, value);
}

export function checkF64(value: unknown, path: string): number {
  if (typeof value === "number") return value;
  throw new SchemaValueError(path, "a number", value);
}

export function checkNotNaN(value: number, path: string): number {
  if (!Number.isNaN(value)) return value;
  throw new SchemaValueError(path, "a number, not NaN, because it is compared", value);
}

export function checkTimestamp(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_TIMESTAMP) return value + 0;
  const hint = value instanceof Date ? "use its getTime()" : undefined;
  throw new SchemaValueError(path, "a whole number of milliseconds since 1970 that a Date can hold", value, hint);
}

/** @param max code points. */
export function checkString(value: unknown, max: number, path: string): string {
  if (typeof value !== "string") throw new SchemaValueError(path, `a string of at most ${max} characters`, value);
  if (!isWellFormed(value)) throw new SchemaValueError(path, "a string without lone surrogates", value);
  // A string has at most as many code points as units, so most need no count.
  if (value.length <= max || countCodePoints(value) <= max) return value;
  throw new SchemaValueError(path, `a string of at most ${max} characters`, value);
}

/** @param max bytes. */
export function checkBytes(value: unknown, max: number, path: string): Uint8Array {
  if (value instanceof Uint8Array && value.length <= max) return value;
  throw new SchemaValueError(path, `a Uint8Array of at most ${max} bytes`, value);
}

/** `@range`; both bounds are part of it. */
export function checkRange<T extends number | bigint>(value: T, min: T, max: T, path: string): T {
  if (value >= min && value <= max) return value;
  throw new SchemaValueError(path, `from ${min} to ${max}`, value);
}

export function checkArray(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new SchemaValueError(path, "an array", value);
}

export function checkObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SchemaValueError(path, "an object", value);
}

/**
 * How many arguments to send: all required ones and the optional ones up to the last that was given.
 * @throws SchemaValueError when there are more than the schema has parameters.
 */
export function countArguments(args: readonly unknown[], min: number, max: number, system: string): number {
  if (args.length <= max) {
    let count = args.length;
    while (count > min && (args[count - 1] === undefined || args[count - 1] === null)) count--;
    return Math.max(count, min);
  }
  const limit = max === 0 ? "called without arguments" : `called with at most ${max} argument${max === 1 ? "" : "s"}`;
  throw new SchemaValueError(system, limit, args);
}

function isWellFormed(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
    at++;
  }
  return true;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
