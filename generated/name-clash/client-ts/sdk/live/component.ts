import type { WireRow } from "../wire.js";
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

/** One component, as generated code describes it. */
export interface ComponentSpec<R> {
  /** The name in the schema; with a copy's suffix `Name:Suffix`. */
  readonly name: string;
  /** By the name that `range` takes: properties joined by `,`. */
  readonly indexes: Readonly<Record<string, IndexSpec<R>>>;
  /**
   * The row that has come over the wire; `component` has it frozen.
   * @throws SchemaMismatchError
   */
  read(row: WireRow): R;
  /** Whether no column differs. */
  same(a: R, b: R): boolean;
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

function freezingRows<R>(spec: ComponentSpec<R>): ComponentSpec<R> {
  return { ...spec, read: (row) => Object.freeze(spec.read(row)) };
}

export function component<R extends Row, Key, Indexes>(spec: ComponentSpec<R>): Component<R, Key, Indexes> {
  return Object.freeze(freezingRows(spec));
}

export function copiedComponent<R extends Row, Key, Indexes, Suffix extends string>(
  spec: ComponentSpec<R>,
): CopiedComponent<R, Key, Indexes, Suffix> {
  // The same copy is the same object, as the base is.
  const copies = new Map<Suffix, Component<R, Key, Indexes>>();
  return Object.freeze({
    ...freezingRows(spec),
    copy(suffix: Suffix) {
      let copy = copies.get(suffix);
      if (copy === undefined) {
        copy = component<R, Key, Indexes>({ ...spec, name: `${spec.name}:${suffix}` });
        copies.set(suffix, copy);
      }
      return copy;
    },
  });
}
