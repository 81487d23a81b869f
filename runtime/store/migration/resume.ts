import { createHash } from "node:crypto";
import type { StoredSchema } from "../schema/stored-schema.js";
import type { MigrationPlan } from "./plan.js";
import { type BuildProgress, NOT_BEGUN } from "./progress.js";

/**
 * What an upgrade depends on, as fingerprints; plain JSON. Two with equal keys write the same rows into the same places,
 * so that one may go on where the other was killed.
 */
export interface UpgradeKey {
  readonly direction: "up" | "down";
  /** Of hetu. */
  readonly version: string;
  readonly data: string;
  readonly schema: string;
  /** Fingerprints of their code, by name, in the order in which they run. */
  readonly migrations: readonly (readonly [name: string, code: string])[];
  /** All that is to be, and how values get there. */
  readonly result: string;
}

/** What is told of an upgrade that was interrupted before the new rows were complete. */
export type ResumeNote =
  | { readonly kind: "goes on"; readonly table: string; readonly rows: number; readonly total: number }
  | { readonly kind: "begins anew"; readonly reason: string };

/**
 * @param stored what the catalogue has of the namespace.
 * @param result what the store's catalogue will have; plain JSON.
 * @param version of hetu.
 */
export function upgradeKey(
  plan: MigrationPlan,
  stored: StoredSchema | undefined,
  result: unknown,
  version = "",
): UpgradeKey {
  const steps = plan.tables.map(({ name, steps: columns, isRewrite }) => [
    name,
    isRewrite,
    columns.map((step) => [step.column.name, step.kind, step.kind === "convert" ? step.otherwise : ""]),
  ]);
  return {
    direction: plan.direction,
    version,
    data: digest(stored ?? null),
    schema: plan.wanted.fingerprint,
    migrations: plan.migrations.list.map(({ name, code = "" }) => [name, code]),
    result: digest([result, steps]),
  };
}

/** Why one begins anew where the rows of the interrupted one are being deleted. */
export const GIVEN_UP = "what was interrupted had already been given up";

/**
 * Where an upgrade would go on.
 * @param tables what its steps read, in their order; `undefined`: nothing.
 * @returns `undefined`: no row was written yet.
 */
export function reachedNote(
  tables: readonly ({ readonly table: string; readonly total: number } | undefined)[],
  progress: BuildProgress,
): ResumeNote | undefined {
  const reached = tables.flatMap((each, number): ResumeNote[] => {
    const { rows } = progress[number] ?? NOT_BEGUN;
    return each === undefined || rows === 0 ? [] : [{ kind: "goes on", ...each, rows }];
  });
  return reached.at(-1);
}

/**
 * Why an upgrade cannot go on where an interrupted one was.
 * @param before of the interrupted one; `undefined`: it has left none.
 * @returns the end of a sentence; `undefined`: it can.
 */
export function reasonAnew(before: UpgradeKey | undefined, now: UpgradeKey): string | undefined {
  if (before === undefined) return GIVEN_UP;
  if (before.direction !== now.direction) return "the interrupted one went the other way";
  if (before.version !== now.version) {
    return `the interrupted one was of hetu ${before.version || "without a version"}, and this is ${now.version || "without one"}`;
  }
  if (before.data !== now.data) return "the data is of another schema than it was";
  if (before.schema !== now.schema) return "the schema was changed since";
  const [then, today] = [new Map(before.migrations), new Map(now.migrations)];
  for (const [name, code] of today) {
    if (!then.has(name)) return `migration ${name} is new since`;
    if (then.get(name) !== code) return `migration ${name} was changed since`;
    if (code === "") return `it is not known whether migration ${name} is as it was`;
  }
  for (const name of then.keys()) if (!today.has(name)) return `migration ${name} no longer runs`;
  return before.result === now.result ? undefined : "it was asked for with other options";
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
