import type { Schema } from "../../../schema/schema.js";
import { carry, lookOnly } from "../../migration/carry.js";
import type { DataProblem } from "../../migration/changes.js";
import { Findings } from "../../migration/findings.js";
import type { MigrationPlan } from "../../migration/plan.js";
import type { PlannedTable } from "../../migration/request.js";
import { carryingOf, countRows, findDuplicates, oldRowsOf } from "./row-copy.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import type { Target } from "./target.js";
import { placesOf } from "./upgrade-build.js";
import type { UpgradeOptions } from "./upgrade-options.js";
import { placing, planOf } from "./upgrade-plan.js";

/** What the rows of a target's tables have against it; nothing is written. @throws MigrationFailedError */
export async function lookThrough(
  options: UpgradeOptions,
  schema: Schema,
  stored: StoredCatalogue,
  target: Target,
): Promise<{ readonly tables: readonly PlannedTable[]; readonly problems: readonly DataProblem[] }> {
  const { now = Date.now, tag } = options;
  const { steps, checks } = planOf(target, stored, tag);
  const placeOf = placesOf(options.link);
  const old = oldRowsOf(stored, schema.namespace, tag, placeOf);
  const problems: DataProblem[] = [];
  const planned = new Map<string, PlannedTable>();
  for (const { plan, before, from, isCore } of target.tables) {
    if (isCore) continue;
    const [partition] = from;
    const place = placing(stored.partitions, tag);
    const rows =
      before === undefined || partition === undefined
        ? 0
        : await countRows(placeOf(place(partition, `t${before.space}`)));
    planned.set(plan.name, { table: plan.name, rows, writes: plan.isCleared && rows > 0 ? "cleared" : "none" });
  }
  for (const step of steps) {
    const { name } = step.plan;
    const table = planned.get(name);
    if (table === undefined || step.isMerge || table.rows === 0) continue;
    planned.set(name, { ...table, writes: step.to === undefined ? "indexes" : "rows" });
    const isUnique = checks.some(({ plan }) => plan === step.plan);
    if (!step.plan.isRewrite && !isUnique) continue;
    const found = await carry(lookOnly(carryingOf(step, placeOf, old, table.rows, 0)), now(), options);
    problems.push(...found.problems);
  }
  // An index that becomes unique stays as it is, and need not be read through its rows.
  for (const { plan, index, key } of checks) {
    if (steps.some((step) => step.plan === plan && step.indexes.some((each) => each.index === index))) continue;
    const findings = new Findings(plan);
    await findDuplicates(index, placeOf(key), findings);
    problems.push(...findings.problems);
  }
  return { tables: [...planned.values()], problems };
}

/** As {@link lookThrough}; the problems alone. */
export async function rowProblems(...look: Parameters<typeof lookThrough>): Promise<readonly DataProblem[]> {
  return (await lookThrough(...look)).problems;
}

/** The plan of the schema's own namespace, with what else stands between the data and the schema. */
export function targetPlan({ plan, changes, problems }: Target): MigrationPlan {
  return { ...plan, changes, problems };
}
