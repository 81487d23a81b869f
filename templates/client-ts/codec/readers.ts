import { unexpected } from "../errors.js";
import type { WireRow } from "../wire.js";

/**
 * Each `read…` turns one value from the wire into what the application gets.
 * @param path names the place, as in the schema.
 * @throws SchemaMismatchError when it is of another type than this client's schema says.
 */
export function readBool(value: unknown, path: string): boolean {
  if (value === 1 || value === true) return true;
  if (value === 0 || value === false) return false;
  throw unexpected(path, "a bool", value);
}

/** Integers of at most 32 bits, floats and timestamps. */
export function readNumber(value: unknown, path: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw unexpected(path, "a number", value);
}

/** Integers of 64 bits. */
export function readBigint(value: unknown, path: string): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  throw unexpected(path, "a 64-bit integer", value);
}

export function readString(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  throw unexpected(path, "a string", value);
}

/** A copy: what came over the wire is one large buffer. */
export function readBytes(value: unknown, path: string): Uint8Array {
  if (value instanceof Uint8Array) return value.slice();
  throw unexpected(path, "bytes", value);
}

/** @param readElement is given the path of the element. */
export function readArray<T>(value: unknown, readElement: (element: unknown, path: string) => T, path: string): T[] {
  if (!Array.isArray(value)) throw unexpected(path, "an array", value);
  return value.map((element: unknown, at) => readElement(element, `${path}[${at}]`));
}

/** A struct, or the fields of an error or an event. */
export function readMap(value: unknown, path: string): WireRow {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) {
    return value as WireRow;
  }
  throw unexpected(path, "a map", value);
}

/** A result that may be missing. */
export function readNullable<T>(
  value: unknown,
  read: (value: unknown, path: string) => T,
  path: string,
): T | undefined {
  return value === null || value === undefined ? undefined : read(value, path);
}

/** The value of an optional field. */
export function readOptional<T>(
  map: WireRow,
  name: string,
  read: (value: unknown, path: string) => T,
  path: string,
): T | undefined {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  return value === undefined || value === null ? undefined : read(value, path);
}

/** An object with an optional field or a column that not everybody gets, or without: to be spread. */
export function optionalProperty<Name extends string, T>(
  property: Name,
  value: T | undefined,
): { readonly [Property in Name]?: T } {
  return value === undefined ? {} : ({ [property]: value } as { readonly [Property in Name]: T });
}
