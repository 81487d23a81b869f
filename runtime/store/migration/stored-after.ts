import {
  MAX_STEPS_BACK,
  type PreviousSchema,
  stepsBack,
  type StoredColumn,
  type StoredSchema,
  type StoredTable,
  type TableOrigin,
  withSteps,
} from "../schema/stored-schema.js";
import type { MigrationPlan } from "./plan.js";
import type { TablePlan } from "./table-plan.js";
import { defaultOf } from "./row-converter.js";
import { packColumn } from "./values.js";
import type { WantedColumn, WantedIndex, WantedTable } from "./wanted.js";

/** How a wanted table is stored. @param spaceOf gives the numbers of its indexes. */
export function storedTable(table: WantedTable, space: number, spaceOf: (index: WantedIndex) => number): StoredTable {
  const indexes = table.indexes.map((index) => [index.name, { space: spaceOf(index), unique: index.unique }] as const);
  return {
    component: table.component,
    volatile: table.volatile,
    space,
    columns: table.columns.map(storedColumnOf),
    indexes: Object.fromEntries(indexes),
  };
}

function storedColumnOf({ name, type, storage, values }: WantedColumn): StoredColumn {
  return values === undefined ? { name, type, storage } : { name, type, storage, values };
}

/**
 * What the catalogue has of a namespace once a plan was carried out.
 * @param tables as they are stored then.
 * @param at when that is, in milliseconds since 1970 UTC.
 * @param places on Redis: where the tables lay before.
 */
export function storedAfter(
  plan: MigrationPlan,
  stored: StoredSchema | undefined,
  tables: Readonly<Record<string, StoredTable>>,
  at: number,
  places?: Readonly<Record<string, number>>,
): StoredSchema {
  const { fingerprint, model } = plan.wanted;
  const after = { fingerprint, model, tables };
  if (stored === undefined) return { ...after, migrations: plan.migrations.settled };
  if (plan.direction === "down") {
    const { previous } = stored;
    const undone = new Set(previous?.migrations.map(({ name }) => name));
    const older = previous?.previous === undefined ? {} : { previous: previous.previous };
    return { ...after, ...older, migrations: (stored.migrations ?? []).filter((name) => !undone.has(name)) };
  }
  return { ...after, previous: previousOf(plan, stored, at, places), migrations: plan.migrations.settled };
}

/** What is noted where a server did at its start what loses nothing, so that there is a way back. */
export function previousOfStart(
  stored: StoredSchema,
  tables: Readonly<Record<string, StoredTable>>,
  at: number,
): PreviousSchema {
  const origins = Object.entries(tables).flatMap(([name, { columns }]): [string, TableOrigin][] => {
    const before = stored.tables[name]?.columns;
    if (before === undefined) return [];
    const same = columns.filter((column) => before.some((each) => each.name === column.name));
    return [[name, { table: name, columns: Object.fromEntries(same.map((column) => [column.name, column.name])) }]];
  });
  const { fingerprint, model, tables: before } = stored;
  const own = { fingerprint, model, tables: before, origins: Object.fromEntries(origins), kept: [], migrations: [] };
  return { ...own, at, ...olderSteps(stored) };
}

function olderSteps({ previous }: StoredSchema): { readonly previous?: PreviousSchema } {
  const older = withSteps(previous, MAX_STEPS_BACK - 1);
  return older === undefined ? {} : { previous: older };
}

function previousOf(
  { tables, migrations }: MigrationPlan,
  stored: StoredSchema,
  at: number,
  places: Readonly<Record<string, number>> | undefined,
): PreviousSchema {
  const { fingerprint, model, tables: before } = stored;
  const carried = tables.filter((table) => table.before !== undefined && table.after !== undefined);
  return {
    ...olderSteps(stored),
    at,
    fingerprint,
    model,
    tables: before,
    origins: Object.fromEntries(carried.map((table) => [table.name, originOf(table)])),
    kept: tables.flatMap((table) => (table.isKept && table.before !== undefined ? [table.before.name] : [])),
    migrations: migrations.list.map(({ name }) => ({
      name,
      tables: tables.filter((table) => table.migrations.some((each) => each.name === name)).map((table) => table.name),
    })),
    ...(places === undefined ? {} : { places }),
  };
}

function originOf({ before, steps }: TablePlan): TableOrigin {
  const columns: Record<string, string> = {};
  const defaults: Record<string, string> = {};
  for (const step of steps) {
    if (step.kind === "fill") continue;
    const { column, from } = step;
    columns[column.name] = from.name;
    if (step.kind === "keep" || step.otherwise !== "default" || column.default === "now") continue;
    defaults[column.name] = Buffer.from(packColumn(column, defaultOf(column, 0))).toString("hex");
  }
  const origin = { table: before?.name ?? "", columns };
  return Object.keys(defaults).length === 0 ? origin : { ...origin, defaults };
}

/** Where rows and keys of a table are. */
export interface TableSpaces {
  /** As it is, or was, called. */
  readonly table: string;
  readonly rows: number;
  readonly indexes: readonly number[];
}

/** Everything that a namespace has stored: its tables, and what was kept for the way back. */
export function spacesOf(stored: Pick<StoredSchema, "tables" | "previous">): readonly TableSpaces[] {
  const own = Object.entries(stored.tables).map(([name, table]) => spacesOfTable(name, table));
  return [...own, ...stepsBack(stored).flatMap(keptSpaces)];
}

/** What was kept for one step of the way back: all of tables that have gone, of others only the rows. */
export function keptSpaces({ tables, kept, origins }: PreviousSchema): readonly TableSpaces[] {
  return kept.flatMap((name): TableSpaces[] => {
    const table = tables[name];
    if (table === undefined) return [];
    const isGone = !Object.values(origins).some((origin) => origin.table === name);
    return [isGone ? spacesOfTable(name, table) : { table: name, rows: table.space, indexes: [] }];
  });
}

function spacesOfTable(table: string, { space, indexes }: StoredTable): TableSpaces {
  return { table, rows: space, indexes: Object.values(indexes).map((index) => index.space) };
}
