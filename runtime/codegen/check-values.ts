import { countCodePoints } from "./code-points.js";
import { SchemaValueError } from "./schema-value-error.js";

/** Matches half of a surrogate pair; with the `u` flag whole pairs are one character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * @param max Largest number of code points.
 * @throws SchemaValueError for anything but a text of at most `max` code points that UTF-8 can represent.
 */
export function checkString(value: unknown, max: number, path: string): string {
  if (typeof value !== "string" || (value.length > max && countCodePoints(value) > max)) {
    throw new SchemaValueError(path, `a string of at most ${max} characters`, value);
  }
  if (LONE_SURROGATE.test(value)) {
    throw new SchemaValueError(path, "a string without lone surrogates", value);
  }
  return value;
}

/**
 * A copy, so that later writes to the given array do not reach what was checked.
 * @param max Largest number of bytes.
 * @throws SchemaValueError
 */
export function checkBytes(value: unknown, max: number, path: string): Uint8Array {
  if (value instanceof Uint8Array && value.length <= max) return Uint8Array.from(value);
  throw new SchemaValueError(path, `a Uint8Array of at most ${max} bytes`, value);
}

/** @throws SchemaValueError unless `value` is an array whose elements all pass `checkElement`. */
export function checkArray<T>(value: unknown, path: string, checkElement: (element: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) throw new SchemaValueError(path, "an array", value);
  return value.map((element: unknown, index) => checkElement(element, `${path}[${index}]`));
}

/** @throws SchemaValueError unless `value` is an object with fields. */
export function checkObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SchemaValueError(path, "an object", value);
}

/** Lets an absent optional value pass: `undefined`, or `null` as other languages send it. */
export function checkOptional<T>(
  value: unknown,
  path: string,
  check: (value: unknown, path: string) => T,
): T | undefined {
  return value === undefined || value === null ? undefined : check(value, path);
}

/** @throws SchemaValueError when fewer than `min` or more than `max` arguments were given to a call. */
export function checkCount(values: readonly unknown[], min: number, max: number, path: string): void {
  if (values.length >= min && values.length <= max) return;
  const expected = min === max ? plural(min) : `${min} to ${plural(max)}`;
  throw new SchemaValueError(path, `given ${expected}`, values);
}

/** @throws SchemaValueError always: the column has no default and was neither given nor assigned. */
export function unset(path: string): never {
  throw new SchemaValueError(path, "given, because it has no default", undefined);
}

/** @throws SchemaValueError always: a key of an insert or a patch is not a column. */
export function refuseUnknown(component: string, key: string, value: unknown): never {
  throw new SchemaValueError(`${component}.${key}`, "left out, because there is no such column", value);
}

/** `id` may be among the values of an insert or a patch only as what the row already has. */
export function checkSameId(id: bigint, value: unknown, component: string): void {
  if (value !== id) throw new SchemaValueError(`${component}.id`, `${id}n, because an id never changes`, value);
}

function plural(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}

/** A field that is called like a member of every object, and so must be the object's own. */
export function ownField(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
