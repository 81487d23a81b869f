import { ByteReader } from "../../codegen/byte-reader.js";
import { ByteWriter } from "../../codegen/byte-writer.js";
import { type StoredColumn, widthOf } from "../schema/stored-schema.js";

/** A value as migrations have it: an enum is the name of its value, everything else as in user code. */
export type Value = boolean | number | bigint | string | Uint8Array;

/** Least and largest value of the integer types. */
export const INTEGERS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  i8: [-0x80n, 0x7fn],
  u8: [0n, 0xffn],
  i16: [-0x8000n, 0x7fffn],
  u16: [0n, 0xffffn],
  i32: [-0x8000_0000n, 0x7fff_ffffn],
  u32: [0n, 0xffff_ffffn],
  i64: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
  u64: [0n, 0xffff_ffff_ffff_ffffn],
  timestamp: [-8_640_000_000_000_000n, 8_640_000_000_000_000n],
};

/** The `N` of `string(N)` and `bytes(N)`; `NaN`, which compares with nothing, for other types. */
export function lengthLimit(type: string): number {
  return Number(/^(?:string|bytes)\((\d+)\)$/.exec(type)?.[1]);
}

/** How many code points a text has. */
export function codePoints(text: string): number {
  let count = 0;
  for (const each of text) count += each.length > 0 ? 1 : 0;
  return count;
}

const reader = new ByteReader(new Uint8Array(0));
const writer = new ByteWriter();

/** @param bytes of the one column, as a packed row has them. */
export function readColumn(column: StoredColumn, bytes: Uint8Array): Value {
  reader.reset(bytes);
  if (column.values !== undefined) {
    const stored = reader[column.storage as "i32"]();
    return Object.keys(column.values).find((name) => column.values?.[name] === stored) ?? stored;
  }
  return column.storage === "bytes" ? reader.blob() : reader[column.storage]();
}

/**
 * A fresh copy of what a packed row holds of it.
 * @param value of the column: {@link fitting} has it.
 */
export function packColumn(column: StoredColumn, value: Value): Uint8Array {
  writer.reset();
  const plain = column.values === undefined ? value : (column.values[value as string] as number);
  switch (column.storage) {
    case "bool":
      writer.bool(plain as boolean);
      break;
    case "i64":
    case "u64":
      writer[column.storage](plain as bigint);
      break;
    case "string":
      writer.string(plain as string);
      break;
    case "bytes":
      writer.blob(plain as Uint8Array);
      break;
    default:
      writer[column.storage](plain as number);
  }
  return writer.finish();
}

/** What a column holds that nobody has given a value: 0, false, no text; of an enum its first value. */
export function zeroOf(column: StoredColumn): Value {
  if (column.values !== undefined) {
    const [first = ""] = Object.keys(column.values);
    return Object.keys(column.values).find((name) => column.values?.[name] === 0) ?? first;
  }
  switch (column.storage) {
    case "bool":
      return false;
    case "i64":
    case "u64":
      return 0n;
    case "string":
      return "";
    case "bytes":
      return new Uint8Array(0);
    default:
      return 0;
  }
}

/** The value as the column holds it; `undefined`: it is not of the column's type. */
export function fitting(column: StoredColumn, value: unknown): Value | undefined {
  if (column.values !== undefined) {
    return typeof value === "string" && Object.hasOwn(column.values, value) ? value : undefined;
  }
  switch (column.storage) {
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "f32":
      return typeof value === "number" ? Math.fround(value) : undefined;
    case "f64":
      return typeof value === "number" ? value : undefined;
    case "string":
      return typeof value === "string" && isText(value) && codePoints(value) <= lengthLimit(column.type)
        ? value
        : undefined;
    case "bytes":
      return value instanceof Uint8Array && value.length <= lengthLimit(column.type) ? value : undefined;
    case "i64":
    case "u64":
      return typeof value === "bigint" && isWithin(column, value) ? value : undefined;
    default:
      return typeof value === "number" && Number.isInteger(value) && isWithin(column, BigInt(value))
        ? value
        : undefined;
  }
}

/** Whether an integer is in the range of an integer column. */
export function isWithin({ storage }: StoredColumn, value: bigint): boolean {
  const [least, largest] = INTEGERS[storage] ?? [1n, 0n];
  return least <= value && value <= largest;
}

/** Lone surrogates have no UTF-8. */
function isText(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** A value for people; long ones are cut. */
export function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return typeof value === "bigint" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : typeof value;
}

/** Cuts a packed row, version first, into the bytes of its columns. @param columns in packed order. */
export function sliceRow(columns: readonly StoredColumn[], row: Uint8Array, start: number): Uint8Array[] {
  const slices: Uint8Array[] = [];
  let at = start;
  for (const { storage } of columns) {
    const end = at + (widthOf(storage) ?? lengthAt(row, at));
    slices.push(row.subarray(at, end));
    at = end;
  }
  return slices;
}

/** Bytes of a text or a blob at `at` with its length in LEB128. */
function lengthAt(bytes: Uint8Array, at: number): number {
  let length = 0;
  for (let i = 0; ; i++) {
    const byte = bytes[at + i] as number;
    length |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return length + i + 1;
  }
}
