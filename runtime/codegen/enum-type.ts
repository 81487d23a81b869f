import type { EnumSpec, EnumValueSpec } from "../schema/component.js";
import { SchemaValueError } from "./schema-value-error.js";

/**
 * One enum: its names in TypeScript and their integers. Rows hold the name; integers are stored and sent.
 * `T` is the union of the names. `check`, `read` and `bound` may be passed on as functions.
 */
export class EnumType<T extends string> implements EnumSpec {
  readonly base: EnumSpec["base"];
  readonly values: readonly EnumValueSpec[];
  readonly #name: string;
  readonly #values: ReadonlyMap<string, number>;
  readonly #names: ReadonlyMap<number, T>;

  /**
   * @param name As in the schema, for errors.
   * @param base The integer type that rows hold.
   * @param values The exported table, names to integers.
   * @param schemaNames The same values as the schema calls them, in the same order.
   */
  constructor(
    name: string,
    base: EnumSpec["base"],
    values: Readonly<Record<T, number>>,
    schemaNames: readonly string[],
  ) {
    const entries = Object.entries<number>(values);
    this.base = base;
    this.values = entries.map(([property, value], at) => ({ name: schemaNames[at] ?? property, property, value }));
    this.#name = name;
    this.#values = new Map(entries);
    this.#names = new Map(entries.map(([key, value]) => [value, key as T]));
  }

  /** @throws SchemaValueError unless `value` is one of the names. */
  readonly check = (value: unknown, path: string): T => {
    if (this.#values.has(value as string)) return value as T;
    throw new SchemaValueError(path, `one of ${[...this.#values.keys()].map((key) => `"${key}"`).join(", ")}`, value);
  };

  /** The integer of a name that has passed {@link check}. */
  valueOf(name: T): number {
    return this.#values.get(name) as number;
  }

  /**
   * The name of an integer as it was stored or sent.
   * @throws SchemaValueError when the enum has no such value.
   */
  readonly read = (value: unknown, path: string): T => {
    const name = this.#names.get(typeof value === "bigint" ? Number(value) : (value as number));
    if (name !== undefined) return name;
    throw new SchemaValueError(path, `a value of enum ${this.#name} (${[...this.#names.keys()].join(", ")})`, value);
  };

  /** {@link read} for a bound of hetu.1, where integers may be text and infinities stand for the outermost values. */
  readonly bound = (value: unknown, path: string): T => {
    // Anything but a number goes to `read`, which refuses it: `Number` throws on some objects.
    if (typeof value !== "string" && (typeof value !== "number" || Number.isFinite(value)))
      return this.read(value, path);
    const number = Number(value);
    if (Math.abs(number) !== Infinity) return this.read(number, path);
    const values = [...this.#names.keys()];
    return this.read(number > 0 ? Math.max(...values) : Math.min(...values), path);
  };
}
