import { packedOrder, type StoredIndex, type StoredSchema, type StoredTable } from "../schema/stored-schema.js";
import type { DataChange, DataProblem } from "./changes.js";
import { type Consents, ConsentError, ConsentUse, NO_CONSENTS, type UnusedConsent } from "./consents.js";
import { conversionOf } from "./conversion.js";
import { type MigrationsToRun, pendingMigrations, reversedMigrations } from "./migration-order.js";
import type { NamedMigration } from "./migration.js";
import { columnChanges, indexChanges, tableChange } from "./plan-changes.js";
import { componentRename } from "./rename-hints.js";
import type { ColumnStep, Direction, TablePlan } from "./table-plan.js";
import type { WantedColumn, WantedIndex, WantedSchema, WantedTable } from "./wanted.js";

/** What stands between stored data and a schema. */
export interface MigrationPlan {
  readonly wanted: WantedSchema;
  readonly direction: Direction;
  readonly tables: readonly TablePlan[];
  /** In the order of the schema, tables that go last. */
  readonly changes: readonly DataChange[];
  /** Those that stand in the way whatever the rows are. */
  readonly problems: readonly DataProblem[];
  readonly migrations: MigrationsToRun;
  /** Options that allow what does not happen. */
  readonly unused: readonly UnusedConsent[];
}

export interface PlanOptions {
  readonly consents?: Consents;
  /** All of the project. */
  readonly migrations?: readonly NamedMigration[];
  readonly direction?: Direction;
  /** How many rows a stored table has; left out: some. */
  readonly rowsOf?: (table: string) => number;
}

/**
 * What has to be done, and what of it would lose something. Depends on what it is given alone.
 * @param stored `undefined`: there is no data.
 * @throws ConsentError when a migration is for a component that there is not.
 */
export function planMigration(
  stored: StoredSchema | undefined,
  wanted: WantedSchema,
  options: PlanOptions = {},
): MigrationPlan {
  const { migrations: all = [], direction = "up", rowsOf = () => 1 } = options;
  const use = new ConsentUse(options.consents ?? NO_CONSENTS);
  const migrations =
    direction === "up" ? pendingMigrations(stored, all, use) : reversedMigrations(stored?.previous, all);
  checkComponents(migrations, wanted, direction);
  const known = stored?.tables ?? {};
  const changes: DataChange[] = migrations.changes.slice();
  const tables: TablePlan[] = [];
  const taken = new Set<string>();
  for (const table of wanted.tables) {
    const before = table.from === undefined ? undefined : known[table.from];
    if (table.from !== undefined) taken.add(table.from);
    const rows = table.from === undefined ? 0 : rowsOf(table.from);
    const plan = planTable(table, before, migrations.of(table, direction), direction, rows, use);
    tables.push(plan);
    changes.push(...tableChange(plan, stored === undefined ? undefined : rows, use));
    if (before === undefined) continue;
    changes.push(...columnChanges(plan, rows, use), ...indexChanges(plan));
  }
  for (const [name, table] of Object.entries(known)) {
    if (taken.has(name)) continue;
    const rows = table.volatile ? 0 : rowsOf(name);
    tables.push(goneTable(name, table, direction, rows));
    changes.push(goneChange(name, table, rows, direction, wanted, use));
  }
  const problems = [...migrations.problems, ...changes.flatMap((change) => problemOf(change))];
  const unused = changes.length === 0 ? [] : use.unused;
  return { wanted, direction, tables, changes, problems, migrations, unused };
}

/** A loss that nobody has allowed. */
function problemOf({ component, member, description, loss, allow = [], isAllowed, hint }: DataChange): DataProblem[] {
  if (loss === undefined || isAllowed === true) return [];
  return [
    {
      component,
      ...(member === undefined ? {} : { member }),
      description: `${description}; ${loss}`,
      allow,
      ...(hint === undefined ? {} : { hint }),
    },
  ];
}

