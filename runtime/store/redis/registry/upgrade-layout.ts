import type { Schema } from "../../../schema/schema.js";
import type { BuildProgress } from "../../migration/progress.js";
import { reachedNote, reasonAnew, type ResumeNote, type UpgradeKey, upgradeKey } from "../../migration/resume.js";
import { countRows } from "./row-copy.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import { placesOf } from "./upgrade-build.js";
import { countedTarget, type UpgradeOptions } from "./upgrade-options.js";
import { planOf, type UpgradePlan } from "./upgrade-plan.js";
import type { UpgradeState } from "./upgrade-turn.js";

/** Where everything is written to, and what is true once it is. */
export interface BuildLayout {
  readonly plan: UpgradePlan;
  readonly catalogue: StoredCatalogue;
  readonly key: UpgradeKey;
  readonly started: number;
}

/** What an interrupted upgrade has left that another one goes on with, or why that one begins anew. */
export interface Left {
  readonly layout?: BuildLayout;
  readonly anew?: string;
}

/** @param numbered with the first numbers that may be used. */
export async function layoutOf(
  options: UpgradeOptions,
  schema: Schema,
  numbered: StoredCatalogue,
  started: number,
): Promise<BuildLayout> {
  const target = await countedTarget(options, schema, numbered, started);
  const { catalogue } = target;
  const own = numbered.namespaces[schema.namespace];
  const key = upgradeKey(target.plan, own, [catalogue, started], options.version);
  return { plan: planOf(target, numbered, options.tag), catalogue, key, started };
}

/** @param before what is noted of the interrupted one. */
export async function leftBy(
  before: UpgradeState | undefined,
  options: UpgradeOptions,
  schema: Schema,
  stored: StoredCatalogue,
): Promise<Left> {
  if (before?.phase !== "building" || before.keys.length === 0) return {};
  const { build: state } = before;
  const first = { nextSpace: state?.firstSpace ?? 0, nextPartition: state?.firstPartition ?? 0 };
  const layout = await layoutOf(options, schema, { ...stored, ...first }, state?.started ?? 0);
  const anew = reasonAnew(state?.key, layout.key);
  return anew === undefined ? { layout } : { anew };
}

/** What an upgrade would do about an interrupted one. @param progress how far that one was. */
export async function nextOf(
  { layout, anew }: Left,
  progress: BuildProgress,
  { link }: UpgradeOptions,
): Promise<ResumeNote | undefined> {
  if (layout === undefined) return anew === undefined ? undefined : ({ kind: "begins anew", reason: anew } as const);
  const placeOf = placesOf(link);
  const tables = layout.plan.steps.map(async ({ plan, from }) => ({
    table: plan.name,
    total: await countRows(placeOf(from)),
  }));
  return reachedNote(await Promise.all(tables), progress);
}
