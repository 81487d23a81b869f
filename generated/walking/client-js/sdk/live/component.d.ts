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
    readonly columns: {
        readonly [Property in keyof R]-?: ColumnSpec<Exclude<R[Property], undefined>>;
    };
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
    readonly types?: {
        readonly key: Key;
        readonly indexes: Indexes;
    };
}
/** A component whose systems also run on separate tables. */
export interface CopiedComponent<R extends Row, Key, Indexes, Suffix extends string> extends Component<R, Key, Indexes> {
    /** The separate tables called `Name:Suffix`. */
    copy(suffix: Suffix): Component<R, Key, Indexes>;
}
export declare function component<R extends Row, Key, Indexes>(source: ComponentSource<R>): Component<R, Key, Indexes>;
export declare function copiedComponent<R extends Row, Key, Indexes, Suffix extends string>(source: ComponentSource<R>): CopiedComponent<R, Key, Indexes, Suffix>;
