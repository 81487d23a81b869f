import type { MessagePackWriter } from "../wire.js";
import * as check from "./checks.js";
import type { EnumType } from "./enum-type.js";

/**
 * Each `write…` checks one value and writes it as hetu.2 has it; hetu.1 is made of that when it is sent.
 * @throws SchemaValueError
 */
export function writeBool(writer: MessagePackWriter, value: unknown, path: string): void {
  writer.bool(check.checkBoolean(value, path));
}

export function writeInteger(writer: MessagePackWriter, value: unknown, min: number, max: number, path: string): void {
  writer.int(check.checkInteger(value, min, max, path));
}

export function writeBigint(writer: MessagePackWriter, value: unknown, min: bigint, max: bigint, path: string): void {
  writer.bigint(check.checkBigint(value, min, max, path));
}

export function writeF32(writer: MessagePackWriter, value: unknown, path: string): void {
  writer.float32(check.checkF32(value, path));
}

export function writeF64(writer: MessagePackWriter, value: unknown, path: string): void {
  writer.float64(check.checkF64(value, path));
}

/** A float of 32 bits with `@range`. */
export function writeF32Within(
  writer: MessagePackWriter,
  value: unknown,
  min: number,
  max: number,
  path: string,
): void {
  const checked = check.checkRange(check.checkF64(value, path), min, max, path);
  const rounded = check.checkF32(checked, path);
  // At an end of the range that 32 bits cannot hold, rounding may lead out of it: then the value goes as it is.
  if (rounded >= min && rounded <= max) writer.float32(rounded);
  else writer.float64(checked);
}

/** A float of 64 bits with `@range`. */
export function writeF64Within(
  writer: MessagePackWriter,
  value: unknown,
  min: number,
  max: number,
  path: string,
): void {
  writer.float64(check.checkRange(check.checkF64(value, path), min, max, path));
}

export function writeTimestamp(writer: MessagePackWriter, value: unknown, path: string): void {
  writer.int(check.checkTimestamp(value, path));
}

export function writeTimestampWithin(
  writer: MessagePackWriter,
  value: unknown,
  min: number,
  max: number,
  path: string,
): void {
  writer.int(check.checkRange(check.checkTimestamp(value, path), min, max, path));
}

export function writeString(writer: MessagePackWriter, value: unknown, max: number, path: string): void {
  writer.string(check.checkString(value, max, path));
}

export function writeBytes(writer: MessagePackWriter, value: unknown, max: number, path: string): void {
  writer.bin(check.checkBytes(value, max, path));
}

export function writeEnum(writer: MessagePackWriter, value: unknown, type: EnumType<string>, path: string): void {
  writer.int(type.integer(value, path));
}

/** @param writeElement is given the path of the element. */
export function writeArray(
  writer: MessagePackWriter,
  value: unknown,
  writeElement: (writer: MessagePackWriter, element: unknown, path: string) => void,
  path: string,
): void {
  const elements = check.checkArray(value, path);
  writer.arrayHeader(elements.length);
  // By index: a hole in the array is refused like `undefined`.
  for (let at = 0; at < elements.length; at++) writeElement(writer, elements[at], `${path}[${at}]`);
}

/** The fields of a struct: each schema name with its value and writer; `undefined` values of optional ones are left out. */
export type FieldWriter = readonly [
  name: string,
  property: string,
  optional: boolean,
  write: (writer: MessagePackWriter, value: unknown, path: string) => void,
];

/** A struct as a map by schema name. */
export function writeStruct(
  writer: MessagePackWriter,
  value: unknown,
  fields: readonly FieldWriter[],
  path: string,
): void {
  const object = check.checkObject(value, path);
  const given = fields.filter(([, property, optional]) => !optional || isGiven(object[property]));
  writer.mapHeader(given.length);
  for (const [name, property, , write] of given) {
    writer.string(name);
    write(writer, object[property], `${path}.${name}`);
  }
}

/** An optional argument that others follow: nil when it was not given. */
export function writeOptional(
  writer: MessagePackWriter,
  value: unknown,
  write: (writer: MessagePackWriter, value: unknown, path: string) => void,
  path: string,
): void {
  if (isGiven(value)) write(writer, value, path);
  else writer.nil();
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
