import { WireError } from "../wire-error.js";
import type { Reference } from "./kinds.js";

/** Readers of single values of frames. Each throws {@link WireError} that names `what`. */

export function list(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new WireError(`${what} is not an array`);
}

export function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new WireError(`${what} is not a string`);
}

export function flag(value: unknown, what: string): boolean {
  if (typeof value === "boolean") return value;
  throw new WireError(`${what} is not a boolean`);
}

/** A whole number that a JavaScript number holds exactly. */
export function integer(value: unknown, what: string): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new WireError(`${what} is not an integer`);
}

/** An {@link integer} from 0 on: a position, a number, a count. */
export function natural(value: unknown, what: string): number {
  const number = integer(value, what);
  if (number >= 0) return number;
  throw new WireError(`${what} is negative`);
}

export function rowId(value: unknown, what: string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw new WireError(`${what} is not an integer`);
}

export function bin(value: unknown, length: number, what: string): Uint8Array {
  if (value instanceof Uint8Array && value.length === length) return value;
  throw new WireError(`${what} is not ${length} bytes`);
}

export function reference(value: unknown, what: string): Reference {
  return typeof value === "string" ? value : natural(value, what);
}
