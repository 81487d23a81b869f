import type { ByteReader } from "../codegen/byte-reader.js";
import type { ByteWriter } from "../codegen/byte-writer.js";
import type { Row } from "../codegen/row.js";
import type { MessagePackWriter } from "../wire/message-pack-writer.js";

/** Which columns a reader of a row may get: everything, what owners may, or only the public ones. */
export type Audience = "admin" | "owner" | "public";

/** A value of a column as user code has it. */
export type ColumnValue = boolean | number | bigint | string | Uint8Array;

/**
 * What generated code knows of one component, specialized by column: no method here walks a schema. `R` is the
 * generated row class.
 */
export interface ComponentCodec<R extends Row = Row> {
  /** The schema name, without a copy's suffix. */
  readonly name: string;
  /** `@was(old_name)`: under what name the rows are stored where an older schema has written them. */
  readonly was?: string;
  /** The names before {@link was}, the newest first. */
  readonly wasBefore?: readonly string[];
  /** In declaration order, `id` not listed. For start-up checks, migrations and tools; never used per call. */
  readonly columns: readonly ColumnSpec[];
  /** `indexes[0]` is always the unique index on `id`; then those of the model, in its order. */
  readonly indexes: readonly IndexCodec<R>[];
  readonly readers: "everybody" | "user" | "admin";
  readonly rules: readonly RowRule<R>[];
  readonly volatile: boolean;
  /** Whether a row looks different to different audiences. */
  readonly hasHiddenColumns: boolean;

  /**
   * A new row from an insert: defaults filled in (`now` gives `timestamp` columns their value), every value
   * checked. With `partial`, columns without a default may be missing (see {@link missing}).
   * @throws SchemaValueError that names component, field, limit and value.
   */
  create(id: bigint, values: Readonly<Record<string, unknown>>, now: number, partial: boolean): R;
  /** Assigns the given columns through the checked setters. */
  assign(row: R, values: Readonly<Record<string, unknown>>): void;
  /** The first column that still has no value, by schema name; `undefined` when the row is complete. */
  missing(row: R): string | undefined;
  /** Reads what {@link encode} wrote. Copies all that it keeps: the bytes may be overwritten afterwards. */
  decode(id: bigint, version: number, reader: ByteReader): R;
  /** The packed row, without id and version. */
  encode(row: R, writer: ByteWriter): void;
  /** An independent row with the same values, id and version, not tracked by any transaction. */
  clone(row: R): R;
  /** The owner of the row for column visibility; `undefined` when the component has no `owner: i64`. */
  ownerOf(row: R): bigint | undefined;
  /** The row as a MessagePack map by schema name, `id` first, for hetu.1. */
  writeMap(row: R, writer: MessagePackWriter, audience: Audience): void;
  /** Rows on hetu.2; left out for components that only admins read, which do not travel there. */
  readonly array?: ArrayCodec<R>;
}

/**
 * Rows as hetu.2 has them: arrays in the order of the description, which has all columns but those of admins.
 * `changed` and `writeColumns` are left out where there are more columns than a mask has bits.
 */
export interface ArrayCodec<R extends Row = Row> {
  /** `id` and all columns; nil stands for those that the audience may not get. `admin` is the same as `owner`. */
  writeRow(row: R, writer: MessagePackWriter, audience: Audience): void;
  /** The columns that look different to the audience: bit *i* for column *i* of the description, unsigned. */
  changed?(before: R, after: R, audience: Audience): number;
  /** The values of the columns of a mask of {@link changed}, lowest bit first. */
  writeColumns?(row: R, mask: number, writer: MessagePackWriter): void;
}

export interface ColumnSpec {
  readonly name: string;
  /** The property of the row class, and the key in inserts, patches and keys. */
  readonly property: string;
  /** `i64`, `string(32)`, `Team` …; as in the schema. */
  readonly type: string;
  readonly visibility: "public" | "owner" | "admin";
  /** Given when the type is an enum: its values and how they are stored. */
  readonly enum?: EnumSpec;
  /** The default as a value of the column; `"now"` for a timestamp that starts at the transaction's start. */
  readonly default?: ColumnValue | "now";
  /** `@was(old_name)`: what the column is called where an older schema has stored it. */
  readonly was?: string;
  /** The names before {@link was}, the newest first. */
  readonly wasBefore?: readonly string[];
}

export interface EnumSpec {
  /** The integer type that rows hold. */
  readonly base: "i8" | "i16" | "i32" | "u8" | "u16" | "u32";
  readonly values: readonly EnumValueSpec[];
}

export interface EnumValueSpec {
  /** As in the schema. */
  readonly name: string;
  /** As in TypeScript: what rows and defaults hold. */
  readonly property: string;
  readonly value: number;
}

/** One index. Keys are bytes whose order under `memcmp` is the order of the values; see `codegen/key-writer.ts`. */
export interface IndexCodec<R extends Row = Row> {
  /** The name on the wire: `x`, or `zone,x`. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns as properties of the row class; joined by `,` they are the index's name in `range`. */
  readonly properties: readonly string[];
  readonly unique: boolean;
  /** The key of a row's values, without the id. A fresh buffer that the caller may keep. */
  key(row: R): Uint8Array;
  /** Whether both rows have the same key; cheaper than comparing two keys. */
  sameKey(a: R, b: R): boolean;
  /**
   * The key of a leading part of the columns; `values` as user code has them (already of the column types).
   * The empty list gives the empty key, which every key of the index starts with.
   * @throws SchemaValueError when there are too many values or one is not of its column's type.
   */
  prefix(values: readonly unknown[]): Uint8Array;
  /**
   * Turns a bound as hetu.1 sends it (a scalar, or an array for a composite index; `bool` as 0 or 1, numbers for
   * integers of any width, ±Infinity clamped for integers) into values for {@link prefix}.
   * @throws SchemaValueError
   */
  fromWire(bound: unknown): readonly ColumnValue[];
}

/** One `@rls(column OP ctx.name)`, compiled. */
export interface RowRule<R extends Row = Row> {
  readonly column: string;
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  /** `caller` or a session field, by schema name. */
  readonly context: string;
  /** `value` is never `undefined`: an unset value hides the row before this is asked. */
  passes(row: R, value: ColumnValue): boolean;
}
