import type { Row } from "../codegen/row.js";
import type { ColumnValue, ComponentCodec } from "../schema/component.js";
import type { Viewer } from "./contract.js";
import type { Reader } from "./row-view.js";

/** Which rows of a component a viewer may see. Viewers with the same key share queries. */
export interface Visibility {
  readonly key: string;
  /**
   * What a visible row must have in the column that tells rows of different viewers apart; `undefined`: rows of this
   * visibility cannot be told by one column.
   */
  readonly discriminator: string | undefined;
  passes(row: Row): boolean;
}

const EVERYTHING: Visibility = { key: "*", discriminator: undefined, passes: () => true };

/** What one component's `@permission`, `@rls` and column visibility mean for viewers. */
export class Access {
  readonly #codec: ComponentCodec;
  readonly #hasOwnerColumns: boolean;
  readonly #discriminator: Discriminator | undefined;
  /** Indexes, by position, over columns that not every reader gets: bounds and order would tell what is in them. */
  readonly #telling: ReadonlySet<number>;

  constructor(codec: ComponentCodec) {
    this.#codec = codec;
    const hidden = new Set(codec.columns.filter(({ visibility }) => visibility !== "public").map(({ name }) => name));
    this.#telling = new Set(
      codec.indexes.flatMap(({ columns }, at) => (columns.some((column) => hidden.has(column)) ? [at] : [])),
    );
    this.#hasOwnerColumns = codec.columns.some((column) => column.visibility === "owner");
    this.#discriminator = discriminatorOf(codec);
  }

  /** Whether the viewer may subscribe to the component at all. */
  mayRead(viewer: Viewer): boolean {
    if (viewer.admin) return true;
    if (this.#codec.readers === "user") return viewer.caller !== undefined;
    return this.#codec.readers === "everybody";
  }

  /** Whether the viewer may ask by the index at this position. */
  mayAskBy(index: number, viewer: Viewer): boolean {
    return viewer.admin || !this.#telling.has(index);
  }

  /**
   * @param index position of the one that is asked by.
   * @returns `undefined` when the viewer sees no row: it may not read, or not by this index, or a value that the rules
   *   ask for is not set.
   */
  visibility(viewer: Viewer, index: number): Visibility | undefined {
    if (!this.mayRead(viewer) || !this.mayAskBy(index, viewer)) return undefined;
    const rules = this.#codec.rules;
    if (viewer.admin || rules.length === 0) return EVERYTHING;
    const values: ColumnValue[] = [];
    for (const rule of rules) {
      const value = rule.context === "caller" ? viewer.caller : viewer.sessionValue(rule.context);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return {
      key: JSON.stringify(values.map((value) => [typeof value, String(value)])),
      discriminator: this.#discriminator?.ofValue(values),
      passes: (row) => rules.every((rule, at) => rule.passes(row, values[at] as ColumnValue)),
    };
  }

  /** The form in which the viewer gets rows. */
  reader(viewer: Viewer): Reader {
    if (!this.#codec.hasHiddenColumns) return "public";
    if (viewer.admin) return "admin";
    return this.#hasOwnerColumns && viewer.caller !== undefined ? viewer.caller : "public";
  }

  /** The {@link Visibility.discriminator} that a viewer of this row has; `undefined` when there is none. */
  discriminator(row: Row): string | undefined {
    return this.#discriminator?.ofRow(row);
  }
}

/** A column that an `==` rule compares: rows with different values are never visible to the same viewer. */
interface Discriminator {
  ofRow(row: Row): string;
  ofValue(values: readonly ColumnValue[]): string;
}

function discriminatorOf(codec: ComponentCodec): Discriminator | undefined {
  const at = codec.rules.findIndex((rule) => rule.operator === "==");
  const column = codec.columns.find((spec) => spec.name === codec.rules[at]?.column);
  if (column === undefined) return undefined;
  const { property } = column;
  return {
    ofRow: (row) => String(Reflect.get(row, property)),
    ofValue: (values) => String(values[at]),
  };
}

/** A key as a string with one character a byte, for use in a hash map. */
export function keyText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString("latin1");
}
