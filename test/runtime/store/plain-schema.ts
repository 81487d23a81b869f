import type { ByteReader } from "../../../runtime/codegen/byte-reader.js";
import type { ByteWriter } from "../../../runtime/codegen/byte-writer.js";
import { idIndex } from "../../../runtime/codegen/id-index.js";
import { KeyWriter } from "../../../runtime/codegen/key-writer.js";
import { Row } from "../../../runtime/codegen/row.js";
import type { ColumnSpec, ComponentCodec, IndexCodec } from "../../../runtime/schema/component.js";
import type { Schema } from "../../../runtime/schema/schema.js";

/** A column of a component whose code is interpreted rather than generated, so that a test can change it at will. */
export interface PlainColumn {
  readonly name: string;
  readonly type:
    | "bool"
    | "i8"
    | "u8"
    | "i16"
    | "u16"
    | "i32"
    | "u32"
    | "i64"
    | "u64"
    | "f32"
    | "f64"
    | "timestamp"
    | `string(${number})`
    | `bytes(${number})`
    | "Team";
  readonly default?: ColumnSpec["default"];
  readonly was?: string;
  readonly wasBefore?: readonly string[];
}

export interface PlainComponent {
  readonly name: string;
  readonly columns: readonly PlainColumn[];
  readonly indexes?: readonly { readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly volatile?: boolean;
  readonly was?: string;
  readonly wasBefore?: readonly string[];
}

export interface PlainSchema {
  readonly components: readonly PlainComponent[];
  /** Values of enum `Team`, an `u8` whose values are also its values in rows. */
  readonly team?: Readonly<Record<string, number>>;
}

export class PlainRow extends Row {
  constructor(
    id: bigint,
    version: number,
    readonly values: Record<string, unknown>,
  ) {
    super(id, version);
  }

  override toObject(): Record<string, unknown> {
    return { ...this.values };
  }
}

export function plainSchema({ components, team = { red: 0 } }: PlainSchema): Schema {
  return {
    namespace: "plain",
    fingerprint: "plain",
    model: "{}",
    wire: { fingerprint: "", description: [[], [], [], []] },
    components: components.map((component) => codecOf(component, team)),
    tables: components.map(({ name }) => ({
      name,
      component: name,
      suffix: undefined,
      cluster: 0,
      backend: undefined,
    })),
    systems: [],
    endpoints: [],
    errors: [],
    events: [],
    session: [],
    notYet: [],
  };
}

type Writer = ByteWriter | KeyWriter;

function write(writer: Writer, type: string, value: unknown, team: Readonly<Record<string, number>>): void {
  if (type === "Team") writer.u8(team[value as string] as number);
  else if (type.startsWith("string")) writer.string(value as string);
  else if (type.startsWith("bytes")) (writer as ByteWriter).blob(value as Uint8Array);
  else (writer[type as "i32"] as (value: unknown) => void).call(writer, value);
}

function read(reader: ByteReader, type: string, team: Readonly<Record<string, number>>): unknown {
  if (type === "Team") {
    const stored = reader.u8();
    return Object.keys(team).find((name) => team[name] === stored);
  }
  if (type.startsWith("string")) return reader.string();
  if (type.startsWith("bytes")) return reader.blob();
  return reader[type as "i32"]();
}

function codecOf(component: PlainComponent, team: Readonly<Record<string, number>>): ComponentCodec<PlainRow> {
  const { name, columns, indexes = [], volatile = false } = component;
  const values = Object.entries(team).map(([each, value]) => ({ name: each, property: each, value }));
  const isFixed = ({ type }: PlainColumn): boolean => !/^(string|bytes)/.test(type);
  const packed = [...columns.filter(isFixed), ...columns.filter((column) => !isFixed(column))];
  const index = ({ columns: names, unique }: { columns: readonly string[]; unique: boolean }): IndexCodec<PlainRow> => {
    const key = (row: PlainRow): Uint8Array => {
      const writer = new KeyWriter();
      for (const each of names) {
        write(writer, columns.find((column) => column.name === each)?.type ?? "", row.values[each], team);
      }
      return writer.finish();
    };
    return {
      name: names.join(","),
      columns: names,
      properties: names,
      unique,
      key,
      sameKey: (a, b) => Buffer.compare(key(a), key(b)) === 0,
      prefix: (values) => key(new PlainRow(0n, 0, Object.fromEntries(names.map((each, i) => [each, values[i]])))),
      fromWire: () => [],
    };
  };
  return {
    name,
    ...(component.was === undefined ? {} : { was: component.was }),
    ...(component.wasBefore === undefined ? {} : { wasBefore: component.wasBefore }),
    columns: columns.map((column) => ({
      ...column,
      property: column.name,
      visibility: "public" as const,
      ...(column.type === "Team" ? { enum: { base: "u8" as const, values } } : {}),
    })),
    indexes: [idIndex(name), ...indexes.map(index)],
    readers: "everybody",
    rules: [],
    volatile,
    hasHiddenColumns: false,
    create: (id, values) => new PlainRow(id, 0, { ...values }),
    assign: (row, values) => void Object.assign(row.values, values),
    missing: () => undefined,
    decode: (id, version, reader) =>
      new PlainRow(
        id,
        version,
        Object.fromEntries(packed.map((column) => [column.name, read(reader, column.type, team)])),
      ),
    encode(row, writer) {
      for (const column of packed) write(writer, column.type, row.values[column.name], team);
    },
    clone: (row) => new PlainRow(row.id, row.$version, { ...row.values }),
    ownerOf: () => undefined,
    writeMap: () => undefined,
  };
}
