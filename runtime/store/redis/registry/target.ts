import { coreSchema } from "../../../core/schema.js";
import type { ComponentCodec } from "../../../schema/component.js";
import type { Schema } from "../../../schema/schema.js";
import type { SchemaChange } from "../../errors.js";
import { storedColumn, type StoredIndex, type StoredSchema, type StoredTable } from "../../schema/stored-schema.js";
import { newTable, secondaryIndexes } from "../../schema/stored-table.js";
import { place } from "./placement.js";
import { FORMAT, type StoredCatalogue } from "./stored-catalogue.js";
import { tableDifferences } from "./table-differences.js";

/** What data has to become for a schema. */
export interface Target {
  /** What will be true of the data then. */
  readonly catalogue: StoredCatalogue;
  /** Every table, also those that stay as they are. */
  readonly tables: readonly TableTarget[];
  /** One sentence each, without a full stop. */
  readonly differences: readonly string[];
}

export interface TableTarget {
  readonly name: string;
  /** `undefined`: the schema has no such table any more. */
  readonly codec: ComponentCodec | undefined;
  /** `undefined`: it is new. */
  readonly before: StoredTable | undefined;
  readonly after: StoredTable | undefined;
  /** Partitions that have it; several only of `core.…`. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** What rows would not survive. */
  readonly lossy: readonly SchemaChange[];
  /** Rows get other bytes. */
  readonly isRewrite: boolean;
}

/** @param stored `undefined`: there is no data yet, and nothing is a difference. */
export function targetOf(schema: Schema, stored: StoredCatalogue | undefined): Target {
  let nextSpace = stored?.nextSpace ?? 1;
  const newSpace = (): number => nextSpace++;
  const { partitions, nextPartition, places, moves } = place(schema, stored);
  const differences: string[] = moves.map(({ description }) => description);
  const tables: TableTarget[] = [];
  const namespaces: Record<string, StoredSchema> = {};
  const everywhere = partitions.map(({ number }) => number);
  const storedEverywhere = (stored?.partitions ?? []).map(({ number }) => number);
  for (const each of [coreSchema, schema]) {
    const known = stored?.namespaces[each.namespace]?.tables ?? {};
    const wanted: Record<string, StoredTable> = {};
    for (const { name, component } of each.tables) {
      const codec = each.components.find((candidate) => candidate.name === component);
      if (codec === undefined) throw new Error(`table ${name} is of the unknown component ${component}`);
      const isCore = each === coreSchema;
      const to = isCore ? everywhere : [places[name] as number];
      const before = known[name];
      if (before === undefined) {
        const after = newTable(codec, newSpace);
        wanted[name] = after;
        if (stored !== undefined) differences.push(`component ${name} is new`);
        tables.push({ name, codec, before, after, from: [], to, lossy: [], isRewrite: false });
        continue;
      }
      const from = isCore ? storedEverywhere : [stored?.places[name] as number];
      const { descriptions, lossy, isRewrite } = tableDifferences(name, codec, before);
      differences.push(...descriptions);
      const isMove = !isCore && from[0] !== to[0];
      const after = changedTable(codec, before, isRewrite || isMove, newSpace);
      wanted[name] = after;
      tables.push({ name, codec, before, after, from, to, lossy, isRewrite });
    }
    namespaces[each.namespace] = { fingerprint: each.fingerprint, model: each.model, tables: wanted };
  }
  for (const [namespace, { tables: known }] of Object.entries(stored?.namespaces ?? {})) {
    for (const [name, before] of Object.entries(known)) {
      if (namespaces[namespace]?.tables[name] !== undefined) continue;
      const description = `component ${name} is gone; its rows would be lost`;
      differences.push(`component ${name} is gone`);
      const lossy = [{ kind: "component removed" as const, component: name, description }];
      const from = namespace === coreSchema.namespace ? storedEverywhere : [stored?.places[name] as number];
      tables.push({ name, codec: undefined, before, after: undefined, from, to: [], lossy, isRewrite: false });
    }
  }
  return {
    catalogue: { format: FORMAT, nextSpace, nextPartition, partitions, namespaces, places },
    tables,
    differences,
  };
}

/** An index holds the same whether it is unique or not, so it stays when only that has changed. */
function changedTable(
  codec: ComponentCodec,
  before: StoredTable,
  isElsewhere: boolean,
  newSpace: () => number,
): StoredTable {
  const volatileChange = before.volatile !== codec.volatile;
  const space = isElsewhere || volatileChange ? newSpace() : before.space;
  const indexes: Record<string, StoredIndex> = {};
  for (const { name, unique } of secondaryIndexes(codec)) {
    const old = space === before.space ? before.indexes[name]?.space : undefined;
    indexes[name] = { space: old ?? newSpace(), unique };
  }
  const columns = codec.columns.map((column) => storedColumn(column));
  return { component: codec.name, volatile: codec.volatile, space, columns, indexes };
}
