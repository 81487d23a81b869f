import { carry, lookOnly } from "../migration/carry.js";
import type { DataProblem } from "../migration/changes.js";
import type { MigrationPlan } from "../migration/plan.js";
import type { PlannedTable, UpgradeRequest } from "../migration/request.js";
import { mayCollide } from "../migration/table-plan.js";
import type { StoredSchema } from "../schema/stored-schema.js";
import type { Lmdb } from "./lmdb.js";
import { carryingOf, countRows, readsRows, stepFor } from "./upgrade-steps.js";

/** What the rows of a plan's tables have against it; nothing is written. @throws MigrationFailedError */
export async function lookThrough(
  lmdb: Lmdb,
  stored: StoredSchema,
  plan: MigrationPlan,
  rowsOf: (table: string) => number,
  request: UpgradeRequest,
): Promise<{ readonly tables: readonly PlannedTable[]; readonly problems: readonly DataProblem[] }> {
  const now = (request.now ?? Date.now)();
  const problems: DataProblem[] = [];
  const tables: PlannedTable[] = [];
  for (const table of plan.tables) {
    const step = stepFor(table, () => 0);
    const rows = table.before === undefined ? 0 : rowsOf(table.before.name);
    const writes =
      table.isCleared && rows > 0 ? "cleared" : !readsRows(step) ? "none" : table.isRewrite ? "rows" : "indexes";
    tables.push({ table: table.name, rows, writes });
    const isRead = writes === "rows" || (writes === "indexes" && step.built.some((index) => mayCollide(table, index)));
    if (!isRead) continue;
    const found = await carry(lookOnly(carryingOf(lmdb, step, stored, rows)), now, request);
    problems.push(...found.problems);
  }
  return { tables, problems };
}

/** How many rows the stored tables have, each counted once. */
export function rowCounts(lmdb: Lmdb, stored: StoredSchema): (table: string) => number {
  const counts = new Map<string, number>();
  return (table) => {
    const space = stored.tables[table]?.space;
    const count = counts.get(table) ?? (space === undefined ? 0 : countRows(lmdb, space));
    counts.set(table, count);
    return count;
  };
}
