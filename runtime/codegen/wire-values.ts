import * as check from "./check-numbers.js";
import { SchemaValueError } from "./schema-value-error.js";

/**
 * Each `read…` here turns an argument as MessagePack brought it into the value of a parameter: integers of any width
 * may arrive as number or bigint, and `bool` as 0 or 1. Types without a `read…` travel as they are.
 * @throws SchemaValueError when the parameter cannot hold it.
 */
export function readBool(value: unknown, path: string): boolean {
  if (typeof value === "boolean") return value;
  if (value === 0 || value === 0n) return false;
  if (value === 1 || value === 1n) return true;
  throw new SchemaValueError(path, "true, false, 0 or 1", value);
}

export function readI8(value: unknown, path: string): number {
  return check.checkI8(narrow(value), path);
}

export function readI16(value: unknown, path: string): number {
  return check.checkI16(narrow(value), path);
}

export function readI32(value: unknown, path: string): number {
  return check.checkI32(narrow(value), path);
}

export function readU8(value: unknown, path: string): number {
  return check.checkU8(narrow(value), path);
}

export function readU16(value: unknown, path: string): number {
  return check.checkU16(narrow(value), path);
}

export function readU32(value: unknown, path: string): number {
  return check.checkU32(narrow(value), path);
}

export function readI64(value: unknown, path: string): bigint {
  return check.checkI64(widen(value), path);
}

export function readU64(value: unknown, path: string): bigint {
  return check.checkU64(widen(value), path);
}

/** NaN is refused: what user code made of it would be the server's failure, not the client's. */
export function readF32(value: unknown, path: string): number {
  return check.refuseNaN(check.checkF32(narrow(value), path), path, ARGUMENT);
}

/** As {@link readF32}. */
export function readF64(value: unknown, path: string): number {
  return check.refuseNaN(check.checkF64(narrow(value), path), path, ARGUMENT);
}

export function readTimestamp(value: unknown, path: string): number {
  return check.checkTimestamp(narrow(value), path);
}

const ARGUMENT = "clients may not send it";

function narrow(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

function widen(value: unknown): unknown {
  return Number.isSafeInteger(value) ? BigInt(value as number) : value;
}