function planTable(
  after: WantedTable,
  before: StoredTable | undefined,
  migrations: readonly NamedMigration[],
  direction: Direction,
  rows: number,
  use: ConsentUse,
): TablePlan {
  if (before === undefined || after.from === undefined) {
    const indexes = after.indexes.map((index) => ({ index, from: undefined }));
    const nothing = { steps: [], dropped: [], isRewrite: false, isCleared: false, migrations: [], isKept: false };
    return { ...nothing, name: after.name, before: undefined, after, indexes, direction };
  }
  const isCleared = before.volatile || after.volatile;
  const steps = after.columns.map((column) => stepOf(after, column, before, use));
  const used = new Set(after.columns.map(({ from }) => from));
  const dropped = before.columns.filter(({ name }) => !used.has(name));
  const run = isCleared ? [] : migrations;
  const isRewrite = !isCleared && (run.length > 0 || !isSameLayout(before, after, steps));
  const indexes = after.indexes.map((index) => ({ index, from: sameIndex(index, before, steps) }));
  const isLossy =
    run.length > 0 ||
    dropped.length > 0 ||
    steps.some((step) => step.kind === "convert" && step.otherwise !== "refuse");
  const isKept = direction === "up" && rows > 0 && isRewrite && isLossy;
  return {
    name: after.name,
    before: { name: after.from, table: before },
    after,
    steps,
    dropped,
    isRewrite,
    isCleared,
    indexes,
    migrations: run,
    direction,
    isKept,
  };
}

function stepOf(table: WantedTable, column: WantedColumn, before: StoredTable, use: ConsentUse): ColumnStep {
  const from = before.columns.find(({ name }) => name === column.from);
  if (from === undefined) return { kind: "fill", column };
  // NaN has no place in an index, and may stand in a column that gets its first one.
  const isFirstIndex =
    column.isIndexed &&
    /^f(?:32|64)$/.test(column.storage) &&
    !Object.keys(before.indexes).some((index) => index.split(",").includes(from.name));
  // On the way back a value may only stand for a longer one, or one that the enum had lost.
  const isStandIn = table.kept !== undefined && conversionOf(column, from) !== "same";
  const conversion = conversionOf(from, column);
  if (conversion === "same" && !isFirstIndex && !isStandIn) return { kind: "keep", column, from };
  // Where every value has its like, nothing is to be allowed.
  const isSafe = (conversion === "same" || conversion === "always") && !isFirstIndex;
  if (isSafe) return { kind: "convert", column, from, otherwise: "refuse" };
  const names = [`${table.component}.${column.name}`, `${table.name}.${column.name}`];
  return { kind: "convert", column, from, otherwise: use.conversion(...names) ?? "refuse" };
}

/** Whether packed rows have the same bytes under both. */
function isSameLayout(before: StoredTable, after: WantedTable, steps: readonly ColumnStep[]): boolean {
  const left = packedOrder(before.columns);
  const right = packedOrder(after.columns) as WantedColumn[];
  return (
    left.length === right.length &&
    steps.every(({ kind }) => kind === "keep") &&
    left.every(({ name }, i) => right[i]?.from === name)
  );
}

/** The stored index with the same keys, whether it is unique or not. */
function sameIndex(index: WantedIndex, before: StoredTable, steps: readonly ColumnStep[]): StoredIndex | undefined {
  const columns = index.columns.map((name) => {
    const step = steps.find(({ column }) => column.name === name);
    return step?.kind === "keep" ? step.from.name : undefined;
  });
  return columns.includes(undefined) ? undefined : before.indexes[columns.join(",")];
}

/** A table that goes. @param rows how many it has. */
export function goneTable(name: string, table: StoredTable, direction: Direction, rows: number): TablePlan {
  return {
    name,
    before: { name, table },
    after: undefined,
    steps: [],
    dropped: [],
    isRewrite: false,
    isCleared: false,
    indexes: [],
    migrations: [],
    direction,
    isKept: direction === "up" && rows > 0,
  };
}

function goneChange(
  name: string,
  table: StoredTable,
  rows: number,
  direction: Direction,
  wanted: WantedSchema,
  use: ConsentUse,
): DataChange {
  const { component } = table;
  const change = { kind: "component-removed" as const, component: name, description: `component ${name} is gone` };
  const isAllowed = use.mayDrop(name, component);
  if (rows === 0) return change;
  const isWhole = !wanted.tables.some((table) => table.component === component);
  const allow = [`--drop ${isWhole ? component : name}`];
  const hint = direction === "up" && isWhole ? componentRename(table, wanted) : undefined;
  return { ...change, loss: "its rows would be lost", allow, isAllowed, ...(hint === undefined ? {} : { hint }) };
}

function checkComponents(migrations: MigrationsToRun, { tables }: WantedSchema, direction: Direction): void {
  if (direction === "down") return;
  for (const { name, component } of migrations.list) {
    if (tables.some((table) => table.component === component)) continue;
    const known = [...new Set(tables.map((table) => table.component))].join(", ");
    throw new ConsentError(
      `migration ${name} is for component ${component}, which the schema does not have: name one of ${known}`,
    );
  }
}
