import { coreSchema } from "../../../core/schema.js";
import type { Schema } from "../../../schema/schema.js";
import type { DataChange, DataProblem } from "../../migration/changes.js";
import { goneTable, type MigrationPlan, planMigration } from "../../migration/plan.js";
import type { TablePlan } from "../../migration/table-plan.js";
import { planFor, type UpgradeRequest } from "../../migration/request.js";
import { storedAfter, storedTable } from "../../migration/stored-after.js";
import { wantedOf } from "../../migration/wanted.js";
import { stepsBack, type StoredSchema, type StoredTable } from "../../schema/stored-schema.js";
import { NOWHERE, type Placed, place, type Placement } from "./placement.js";
import { FORMAT, type StoredCatalogue } from "./stored-catalogue.js";

/** What data has to become for a schema. */
export interface Target {
  /** What will be true of the data then. */
  readonly catalogue: StoredCatalogue;
  /** Every table, also those that stay as they are. */
  readonly tables: readonly TableTarget[];
  readonly changes: readonly DataChange[];
  /** What stands in the way whatever the rows are. */
  readonly problems: readonly DataProblem[];
  /** Of the schema's own namespace. */
  readonly plan: MigrationPlan;
}

export interface TableTarget {
  readonly plan: TablePlan;
  readonly before: StoredTable | undefined;
  /** `undefined`: it goes. */
  readonly after: StoredTable | undefined;
  /** Partitions that have it; several only of `core.…`. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly isCore: boolean;
  /** Where rows lie that were kept at the last upgrade and are wanted back. */
  readonly kept: { readonly partition: number; readonly space: number } | undefined;
}

/** A namespace that the data has nothing of. */
const EMPTY: StoredSchema = { fingerprint: "", model: "", tables: {} };

/**
 * @param stored `undefined`: there is no data yet, and nothing is a change.
 * @param rowsOf how many rows a stored table has; left out: some.
 * @param at when the catalogue will hold, in milliseconds since 1970 UTC; for what is noted of it.
 * @throws ConsentError, NoWayBackError
 */
export function targetOf(
  schema: Schema,
  stored: StoredCatalogue | undefined,
  request: UpgradeRequest = {},
  rowsOf: (table: string) => number = () => 1,
  at = 0,
): Target {
  let nextSpace = stored?.nextSpace ?? 1;
  const newSpace = (): number => nextSpace++;
  const own = stored === undefined ? undefined : (stored.namespaces[schema.namespace] ?? EMPTY);
  const core = stored === undefined ? undefined : (stored.namespaces[coreSchema.namespace] ?? EMPTY);
  const plan = planFor(schema, own, request, rowsOf);
  const corePlan = planMigration(core, wantedOf(coreSchema, core));
  const { partitions, nextPartition, places, moves } = placementOf(schema, stored, plan);
  const everywhere = partitions.map(({ number }) => number);
  const storedEverywhere = (stored?.partitions ?? []).map(({ number }) => number);
  const lost = strangers(schema, stored);
  const tables = [
    ...corePlan.tables.map((table): TableTarget => {
      const before = table.before?.table;
      const from = before === undefined ? [] : storedEverywhere;
      const after = storedFor(table, false, newSpace);
      return {
        plan: table,
        before,
        after,
        from,
        to: after === undefined ? [] : everywhere,
        isCore: true,
        kept: undefined,
      };
    }),
    ...plan.tables.map((table): TableTarget => {
      const { before, after: wanted } = table;
      const from = before === undefined ? [] : [stored?.places[before.name] as number];
      const to = wanted === undefined ? [] : [places[table.name] as number];
      const isMove = from[0] !== undefined && to[0] !== undefined && from[0] !== to[0];
      const after = storedFor(table, isMove, newSpace);
      const kept =
        wanted?.kept === undefined || before === undefined
          ? undefined
          : { partition: own?.previous?.places?.[wanted.name] ?? 0, space: wanted.kept.space };
      return { plan: table, before: before?.table, after, from, to, isCore: false, kept };
    }),
    ...lost,
  ];
  const tablesOf = (isCore: boolean): Record<string, StoredTable> =>
    Object.fromEntries(
      tables.flatMap(({ plan: { name }, after, isCore: each }) =>
        after === undefined || each !== isCore ? [] : [[name, after]],
      ),
    );
  const { fingerprint, model } = coreSchema;
  const changed: DataChange[] = moves.map(({ table, description }) => ({
    kind: "backend-changed",
    component: table,
    description,
  }));
  const changes = [
    ...changed,
    ...corePlan.changes,
    ...plan.changes,
    ...lost.map(({ plan: { name } }): DataChange => ({
      kind: "component-removed",
      component: name,
      description: `component ${name} is gone`,
    })),
  ];
  return {
    catalogue: {
      format: FORMAT,
      nextSpace,
      nextPartition,
      partitions,
      namespaces: {
        [coreSchema.namespace]: { fingerprint, model, tables: tablesOf(true) },
        [schema.namespace]: storedAfter(plan, own, tablesOf(false), at, stored?.places ?? {}),
      },
      places,
    },
    tables,
    changes,
    problems: [
      ...corePlan.problems,
      ...plan.problems,
      ...lost.flatMap(({ plan: { name }, before }): DataProblem[] =>
        before?.volatile === true || rowsOf(name) === 0
          ? []
          : [
              {
                component: name,
                description: `component ${name} is of another namespace, and its rows would be lost: name the code that it belongs to`,
                allow: [],
              },
            ],
      ),
    ],
    plan,
  };
}

