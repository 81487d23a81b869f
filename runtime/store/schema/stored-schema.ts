import type { ColumnSpec } from "../../schema/component.js";

/** How a column lies in a packed row. All but `string` and `bytes` have a fixed width. */
export type Storage = keyof typeof WIDTHS | "string" | "bytes";

const WIDTHS = {
  bool: 1,
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  f32: 4,
  i64: 8,
  u64: 8,
  f64: 8,
  timestamp: 8,
} as const;

/** Bytes of a column of fixed width; `undefined` for texts and bytes, which stand behind their length. */
export function widthOf(storage: Storage): number | undefined {
  return storage === "string" || storage === "bytes" ? undefined : WIDTHS[storage];
}

/** What the catalogue remembers of a namespace. */
export interface StoredSchema {
  readonly fingerprint: string;
  /** The model as it was compiled, for migrations. */
  readonly model: string;
  readonly tables: Readonly<Record<string, StoredTable>>;
  /** What `hetu upgrade --down` goes back to, and what it goes back to from there. */
  readonly previous?: PreviousSchema;
  /** Names of the migrations of the project that were run, or did not have to be. */
  readonly migrations?: readonly string[];
}

/** What a table was before an upgrade. */
export interface TableOrigin {
  readonly table: string;
  /** By columns as they are called now. */
  readonly columns: Readonly<Record<string, string>>;
  /** By columns as they are called now: the packed default, in hexadecimal, that values became which had no like. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** A namespace as a `hetu upgrade` has found it, or the start of a server that did a part of one. */
export interface PreviousSchema {
  /** The one before. */
  readonly previous?: PreviousSchema;
  /** When it was left, in milliseconds since 1970 UTC. */
  readonly at?: number;
  readonly fingerprint: string;
  readonly model: string;
  readonly tables: Readonly<Record<string, StoredTable>>;
  /** By the tables as they are called now: what they and their columns were called. */
  readonly origins: Readonly<Record<string, TableOrigin>>;
  /** Those of {@link tables} whose rows lie where they were, because not all of them went over. */
  readonly kept: readonly string[];
  /** Those that the upgrade has run, with the tables that they were for, as they are called now. */
  readonly migrations: readonly { readonly name: string; readonly tables: readonly string[] }[];
  /** On Redis: where {@link tables} lay. */
  readonly places?: Readonly<Record<string, number>>;
}

export interface StoredTable {
  readonly component: string;
  readonly volatile: boolean;
  readonly space: number;
  readonly columns: readonly StoredColumn[];
  /** By name; the one on `id` is not among them: its keys are the rows'. */
  readonly indexes: Readonly<Record<string, StoredIndex>>;
}

export interface StoredIndex {
  readonly space: number;
  readonly unique: boolean;
}

export interface StoredColumn {
  readonly name: string;
  /** As in the schema. */
  readonly type: string;
  readonly storage: Storage;
  /** Names and values when it is an enum. */
  readonly values?: Readonly<Record<string, number>>;
}

/** The schemas that there is a way back to, the last one first. */
export function stepsBack({ previous }: Pick<StoredSchema, "previous">): readonly PreviousSchema[] {
  const steps: PreviousSchema[] = [];
  for (let step = previous; step !== undefined; step = step.previous) steps.push(step);
  return steps;
}

/** So many steps of the way back are kept. */
export const MAX_STEPS_BACK = 8;

/**
 * @param most how many steps may be left.
 * @returns without the oldest ones; `undefined`: none are left.
 */
export function withSteps(previous: PreviousSchema | undefined, most: number): PreviousSchema | undefined {
  if (previous === undefined || most <= 0) return undefined;
  const { previous: older, ...own } = previous;
  const left = withSteps(older, most - 1);
  return left === undefined ? own : { ...own, previous: left };
}

/** How a column of a component is stored. */
export function storedColumn({ name, type, enum: values }: ColumnSpec): StoredColumn {
  if (values !== undefined) {
    const named = Object.fromEntries(values.values.map((value) => [value.name, value.value]));
    return { name, type, storage: values.base, values: named };
  }
  if (type.startsWith("string(")) return { name, type, storage: "string" };
  if (type.startsWith("bytes(")) return { name, type, storage: "bytes" };
  if (Object.hasOwn(WIDTHS, type)) return { name, type, storage: type as Storage };
  throw new Error(`the schema does not say how ${type} of column ${name} is stored`);
}

/** Columns in the order in which a packed row has them: those of fixed width, then the others. */
export function packedOrder(columns: readonly StoredColumn[]): StoredColumn[] {
  const fixed = columns.filter(({ storage }) => widthOf(storage) !== undefined);
  return [...fixed, ...columns.filter(({ storage }) => widthOf(storage) === undefined)];
}

/** Whether rows with these columns have the same bytes. */
export function sameLayout(a: readonly StoredColumn[], b: readonly StoredColumn[]): boolean {
  const left = packedOrder(a);
  const right = packedOrder(b);
  return (
    left.length === right.length &&
    left.every((column, i) => column.name === right[i]?.name && column.storage === right[i]?.storage)
  );
}
