import { emptyKey, prefixSuccessor } from "../codegen/key-writer.js";
import type { ComponentCodec, IndexCodec } from "../schema/component.js";
import type { KeyInterval } from "./interval-tree.js";

/** The rows that a query asks for, as keys of its index. */
export interface QueryInterval extends KeyInterval {
  /** No key can be inside. */
  readonly empty: boolean;
  /** Exactly one whole key, or everything that starts with one leading part of the columns; else `undefined`. */
  readonly point: "key" | "prefix" | undefined;
}

interface Bound {
  readonly prefix: Uint8Array;
  readonly exclusive: boolean;
  readonly columns: number;
}

/**
 * Reads the bounds of a `range` by the rules of hetu.1. Both are inclusive unless marked; `right` nil is equal to
 * `left`. Beyond hetu.1: a nil `left` is unbounded, and so is an empty array on either side.
 *
 * @throws SchemaValueError when a bound is not of its column's type.
 */
export function rangeInterval(codec: ComponentCodec, index: IndexCodec, left: unknown, right: unknown): QueryInterval {
  const lower = readBound(codec, index, left ?? [], "left");
  // The same value may be clamped differently on either side, so it is read again.
  const upper = readBound(codec, index, right ?? left ?? [], "right");
  const from = lower.exclusive ? prefixSuccessor(lower.prefix) : lower.prefix;
  const to = upper.exclusive ? upper.prefix : prefixSuccessor(upper.prefix);
  const empty = from === undefined || (to !== undefined && Buffer.compare(from, to) >= 0);
  const isPoint =
    !lower.exclusive && !upper.exclusive && lower.columns > 0 && Buffer.compare(lower.prefix, upper.prefix) === 0;
  const point = isPoint ? (lower.columns === index.columns.length ? "key" : "prefix") : undefined;
  return { lower: from ?? emptyKey, upper: to, empty, point };
}

/** The one row with this id, as an interval of the index on `id`. */
export function keyInterval(key: Uint8Array): QueryInterval {
  return { lower: key, upper: prefixSuccessor(key), empty: false, point: "key" };
}

/** Whether a key is inside. */
export function holds(interval: QueryInterval, key: Uint8Array): boolean {
  return (
    !interval.empty &&
    Buffer.compare(key, interval.lower) >= 0 &&
    (interval.upper === undefined || Buffer.compare(key, interval.upper) < 0)
  );
}

function readBound(codec: ComponentCodec, index: IndexCodec, raw: unknown, side: "left" | "right"): Bound {
  if (!Array.isArray(raw)) return boundOf(codec, index, [], raw, side);
  // In a composite bound the mark stands on the last part.
  const parts = raw as readonly unknown[];
  return parts.length === 0
    ? { prefix: emptyKey, exclusive: false, columns: 0 }
    : boundOf(codec, index, parts.slice(0, -1), parts.at(-1), side);
}

function boundOf(
  codec: ComponentCodec,
  index: IndexCodec,
  leading: readonly unknown[],
  last: unknown,
  side: "left" | "right",
): Bound {
  const { literal, marked } = readMark(last);
  const values = index.fromWire(leading.length === 0 ? literal : [...leading, literal]);
  // An infinite bound of an integer column is clamped to a value that exists: to leave that one out would be wrong.
  const clamped = isOutward(literal, side) && isInteger(codec, index.columns[leading.length]);
  return { prefix: index.prefix(values), exclusive: marked && !clamped, columns: values.length };
}

function readMark(value: unknown): { readonly literal: unknown; readonly marked: boolean } {
  if (typeof value !== "string") return { literal: value, marked: false };
  if (value.startsWith("(")) return { literal: value.slice(1), marked: true };
  return { literal: value.startsWith("[") ? value.slice(1) : value, marked: false };
}

function isOutward(value: unknown, side: "left" | "right"): boolean {
  const number = typeof value === "string" ? Number(value.replace(/inf(inity)?$/i, "Infinity")) : value;
  return number === (side === "left" ? -Infinity : Infinity);
}

function isInteger(codec: ComponentCodec, column: string | undefined): boolean {
  if (column === "id") return true;
  const type = codec.columns.find((spec) => spec.name === column)?.type ?? "string(0)";
  return !type.startsWith("string(") && type !== "f32" && type !== "f64";
}
