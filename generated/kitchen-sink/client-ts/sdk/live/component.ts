import { SchemaMismatchError } from "../errors.js";
import type { RowPatch, WireRecord } from "../protocol/protocol.js";
import type { ColumnKind } from "./column-kinds.js";

/** What every row has. */
export interface Row {
  readonly id: bigint;
}

/** One index, as generated code describes it. */
export interface IndexSpec<R> {
  /** The name on the wire: schema names of the columns, joined by `,`. */
  readonly name: string;
  /** The properties of the columns, in the order of the index. */
  readonly properties: readonly string[];
  readonly columns: readonly ColumnKind[];
  readonly unique: boolean;
  /** The order of the index; ties by `id`. Never 0 for two rows. */
  compare(a: R, b: R): number;
}

/** One column: its name in the schema, how it is read, and whether not every reader of the row gets it. */
export type ColumnSpec<T> = readonly [name: string, read: (value: unknown, path: string) => T, optional?: true];

/** One component, as generated code describes it. */
export interface ComponentSource<R> {
  /** The name in the schema. */
  readonly name: string;
  /** By property, in the order of the schema, `id` first. */
  readonly columns: { readonly [Property in keyof R]-?: ColumnSpec<Exclude<R[Property], undefined>> };
  /** By the name that `range` takes: properties joined by `,`. */
  readonly indexes: Readonly<Record<string, IndexSpec<R>>>;
  /** Whether no column differs. */
  same(a: R, b: R): boolean;
}

/** One component, as live queries use it. */
export interface ComponentSpec<R> extends Omit<ComponentSource<R>, "columns"> {
  /**
   * The frozen row that has come over the wire.
   * @throws SchemaMismatchError
   */
  read(record: WireRecord): R;
  /**
   * A frozen row with some columns replaced; the others keep their values, and the row given stays as it is.
   * @throws SchemaMismatchError
   */
  patch(row: R, changed: RowPatch): R;
}

/**
 * A component that can be queried. `Key` finds one row, `Indexes` has the type of a bound for each index.
 */
export interface Component<R extends Row, Key, Indexes> extends ComponentSpec<R> {
  /** Never there; carries the types. */
  readonly types?: { readonly key: Key; readonly indexes: Indexes };
}

/** A component whose systems also run on separate tables. */
export interface CopiedComponent<R extends Row, Key, Indexes, Suffix extends string> extends Component<
  R,
  Key,
  Indexes
> {
  /** The separate tables called `Name:Suffix`. */
  copy(suffix: Suffix): Component<R, Key, Indexes>;
}

export function component<R extends Row, Key, Indexes>(source: ComponentSource<R>): Component<R, Key, Indexes> {
  return Object.freeze(specOf(source));
}

export function copiedComponent<R extends Row, Key, Indexes, Suffix extends string>(
  source: ComponentSource<R>,
): CopiedComponent<R, Key, Indexes, Suffix> {
  // The same copy is the same object, as the base is.
  const copies = new Map<Suffix, Component<R, Key, Indexes>>();
  const spec = specOf(source);
  return Object.freeze({
    ...spec,
    copy(suffix: Suffix) {
      let copy = copies.get(suffix);
      if (copy === undefined) {
        copy = Object.freeze({ ...spec, name: `${spec.name}:${suffix}` });
        copies.set(suffix, copy);
      }
      return copy;
    },
  });
}

function specOf<R extends Row>(source: ComponentSource<R>): ComponentSpec<R> {
  const { name, columns, indexes } = source;
  const readers = Object.entries<ColumnSpec<unknown>>(columns).map(([property, [column, read, optional]]) => {
    const path = `${name}.${column}`;
    /** Sets the property; an optional column that has not come leaves none. */
    const set = (row: Record<string, unknown>, value: unknown): void => {
      if (optional === true && (value === undefined || value === null)) delete row[property];
      else row[property] = read(value, path);
    };
    return { column, set };
  });
  return {
    name,
    indexes,
    same: (a, b) => source.same(a, b),
    read(record) {
      const row: Record<string, unknown> = {};
      if (isByPosition(record)) readers.forEach(({ set }, at) => set(row, record[at]));
      else for (const { column, set } of readers) set(row, Object.hasOwn(record, column) ? record[column] : undefined);
      return Object.freeze(row) as unknown as R;
    },
    patch(old, changed) {
      const row = { ...old } as unknown as Record<string, unknown>;
      changed.columns.forEach((position, at) => {
        const reader = readers[position + 1];
        if (reader === undefined) throw new SchemaMismatchError(name, `has no column ${position} here`);
        reader.set(row, changed.values[at]);
      });
      return Object.freeze(row) as unknown as R;
    },
  };
}

function isByPosition(record: WireRecord): record is readonly unknown[] {
  return Array.isArray(record);
}
