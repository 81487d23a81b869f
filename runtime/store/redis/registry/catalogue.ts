import { coreSchema } from "../../../core/schema.js";
import type { ComponentCodec } from "../../../schema/component.js";
import type { Schema } from "../../../schema/schema.js";
import type { StoredTable } from "../../schema/stored-schema.js";
import { secondaryIndexes } from "../../schema/stored-table.js";
import type { RedisLink } from "../link.js";
import { controlKeys, instanceOf, partitionTag } from "./control-keys.js";
import { upgradeCommand, UpgradeUnfinishedError } from "./errors.js";
import { listOf, textOf } from "./replies.js";
import { CATALOGUE } from "./scripts.js";
import { StoredSchemaError } from "./start-errors.js";
import { parseCatalogue, type StoredCatalogue } from "./stored-catalogue.js";
import { countTables } from "./table-counts.js";
import { targetOf } from "./target.js";
import { unfinishedOf } from "./upgrade-turn.js";

/** Where the tables of an instance lie. */
export interface Layout {
  /** By number; the first is the home. Each has the tables of the runtime (`core.…`), and those of its clusters. */
  readonly partitions: readonly PartitionLayout[];
}

export interface PartitionLayout {
  readonly number: number;
  /** Hash tag of its keys with its braces: `{hetu:<instance>:<number>}`. */
  readonly tag: string;
  /** `undefined`: the default store. */
  readonly backend: string | undefined;
  readonly tables: readonly TableLayout[];
}

export interface TableLayout {
  readonly name: string;
  readonly codec: ComponentCodec;
  /** Of its rows: `T:t<space>`. */
  readonly space: number;
  /** Of `codec.indexes`, in the same order; that of the index on `id` is the table's. */
  readonly indexSpaces: readonly number[];
}

export interface CatalogueOptions {
  /** Of the default store. */
  readonly link: RedisLink;
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The URL of the store without a password, for messages. */
  readonly store: string;
  /** What people type to bring the data to another schema; default: `hetu upgrade --store <store>`. */
  readonly command?: string | undefined;
  /** The ways to the backends, as far as they are known. */
  readonly backends?: (name: string) => RedisLink | undefined;
  /** Names of migrations that data which begins with the schema has nothing to do with. */
  readonly migrations?: readonly string[];
  /** There was no data: it begins with the schema. */
  readonly onNew?: () => void;
}

/**
 * Finds out where the tables of a schema lie; in a database without data it says where they will. Only with a lease:
 * an upgrade could change it otherwise.
 * @throws StoredSchemaError when the data lies as another schema wants it.
 * @throws RedisFormatError
 * @throws UpgradeUnfinishedError
 */
export async function openCatalogue(options: CatalogueOptions, schema: Schema): Promise<Layout> {
  const { link, tag, store, backends, command = upgradeCommand(store), migrations = [] } = options;
  const { catalogue: key, upgrade } = controlKeys(tag);
  const { catalogue } = targetOf(schema, undefined);
  const own = { ...catalogue.namespaces[schema.namespace], migrations };
  const fresh = { ...catalogue, namespaces: { ...catalogue.namespaces, [schema.namespace]: own } };
  const [status, text] = listOf(await link.run(CATALOGUE, [key, upgrade], [JSON.stringify(fresh)]));
  if (textOf(status) === "upgrade")
    throw new UpgradeUnfinishedError(instanceOf(tag), command, unfinishedOf(textOf(text)));
  if (textOf(status) === "new") options.onNew?.();
  const stored = parseCatalogue(textOf(text), key);
  const { changes } = targetOf(schema, stored);
  if (changes.length > 0) {
    const ways = (backend: string | undefined): RedisLink | undefined =>
      backend === undefined ? link : backends?.(backend);
    const rowsOf = await countTables({ tag, link: ways }, stored);
    throw new StoredSchemaError(instanceOf(tag), changes, command, targetOf(schema, stored, {}, rowsOf).problems);
  }
  return layoutOf(stored, schema, tag);
}

/** @param stored Fits the schema. */
export function layoutOf(stored: StoredCatalogue, schema: Schema, tag: string): Layout {
  const all = [coreSchema, schema].flatMap(({ namespace, tables, components }) =>
    tables.map(({ name, component }) => {
      const codec = components.find((candidate) => candidate.name === component);
      const table = stored.namespaces[namespace]?.tables[name];
      if (codec === undefined || table === undefined) throw new Error(`the catalogue has no table ${name}`);
      return {
        place: namespace === coreSchema.namespace ? undefined : stored.places[name],
        layout: tableLayout(name, codec, table),
      };
    }),
  );
  const partitions = [...stored.partitions].sort((a, b) => a.number - b.number);
  return {
    partitions: partitions.map(({ number, backend }) => ({
      number,
      tag: partitionTag(tag, number),
      backend: backend ?? undefined,
      tables: all.filter(({ place }) => place === undefined || place === number).map(({ layout }) => layout),
    })),
  };
}

function tableLayout(name: string, codec: ComponentCodec, table: StoredTable): TableLayout {
  const secondary = secondaryIndexes(codec).map((index) => table.indexes[index.name]?.space ?? Number.NaN);
  return { name, codec, space: table.space, indexSpaces: [table.space, ...secondary] };
}