/** An index holds the same whether it is unique or not, so it stays when only that has changed. */
function storedFor(
  { before, after, indexes, isRewrite }: TablePlan,
  isMove: boolean,
  newSpace: () => number,
): StoredTable | undefined {
  if (after === undefined) return undefined;
  if (before === undefined && after.kept !== undefined) return after.kept;
  const isNew = before === undefined || isMove || isRewrite || before.table.volatile !== after.volatile;
  return storedTable(after, isNew ? newSpace() : before.table.space, (index) => {
    const from = indexes.find((each) => each.index === index)?.from;
    return !isNew && from !== undefined ? from.space : newSpace();
  });
}

function placementOf(schema: Schema, stored: StoredCatalogue | undefined, plan: MigrationPlan): Placement {
  if (stored === undefined) return place(schema, NOWHERE);
  const own = stored.namespaces[schema.namespace];
  const { partitions, nextPartition, places: before } = stored;
  const places: Record<string, number> = { ...before };
  for (const { name, before: old } of plan.tables) {
    if (old === undefined || old.name === name) continue;
    delete places[old.name];
  }
  for (const { name, before: old, after } of plan.tables) {
    const at = old === undefined ? undefined : before[old.name];
    if (at !== undefined && after !== undefined) places[name] = at;
  }
  const kept = [
    ...placesOfKept(own),
    ...plan.tables.flatMap(({ isKept, before: old }) => (isKept && old !== undefined ? (before[old.name] ?? []) : [])),
  ];
  const placed: Placed = { partitions, nextPartition, places, kept };
  return plan.direction === "up" ? place(schema, placed) : placeBack(placed, plan, own);
}

function placesOfKept(own: StoredSchema | undefined): number[] {
  return stepsBack(own ?? EMPTY).flatMap(({ kept, places }) => kept.flatMap((name) => places?.[name] ?? []));
}

/** The way back moves nothing: which tables systems used together then is the matter of that code. */
function placeBack(
  { partitions, nextPartition, places: known }: Placed,
  { tables }: MigrationPlan,
  own: StoredSchema | undefined,
): Placement {
  const places: Record<string, number> = {};
  for (const { name, before, after } of tables) {
    if (after === undefined) continue;
    const then = own?.previous?.places?.[name];
    const isThere = partitions.some(({ number }) => number === then);
    places[name] = before === undefined ? (isThere ? (then ?? 0) : 0) : (known[name] ?? 0);
  }
  return { partitions, nextPartition, places, moves: [] };
}

/** Tables of namespaces that the schema does not have. */
function strangers(schema: Schema, stored: StoredCatalogue | undefined): TableTarget[] {
  return Object.entries(stored?.namespaces ?? {}).flatMap(([namespace, { tables }]) =>
    namespace === schema.namespace || namespace === coreSchema.namespace
      ? []
      : Object.entries(tables).map(([name, before]) => ({
          plan: { ...goneTable(name, before, "up", 0), isKept: false },
          before,
          after: undefined,
          from: [stored?.places[name] as number],
          to: [],
          isCore: false,
          kept: undefined,
        })),
  );
}
