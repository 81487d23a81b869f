import type { RandomField, RandomSchema } from "./schema.js";

/** `extreme`: as long or as large as may be, so that a narrower type refuses it. `plain`: fits into every type. */
export type Size = "plain" | "extreme";

/** Of the values of every enum that a random schema begins with. */
const NUMBERS = [0, 1, 5];

/** A value of a type. @param which another number gives another value, as far as there are some. */
export function valueOf(
  field: Pick<RandomField, "type" | "range">,
  which: number,
  schema: RandomSchema,
  size: Size,
): unknown {
  const { type, range } = field;
  if (type.endsWith("[]")) {
    const of = type.slice(0, -2);
    return [0, 1].map((more) => valueOf({ type: of }, which + more, schema, size));
  }
  const length = size === "plain" ? 1 : Number(/\((\d+)\)$/.exec(type)?.[1] ?? 0);
  if (type.startsWith("string")) return String(which).padStart(length, "x");
  if (type.startsWith("bytes")) return new Uint8Array(length).fill(which);
  const number = size === "plain" || range === undefined ? which : range[1] - which;
  switch (type) {
    case "bool":
      return which % 2 === 1;
    case "i64":
      return BigInt(number);
    case "f32":
    case "f64":
      return number + 0.5;
    case "i32":
    case "u8":
    case "timestamp":
      return number;
  }
  const found = schema.enums.find(({ name }) => name === type);
  if (found !== undefined) {
    // By number, so that schemas which only call them otherwise have the same.
    const meant = found.values.find(({ value }) => value === NUMBERS[which % NUMBERS.length]) ?? found.values[0];
    return meant?.name;
  }
  const struct = schema.groups.find(({ name }) => name === type);
  if (struct === undefined) throw new Error(`no value of ${type}`);
  return valuesOf(struct.fields, which, schema, size);
}

/** A value for every field, by name. */
export function valuesOf(
  fields: readonly RandomField[],
  which: number,
  schema: RandomSchema,
  size: Size = "plain",
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, which, schema, size)]));
}

/** A value that the server was given, as text; enums as their number. */
export function shown(type: string, value: unknown, schema: RandomSchema): string {
  if (value === undefined || value === null) return "none";
  if (type.endsWith("[]") && Array.isArray(value)) {
    return `[${value.map((each) => shown(type.slice(0, -2), each, schema)).join()}]`;
  }
  const found = schema.enums.find(({ name }) => name === type);
  if (found !== undefined) return String(found.values.find(({ name }) => name === value)?.value ?? value);
  const struct = schema.groups.find(({ name }) => name === type);
  if (struct === undefined) return String(value);
  const row = value as Readonly<Record<string, unknown>>;
  return `{${struct.fields.map((field) => `${field.name}:${shown(field.type, row[field.name], schema)}`).join()}}`;
}
