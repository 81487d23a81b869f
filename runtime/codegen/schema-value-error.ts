import { countCodePoints } from "./code-points.js";

/** Longest piece of a refused text that a message repeats. */
const SHOWN_CHARACTERS = 40;

/**
 * A value that the schema does not allow. `path` names the place as the schema calls it: `Position.x` is a column,
 * `move_to.x` a parameter, `buy()` a result, `Receipt.notes[2]` an element.
 */
export class SchemaValueError extends Error {
  readonly code = "SCHEMA_VALUE";
  readonly path: string;
  /** What is allowed, as a noun: `a whole number from 0 to 255`. */
  readonly limit: string;
  readonly value: unknown;

  /** @param hint What to do instead, when there is more to say than the limit does. */
  constructor(path: string, limit: string, value: unknown, hint?: string) {
    super(`${path} must be ${limit}; got ${describe(value)}${hint === undefined ? "" : ` (${hint})`}`);
    this.name = "SchemaValueError";
    this.path = path;
    this.limit = limit;
    this.value = value;
  }
}

function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length <= SHOWN_CHARACTERS
        ? JSON.stringify(value)
        : `${JSON.stringify(value.slice(0, SHOWN_CHARACTERS))}… of ${countCodePoints(value)} characters`;
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `${value.length} bytes`;
      if (Array.isArray(value)) return `an array of ${value.length}`;
      return "an object";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}
