import { SchemaValueError, unexpected } from "../errors.js";

/** An enum's value that this client does not know: the server runs a newer schema. */
export type UnknownValue = number;

/** One enum: its names here and their integers on the wire. `T` is the union of the names. */
export class EnumType<T extends string> {
  readonly #values: ReadonlyMap<string, number>;
  readonly #names: ReadonlyMap<number, T>;

  /** @param values the exported table, names to integers. */
  constructor(values: Readonly<Record<T, number>>) {
    const entries = Object.entries<number>(values) as [T, number][];
    this.#values = new Map(entries);
    this.#names = new Map(entries.map(([name, value]) => [value, name]));
  }

  /** @throws SchemaValueError unless `value` is one of the names. */
  integer(value: unknown, path: string): number {
    const integer = typeof value === "string" ? this.#values.get(value) : undefined;
    if (integer !== undefined) return integer;
    const names = [...this.#values.keys()].map((name) => JSON.stringify(name)).join(", ");
    throw new SchemaValueError(path, `one of ${names}`, value);
  }

  /** @throws SchemaMismatchError unless `value` is an integer. */
  read(value: unknown, path: string): T | UnknownValue {
    const integer = typeof value === "bigint" ? Number(value) : value;
    if (typeof integer !== "number") throw unexpected(path, "the integer of an enum", value);
    return this.#names.get(integer) ?? integer;
  }

  /** By integer. */
  compare(a: T | UnknownValue, b: T | UnknownValue): number {
    return this.#rank(a) - this.#rank(b);
  }

  #rank(value: T | UnknownValue): number {
    return typeof value === "number" ? value : (this.#values.get(value) ?? 0);
  }
}
