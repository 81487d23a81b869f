import type { PreviousSchema, StoredSchema } from "../schema/stored-schema.js";
import type { DataChange, DataProblem } from "./changes.js";
import type { ConsentUse } from "./consents.js";
import type { NamedMigration } from "./migration.js";
import type { WantedTable } from "./wanted.js";

/** Which migrations of the project an upgrade runs. */
export class MigrationsToRun {
  /**
   * @param list In the order in which they run.
   * @param settled Names that need not be looked at any more once the upgrade is done.
   * @param before On the way back: what the upgrade has run, and on which tables.
   */
  constructor(
    readonly list: readonly NamedMigration[],
    readonly settled: readonly string[],
    readonly problems: readonly DataProblem[],
    private readonly before: PreviousSchema["migrations"] = [],
  ) {}

  get changes(): readonly DataChange[] {
    return this.list.map(({ name, component }) => ({
      kind: "migration",
      component,
      member: name,
      description: `migration ${name} goes over the rows of ${component}`,
    }));
  }

  /** Those that a table's rows go through. On the way back tables are asked for that have rows now. */
  of(table: WantedTable, direction: "up" | "down"): readonly NamedMigration[] {
    if (direction === "up") return this.list.filter(({ component }) => component === table.component);
    return this.list.filter(({ name }) =>
      this.before.some((each) => each.name === name && table.from !== undefined && each.tables.includes(table.from)),
    );
  }
}

/** Those that the data has not been through. */
export function pendingMigrations(
  stored: StoredSchema | undefined,
  all: readonly NamedMigration[],
  use: ConsentUse,
): MigrationsToRun {
  const sorted = all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = sorted.map(({ name }) => name);
  if (stored === undefined) return new MigrationsToRun([], names, []);
  const done = new Set(stored.migrations);
  const problems: DataProblem[] = [];
  const list = sorted.filter(({ name, from, component }) => {
    if (done.has(name) || use.maySkip(name)) return false;
    if (from === undefined || from === stored.fingerprint) return true;
    problems.push({
      component,
      member: name,
      description:
        `migration ${name} is for data of schema ${from}, and this is of ${stored.fingerprint}: ` +
        "upgrade first with the code that comes before the migration, or leave it out",
      allow: [`--skip ${name}`],
    });
    return false;
  });
  return new MigrationsToRun(list, [...new Set([...done, ...names])], problems);
}

/** Those that the last upgrade has run, the last one first. */
export function reversedMigrations(
  previous: PreviousSchema | undefined,
  all: readonly NamedMigration[],
): MigrationsToRun {
  const problems: DataProblem[] = [];
  const list = (previous?.migrations ?? []).toReversed().flatMap(({ name, tables }): NamedMigration[] => {
    const found = all.find((each) => each.name === name);
    if (found?.down !== undefined) return [found];
    const reason =
      found === undefined
        ? "is not in the folder migrations beside the entry: run this with the code that was upgraded to"
        : "has no down(), so there is no way back through it";
    problems.push({
      component: tables[0] ?? "",
      member: name,
      description: `migration ${name} ${reason}`,
      allow: [],
    });
    return [];
  });
  return new MigrationsToRun(list, [], problems, previous?.migrations ?? []);
}
