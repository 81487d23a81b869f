/**
 * The checked schema. Plain JSON: no class, no `undefined`-valued key, no bigint, no cycle. Emitters, the `graph`
 * and `diff` commands and `schema.json` see this and nothing of the syntax tree.
 *
 * Lists are in declaration order within a file, files ordered by path; an optional key is left out when it does
 * not apply. Values of 64-bit columns are decimal strings.
 */
export interface Model {
  /** Version of this JSON layout. */
  readonly format: 1;
  /** `sha256` (hex) over all namespaces, documentation and deprecations left out. */
  readonly fingerprint: string;
  readonly namespaces: readonly NamespaceModel[];
}

export interface NamespaceModel {
  readonly name: string;
  /** `sha256` (hex) over this namespace and the foreign types that it uses. What clients send when they connect. */
  readonly fingerprint: string;
  readonly enums: readonly EnumModel[];
  readonly structs: readonly StructModel[];
  readonly components: readonly ComponentModel[];
  readonly errors: readonly ErrorModel[];
  readonly events: readonly EventModel[];
  readonly session: readonly SessionFieldModel[];
  readonly systems: readonly SystemModel[];
  readonly endpoints: readonly EndpointModel[];
  readonly clusters: readonly ClusterModel[];
}

/** What every declaration and member may carry. */
export interface Documented {
  /** The `///` text: lines joined by `\n`, the common indent removed. */
  readonly doc?: string;
  /** The reason given to `@deprecated`. */
  readonly deprecated?: string;
}

export type IntegerName = "i8" | "i16" | "i32" | "u8" | "u16" | "u32";
export type ScalarName = "bool" | IntegerName | "i64" | "u64" | "f32" | "f64" | "timestamp";

export type TypeModel =
  | { readonly kind: "scalar"; readonly name: ScalarName }
  | { readonly kind: "string"; readonly max: number }
  | { readonly kind: "bytes"; readonly max: number }
  | { readonly kind: "enum"; readonly namespace: string; readonly name: string }
  | { readonly kind: "struct"; readonly namespace: string; readonly name: string }
  | { readonly kind: "array"; readonly of: TypeModel };

/** The types that a column may have. */
export type ColumnTypeModel = Exclude<TypeModel, { kind: "struct" } | { kind: "array" }>;

export type LiteralModel =
  | { readonly kind: "bool"; readonly value: boolean }
  /** Integers of at most 32 bits, floats and timestamps. */
  | { readonly kind: "number"; readonly value: number }
  /** `i64` and `u64`, in decimal. */
  | { readonly kind: "bigint"; readonly value: string }
  | { readonly kind: "string"; readonly value: string }
  /** The UTF-8 of the literal, in hex. */
  | { readonly kind: "bytes"; readonly value: string }
  | { readonly kind: "enum"; readonly name: string; readonly value: number }
  /** The start of the transaction; `timestamp` columns only. */
  | { readonly kind: "now" };

/** Inclusive bounds of `@range`; decimal strings for 64-bit types. */
export interface RangeModel {
  readonly min: number | string;
  readonly max: number | string;
}

export interface EnumModel extends Documented {
  readonly name: string;
  readonly base: IntegerName;
  readonly values: readonly EnumValueModel[];
}

export interface EnumValueModel extends Documented {
  readonly name: string;
  readonly value: number;
}

/** A member of a struct, an error or an event, or a parameter. */
export interface FieldModel extends Documented {
  readonly name: string;
  readonly type: TypeModel;
  /** `name?: T`. */
  readonly optional?: true;
  readonly range?: RangeModel;
}

export interface StructModel extends Documented {
  readonly name: string;
  readonly fields: readonly FieldModel[];
}

/** A typed reject: `error Name { … }`. */
export interface ErrorModel extends Documented {
  readonly name: string;
  readonly fields: readonly FieldModel[];
}

export interface EventModel extends Documented {
  readonly name: string;
  readonly fields: readonly FieldModel[];
}

export interface SessionFieldModel extends Documented {
  readonly name: string;
  readonly type: ColumnTypeModel;
}

export interface ColumnModel extends Documented {
  readonly name: string;
  readonly type: ColumnTypeModel;
  readonly default?: LiteralModel;
  readonly range?: RangeModel;
  /** Who gets the column: everyone that sees the row, its owner and admins, or admins only. */
  readonly visibility: "public" | "owner" | "admin";
  /** Its name before this one. */
  readonly was?: string;
  /** Its names before {@link was}, the newest first. */
  readonly wasBefore?: readonly string[];
}

export interface IndexModel {
  /** The name on the wire: the columns joined by `,`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

export type RlsOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface RlsRuleModel {
  readonly column: string;
  readonly operator: RlsOperator;
  /** `caller`, or the name of a session field. */
  readonly context: string;
}

export interface ComponentModel extends Documented {
  readonly name: string;
  /** In declaration order. The primary key `id: i64` is implied and not listed. */
  readonly columns: readonly ColumnModel[];
  /** Single-column ones first, in column order, then composite ones as declared. The one on `id` is implied. */
  readonly indexes: readonly IndexModel[];
  /**
   * Who may subscribe: `everybody` (also before logging in), `user` (logged in) or `admin`. With rules, those
   * readers see the rows that pass all of them and admins see every row. `@permission(owner)` is `user` with
   * the rule `owner == ctx.caller`; `@rls` alone is `user` with its rules.
   */
  readonly access: { readonly readers: "everybody" | "user" | "admin"; readonly rules: readonly RlsRuleModel[] };
  readonly volatile?: true;
  readonly backend?: string;
  /** Suffixes of the separate tables that `calls name:Suffix` makes of it, sorted. */
  readonly copies: readonly string[];
  /** Its name before this one. */
  readonly was?: string;
  /** Its names before {@link was}, the newest first. */
  readonly wasBefore?: readonly string[];
}

export interface CallModel {
  readonly system: string;
  /** The copy that the call runs on, as in `calls pay:Shop`. */
  readonly suffix?: string;
}

/** What systems and endpoints share. */
export interface CallableModel extends Documented {
  readonly name: string;
  readonly params: readonly FieldModel[];
  readonly result?: { readonly type: TypeModel; readonly optional?: true };
  readonly calls: readonly CallModel[];
  /** Errors that it may reject with: its own in declared order, then those of the systems that it calls. */
  readonly rejects: readonly string[];
  /** Who may call it over the wire; left out: nobody. */
  readonly permission?: "everybody" | "user" | "admin";
  readonly limit?: { readonly times: number; readonly perMs: number };
  readonly timeoutMs?: number;
}

export interface SystemModel extends CallableModel {
  readonly uses: readonly string[];
  readonly emits: readonly string[];
  /** `@retry`; 9999 when not given. */
  readonly retry: number;
  readonly once?: true;
  /** `@stale`: it only reads, from a state that is at most so many milliseconds old. */
  readonly staleMs?: number;
  readonly trigger?:
    | { readonly kind: "on"; readonly event: "start" | "connect" | "disconnect" }
    | { readonly kind: "every"; readonly everyMs: number }
    | { readonly kind: "cron"; readonly expression: string };
  /** Position in `NamespaceModel.clusters`; left out when the system touches no component, also not through calls. */
  readonly cluster?: number;
}

export type EndpointModel = CallableModel;

/** Systems that share tables, directly or through calls; the unit of placement. */
export interface ClusterModel {
  /** Physical tables: `Component` or `Component:Suffix`. */
  readonly tables: readonly string[];
  readonly systems: readonly string[];
}
