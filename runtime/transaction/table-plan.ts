import type { Row } from "../codegen/row.js";
import { SchemaValueError } from "../codegen/schema-value-error.js";
import type { IndexCodec } from "../schema/component.js";
import type { Table } from "../store/contract.js";

/** What the transactions on a table look up by name; made once at start. */
export class TablePlan {
  /** Positions of the indexes by their properties joined by `,`. */
  readonly #indexes = new Map<string, number>();
  /** Positions of the unique indexes by their sorted properties joined by `,`. */
  readonly #keys = new Map<string, number>();
  /** Unique indexes besides the one on `id`. */
  readonly uniques: readonly number[];
  /** Whether rows have values that can change without an assignment. */
  readonly hasBytes: boolean;

  constructor(readonly table: Table) {
    const { indexes, columns } = table.codec;
    const uniques: number[] = [];
    indexes.forEach((index, at) => {
      this.#indexes.set(index.properties.join(","), at);
      if (!index.unique) return;
      this.#keys.set([...index.properties].sort().join(","), at);
      if (at > 0) uniques.push(at);
    });
    this.uniques = uniques;
    this.hasBytes = columns.some(({ type }) => type.startsWith("bytes("));
  }

  index(at: number): IndexCodec {
    return this.table.codec.indexes[at] as IndexCodec;
  }

  /** @throws SchemaValueError when there is no such index. */
  indexNamed(name: string): number {
    const found = this.#indexes.get(name);
    if (found !== undefined) return found;
    const names = [...this.#indexes.keys()].map((each) => `"${each}"`).join(", ");
    throw new SchemaValueError(`${this.table.name}.range`, `given one of the indexes ${names}`, name);
  }

  /**
   * The unique index whose columns the key names.
   * @throws SchemaValueError when there is none.
   */
  keyed(key: Readonly<Record<string, unknown>>): number {
    const names = Object.keys(key);
    const found = this.#keys.get(names.length === 1 ? (names[0] as string) : names.sort().join(","));
    if (found !== undefined) return found;
    const shapes = this.table.codec.indexes
      .filter(({ unique }) => unique)
      .map(({ properties }) => `{ ${properties.join(", ")} }`)
      .join(" or ");
    throw new SchemaValueError(`a key of ${this.table.name}`, shapes, `{ ${names.join(", ")} }`);
  }

  /** The key's bytes in that index. */
  keyBytes(index: number, key: Readonly<Record<string, unknown>>): Uint8Array {
    const codec = this.index(index);
    return codec.prefix(codec.properties.map((property) => key[property]));
  }

  /** The values of an index's columns, for errors. */
  keyOf(index: number, row: Row): Record<string, unknown> {
    const fields = row.toObject();
    return Object.fromEntries(this.index(index).properties.map((property) => [property, fields[property]]));
  }
}
