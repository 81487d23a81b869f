import { ByteReader } from "../../codegen/byte-reader.js";
import { startKey } from "../../codegen/key-writer.js";
import type { ColumnSpec, ComponentCodec } from "../../schema/component.js";
import type { Schema } from "../../schema/schema.js";
import { VERSION_BYTES } from "../row-bytes.js";
import {
  packedOrder,
  storedColumn,
  type StoredColumn,
  type StoredSchema,
  type StoredTable,
} from "../schema/stored-schema.js";
import { secondaryIndexes } from "../schema/stored-table.js";
import { readColumn, sliceRow, type Value } from "./values.js";

/** What data is to become: a schema as far as migrations care. */
export interface WantedSchema {
  readonly namespace: string;
  readonly fingerprint: string;
  readonly model: string;
  readonly tables: readonly WantedTable[];
}

export interface WantedTable {
  readonly name: string;
  readonly component: string;
  readonly volatile: boolean;
  /** The stored table whose rows it takes over. */
  readonly from: string | undefined;
  /** In declaration order. */
  readonly columns: readonly WantedColumn[];
  /** All but the one on `id`. */
  readonly indexes: readonly WantedIndex[];
  /** On the way back: the table as it was, whose rows were kept. */
  readonly kept?: StoredTable;
  /** Keys of a row under some of {@link indexes}, in their order. `row`: version and packed row. */
  readonly keys: (indexes: readonly WantedIndex[]) => (id: bigint, row: Uint8Array) => Uint8Array[];
}

export interface WantedColumn extends StoredColumn {
  /** The stored column whose values it takes over. */
  readonly from: string | undefined;
  /** What it gets where there is no value; `now`: the time of the upgrade. `undefined`: the type's zero. */
  readonly default: Value | undefined;
  readonly isIndexed: boolean;
  /** On the way back: the packed value that stands in {@link from} where the old one had no like. */
  readonly stoodIn?: Uint8Array;
}

export interface WantedIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** What generated code asks for. Under `@was` it finds what is stored by another name. */
export function wantedOf(schema: Schema, stored: StoredSchema | undefined): WantedSchema {
  const { namespace, fingerprint, model } = schema;
  const known = stored?.tables ?? {};
  const names = new Set(schema.tables.map(({ name }) => name));
  const tables = schema.tables.map(({ name, component, suffix }): WantedTable => {
    const codec = schema.components.find((candidate) => candidate.name === component);
    if (codec === undefined) throw new Error(`table ${name} is of the unknown component ${component}`);
    const was = formerNames(codec).map((each) => (suffix === undefined ? each : `${each}:${suffix}`));
    const from = sourceOf(name, was, (each) => known[each] !== undefined, names);
    const before = from === undefined ? undefined : known[from];
    const columns = codec.columns.map((column) => wantedColumn(column, codec, before));
    return {
      name,
      component,
      volatile: codec.volatile,
      from,
      columns,
      indexes: indexesOf(codec),
      keys: keysByCodec(codec),
    };
  });
  return { namespace, fingerprint, model, tables };
}

/** What the upgrade before has found, for the way back. @returns `undefined` when it is not known. */
export function wantedBefore(namespace: string, stored: StoredSchema): WantedSchema | undefined {
  const { previous } = stored;
  if (previous === undefined) return undefined;
  const tables = Object.entries(previous.tables).map(([name, table]): WantedTable => {
    const [from, origin] =
      Object.entries(previous.origins).find(([now, each]) => each.table === name && stored.tables[now] !== undefined) ??
      [];
    const own = from === undefined ? undefined : stored.tables[from];
    const indexes = Object.entries(table.indexes).map(([index, { unique }]) => ({
      name: index,
      columns: index.split(","),
      unique,
    }));
    const columns = table.columns.map((column): WantedColumn => {
      const [source] =
        Object.entries(origin?.columns ?? {}).find(
          ([now, then]) => then === column.name && own?.columns.some((each) => each.name === now),
        ) ?? [];
      const stoodIn = source === undefined ? undefined : origin?.defaults?.[source];
      return {
        ...column,
        ...(stoodIn === undefined ? {} : { stoodIn: new Uint8Array(Buffer.from(stoodIn, "hex")) }),
        from: source,
        default: undefined,
        isIndexed: indexes.some((index) => index.columns.includes(column.name)),
      };
    });
    const kept = previous.kept.includes(name) ? { kept: table } : {};
    const { component, volatile } = table;
    return { name, component, volatile, from, columns, indexes, ...kept, keys: keysByColumn(table.columns) };
  });
  return { namespace, fingerprint: previous.fingerprint, model: previous.model, tables };
}

