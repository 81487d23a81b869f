import { SchemaValueError } from "../errors.js";
import type { ColumnKind } from "./column-kinds.js";

/** A bound that does not include its value; see {@link exclusive}. */
export class Exclusive<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** One end of a range: a value (included), `exclusive(value)`, or `null` for no end. */
export type Bound<T> = T | Exclusive<T> | null;

/**
 * A bound of a range that is not part of it: `range("x", exclusive(0), 10)` is 0 < x ≤ 10. With the leading columns of
 * a composite index, `exclusive([1])` leaves out everything that starts with 1.
 */
export function exclusive<const T>(value: T): Exclusive<T> {
  return new Exclusive(value);
}

/** Both ends of a range as they travel. */
export interface WireBounds {
  readonly left: unknown;
  /** The very object `left` is when both are the same bound. */
  readonly right: unknown;
}

/**
 * Checks both ends of a range and writes them for the wire.
 *
 * @param left `undefined`: without `right` either the whole index, else no end.
 * @param right `undefined`: equal to `left`.
 * @param path component and index, for errors.
 * @throws SchemaValueError that names component, column, limit and value.
 */
export function wireBounds(
  columns: readonly ColumnKind[],
  left: unknown,
  right: unknown,
  paths: { readonly index: string; readonly columns: readonly string[] },
): WireBounds {
  if (right === undefined && left instanceof Exclusive) {
    throw new SchemaValueError(
      paths.index,
      "bounded on the right too when its left bound is exclusive",
      undefined,
      "null on the right means no end",
    );
  }
  const from = left === undefined ? null : left;
  const to = right === undefined ? from : right;
  const lower = wireBound(columns, from, "least", paths);
  return { left: lower, right: to === from && from !== null ? lower : wireBound(columns, to, "greatest", paths) };
}

function wireBound(
  columns: readonly ColumnKind[],
  bound: unknown,
  end: "least" | "greatest",
  paths: { readonly index: string; readonly columns: readonly string[] },
): unknown {
  const [first] = columns;
  if (bound === null) return columns.length === 1 && first !== undefined ? first[end] : [];
  const isExclusive = bound instanceof Exclusive;
  const value: unknown = isExclusive ? bound.value : bound;
  if (columns.length === 1 && first !== undefined)
    return mark(first.toWire(value, paths.columns[0] ?? ""), isExclusive);
  if (!Array.isArray(value) || value.length === 0 || value.length > columns.length) {
    throw new SchemaValueError(paths.index, `bounded by an array of 1 to ${columns.length} of its columns`, value);
  }
  const parts = columns
    .slice(0, value.length)
    .map((column, at): unknown => column.toWire((value as readonly unknown[])[at], paths.columns[at] ?? ""));
  // The mark of a composite bound stands on its last part; the parts before are taken literally.
  return [...parts.slice(0, -1), mark(parts.at(-1), isExclusive)];
}

/** A string that starts with `(` is an exclusive bound, with `[` an inclusive one: also where numbers are meant. */
function mark(value: unknown, isExclusive: boolean): unknown {
  if (isExclusive) return `(${String(value)}`;
  return typeof value === "string" && /^[([]/.test(value) ? `[${value}` : value;
}
