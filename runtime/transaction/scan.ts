import type { IndexCodec } from "../schema/component.js";
import { Exclusive, type RangeOptions } from "../schema/bound.js";
import type { RangeScan, Table } from "../store/contract.js";
import { prefixSuccessor } from "../codegen/key-writer.js";

const LOWEST = new Uint8Array(0);

/**
 * Turns the bounds of `range` into bounds of index keys.
 * @param right `undefined`: equal to `left`; with both `undefined` the whole index.
 * @returns `undefined` when no key can lie between them.
 * @throws SchemaValueError when a bound is not of its columns' types.
 */
export function scanOf(
  table: Table,
  index: number,
  left: unknown,
  right: unknown,
  options: RangeOptions | undefined,
): RangeScan | undefined {
  const codec = table.codec.indexes[index] as IndexCodec;
  const limit = options?.limit ?? Infinity;
  const lower = left === undefined || left === null ? LOWEST : lowerOf(codec, left);
  const end = right === undefined ? (left instanceof Exclusive ? null : left) : right;
  const upper = end === undefined || end === null ? undefined : upperOf(codec, end);
  if (lower === undefined || limit <= 0) return undefined;
  if (upper !== undefined && Buffer.compare(lower, upper) >= 0) return undefined;
  return { table, index, lower, upper, limit, desc: options?.desc === true };
}

/** `undefined`: greater than every key. */
function lowerOf(codec: IndexCodec, bound: unknown): Uint8Array | undefined {
  if (!(bound instanceof Exclusive)) return prefixOf(codec, bound);
  return prefixSuccessor(prefixOf(codec, bound.value));
}

/** `undefined`: to the end of the index. */
function upperOf(codec: IndexCodec, bound: unknown): Uint8Array | undefined {
  return bound instanceof Exclusive ? prefixOf(codec, bound.value) : prefixSuccessor(prefixOf(codec, bound));
}

function prefixOf(codec: IndexCodec, values: unknown): Uint8Array {
  return codec.prefix(Array.isArray(values) ? (values as readonly unknown[]) : [values]);
}