/** The newest first. */
function formerNames({ was, wasBefore = [] }: Pick<ColumnSpec, "was" | "wasBefore">): readonly string[] {
  return was === undefined ? [] : [was, ...wasBefore];
}

/** Its own name goes first, then the newest; an older one counts while nothing else has it. */
function sourceOf(
  name: string,
  was: readonly string[],
  isStored: (name: string) => boolean,
  wanted: ReadonlySet<string>,
): string | undefined {
  if (isStored(name)) return name;
  return was.find((each) => isStored(each) && !wanted.has(each));
}

function wantedColumn(spec: ColumnSpec, codec: ComponentCodec, before: StoredTable | undefined): WantedColumn {
  const column = storedColumn(spec);
  const isStored = (name: string): boolean => before?.columns.some((each) => each.name === name) === true;
  const from = sourceOf(spec.name, formerNames(spec), isStored, new Set(codec.columns.map(({ name }) => name)));
  const named = spec.enum?.values.find(({ property }) => property === spec.default)?.name;
  return {
    ...column,
    from,
    default: named ?? spec.default,
    isIndexed: secondaryIndexes(codec).some(({ columns }) => columns.includes(spec.name)),
  };
}

function indexesOf(codec: ComponentCodec): WantedIndex[] {
  return secondaryIndexes(codec).map(({ name, columns, unique }) => ({ name, columns, unique }));
}

function keysByCodec(codec: ComponentCodec): WantedTable["keys"] {
  const reader = new ByteReader(new Uint8Array(0));
  return (indexes) => {
    const codecs = indexes.flatMap(({ name }) => secondaryIndexes(codec).find((index) => index.name === name) ?? []);
    if (codecs.length === 0) return () => [];
    return (id, bytes) => {
      reader.reset(bytes);
      const row = codec.decode(id, reader.f64(), reader);
      return codecs.map((index) => index.key(row));
    };
  };
}

/** Without the code that the columns were compiled to. The keys are the same. */
function keysByColumn(columns: readonly StoredColumn[]): WantedTable["keys"] {
  const packed = packedOrder(columns);
  const places = new Map(packed.map(({ name }, place) => [name, place]));
  return (indexes) => {
    if (indexes.length === 0) return () => [];
    return (_id, bytes) => {
      const slices = sliceRow(packed, bytes, VERSION_BYTES);
      return indexes.map((index) => {
        const key = startKey();
        for (const name of index.columns) {
          const place = places.get(name) ?? -1;
          const column = packed[place];
          const slice = slices[place];
          if (column === undefined || slice === undefined)
            throw new Error(`an index names column ${name}, which is gone`);
          writeKey(key, column, slice);
        }
        return key.finish();
      });
    };
  };
}

function writeKey(key: ReturnType<typeof startKey>, column: StoredColumn, slice: Uint8Array): void {
  // An enum is ordered by what it is stored as.
  const value = readColumn({ ...column, values: undefined }, slice);
  switch (column.storage) {
    case "bytes":
      throw new Error(`column ${column.name} of type ${column.type} has no place in an index`);
    case "bool":
      key.bool(value as boolean);
      break;
    case "i64":
    case "u64":
      key[column.storage](value as bigint);
      break;
    case "string":
      key.string(value as string);
      break;
    default:
      key[column.storage](value as number);
  }
}
