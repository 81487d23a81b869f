import { fromHex, type Notation, numberNotation, numberOf, toHex } from "../notation.js";

/** The name that generated TypeScript has for a name of the schema. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A value of an application, of this type of the description. */
export function toApplication(type: string, value: Notation): unknown {
  if (value === null) return value;
  switch (type.replace(/\?$/, "")) {
    case "i64":
    case "u64":
      return BigInt(value as string);
    case "f32":
    case "f64":
      return numberOf(value);
    case "bytes":
      return fromHex(value as string);
    default:
      return value;
  }
}

/** What an application got, in the notation of application values; names of fields as in the schema. */
export function fromApplication(value: unknown): Notation {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return numberNotation(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(fromApplication);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [snakeCase(name), fromApplication(each)]),
  );
}
