import type { Schema } from "../../../schema/schema.js";
import { StoreFailedError } from "../../errors.js";
import { isRefusal, UpgradeInterruptedError } from "../../migration/errors.js";
import {
  interrupted,
  type PlanReport,
  planReport,
  refuseAll,
  type StepBack,
  type UpgradeReport,
} from "../../migration/request.js";
import type { BuildProgress } from "../../migration/progress.js";
import { nextUpgrade, unfinishedReport } from "../../migration/next-upgrade.js";
import type { NextUpgrade, UnfinishedUpgrade } from "../../migration/unfinished.js";
import { stepsBack, withSteps } from "../../schema/stored-schema.js";
import { StoreFullError } from "../errors.js";
import { controlKeys, instanceOf } from "./control-keys.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { countRows } from "./row-copy.js";
import { CATALOGUE_READ, MEMORY_USAGE } from "./scripts.js";
import { RedisStartError } from "./start-errors.js";
import { parseCatalogue } from "./stored-catalogue.js";
import { DEFAULT_LEASE_TIME_MS } from "./timing.js";
import { placesOf } from "./upgrade-build.js";
import { UpgradeRowsLostError, UpgradeTableDamagedError, UpgradeTurnLostError } from "./upgrade-errors.js";
import { leftBy, nextOf } from "./upgrade-layout.js";
import { lookThrough, rowProblems, targetPlan } from "./upgrade-look.js";
import { countedTarget, deleteKeys, type UpgradeOptions } from "./upgrade-options.js";
import { keptKeys, keptTables, placing } from "./upgrade-plan.js";
import { NOTHING, Upgrade } from "./upgrade-run.js";
import { unfinishedBy, unfinishedOf, type UpgradeState, UpgradeTurn } from "./upgrade-turn.js";

export type { UpgradeReport } from "../../migration/request.js";
export type { UpgradeOptions } from "./upgrade-options.js";

/**
 * Brings the data of an instance to a schema, or back. What changes is written beside the old data, and the old data is
 * deleted once the new catalogue holds. When the process is killed, no server starts before the next upgrade, which goes
 * on: with the rows behind the last ones that were noted, when it is the same upgrade, or with what was still to be
 * deleted. The way back of one that was interrupted while it wrote is to delete what it has written.
 * @throws InstanceRunningError while servers run.
 * @throws UpgradeRefusedError, MigrationFailedError, ConsentError, NoWayBackError: nothing was changed.
 * @throws UpgradeInterruptedError, UpgradeRowsLostError, UpgradeTableDamagedError, UpgradeTurnLostError
 * @throws UpgradeRunningError
 */
export async function upgrade(options: UpgradeOptions, schema: Schema): Promise<UpgradeReport> {
  const { text, state } = await readStored(options);
  if (state === "") {
    if (text === "") return { ...NOTHING, status: "empty" };
    const stored = parseCatalogue(text, controlKeys(options.tag).catalogue);
    const target = await countedTarget(options, schema, stored);
    await refuseAll(targetPlan(target), () => rowProblems(options, schema, stored, target));
    if (target.changes.length === 0) return { ...NOTHING, status: "unchanged" };
  }
  return inTurn(options, (turn) => orInterrupted(schema.namespace, () => new Upgrade(options, schema, turn).run()));
}

/** What {@link upgrade} would do; changes nothing, and servers may run. @throws MigrationFailedError, ConsentError */
export async function planUpgrade(options: UpgradeOptions, schema: Schema): Promise<PlanReport> {
  const { direction = "up", tag } = options;
  const { text, state } = await readStored(options);
  if (state !== "") return unfinishedReport(schema, unfinishedOf(state), await nextAfter(options, schema, text, state));
  if (text === "") {
    return { direction, from: "", to: schema.fingerprint, tables: [], changes: [], problems: [], status: "empty" };
  }
  const stored = parseCatalogue(text, controlKeys(tag).catalogue);
  const target = await countedTarget(options, schema, stored);
  const { tables, problems } = await lookThrough(options, schema, stored, target);
  const own = stored.namespaces[schema.namespace] ?? { fingerprint: "", model: "", tables: {} };
  return planReport(own, targetPlan(target), tables, problems);
}

async function nextAfter(
  options: UpgradeOptions,
  schema: Schema,
  text: string,
  state: string,
): Promise<NextUpgrade | undefined> {
  return nextUpgrade(options, unfinishedOf(state), async (request) => {
    const again = { ...options, ...request };
    const keys = controlKeys(again.tag);
    if (text === "") return undefined;
    const stored = parseCatalogue(text, keys.catalogue);
    const target = await countedTarget(again, schema, stored);
    await refuseAll(targetPlan(target), () => rowProblems(again, schema, stored, target));
    if (target.changes.length === 0) return { kind: "is undone" };
    const progress = await again.link(undefined).command("GET", keys.progress, []);
    const left = await leftBy(JSON.parse(state) as UpgradeState, again, schema, stored);
    return nextOf(left, JSON.parse(progress === null ? "{}" : textOf(progress)) as BuildProgress, again);
  });
}

/**
 * Deletes what is kept for the way back.
 * @param keep so many steps stay.
 * @returns whether there was anything.
 * @throws InstanceRunningError, UpgradeRunningError; UpgradeRefusedError when an upgrade was interrupted.
 */
export async function forgetKept(options: UpgradeOptions, namespace: string, keep = 0): Promise<boolean> {
  const { text, state } = await readStored(options);
  if (text === "" && state === "") return false;
  return inTurn(options, async (turn) => {
    if (turn.before !== undefined) throw interrupted(namespace, unfinishedBy(turn.before));
    const stored = parseCatalogue(turn.catalogue, controlKeys(options.tag).catalogue);
    const own = stored.namespaces[namespace];
    if (own === undefined || stepsBack(own).length <= keep) {
      await turn.end();
      return false;
    }
    const { previous, ...after } = own;
    const left = withSteps(previous, keep);
    const next = {
      ...stored,
      namespaces: { ...stored.namespaces, [namespace]: left === undefined ? after : { ...after, previous: left } },
    };
    const placed = placing(stored.partitions, options.tag);
    const stays = new Set(keptKeys(next, placed).map(String));
    const keys = keptKeys(stored, placed).filter((key) => !stays.has(String(key)));
    const { nextSpace, nextPartition } = stored;
    await turn.switch(next, { phase: "cleaning", keys, nextSpace, nextPartition });
    await deleteKeys(options, keys);
    await turn.end();
    return true;
  });
}

/** The steps that `--down` may go, and what is kept for them. */
export async function stepsOfInstance(options: UpgradeOptions, namespace: string): Promise<readonly StepBack[]> {
  const { text } = await readStored(options);
  if (text === "") return [];
  const stored = parseCatalogue(text, controlKeys(options.tag).catalogue);
  const placed = placing(stored.partitions, options.tag);
  const placeOf = placesOf(options.link);
  const steps: StepBack[] = [];
  for (const step of stepsBack(stored.namespaces[namespace] ?? {})) {
    const kept: StepBack["kept"][number][] = [];
    for (const { table, keys } of keptTables(step, placed)) {
      const [rows] = keys;
      if (rows === undefined) continue;
      const names = keys.map(([, key]) => key);
      const bytes = numberOf(await placeOf(rows).link.run(MEMORY_USAGE, names, []));
      kept.push({ table, rows: await countRows(placeOf(rows)), bytes });
    }
    steps.push({ schema: step.fingerprint, ...(step.at === undefined ? {} : { at: step.at }), kept });
  }
  return steps;
}

/** The upgrade that was interrupted, or is under way, if there is one. */
export async function unfinishedOfInstance(options: UpgradeOptions): Promise<UnfinishedUpgrade | undefined> {
  const { state } = await readStored(options);
  return state === "" ? undefined : unfinishedOf(state);
}

/** What tells by itself how an upgrade stands. */
const TOLD = [UpgradeTurnLostError, UpgradeRowsLostError, UpgradeTableDamagedError, RedisStartError];

/** @throws UpgradeInterruptedError when Redis fails in the middle; else what `run` throws. */
async function orInterrupted<T>(namespace: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isRefusal(error) || TOLD.some((kind) => error instanceof kind)) throw error;
    const isOfStore = error instanceof StoreFailedError || error instanceof StoreFullError;
    const text = error instanceof Error ? (isOfStore ? error.message : (error.stack ?? error.message)) : String(error);
    throw new UpgradeInterruptedError(namespace, text, error);
  }
}

async function readStored({ tag, link }: UpgradeOptions): Promise<{ readonly text: string; readonly state: string }> {
  const { catalogue, upgrade: key } = controlKeys(tag);
  const reply = await link(undefined).run(CATALOGUE_READ, [catalogue, key], []);
  const [text = "", state = ""] = listOf(reply).map(textOf);
  return { text, state };
}

async function inTurn<T>(
  { tag, link, leaseTime, onWait }: UpgradeOptions,
  use: (turn: UpgradeTurn) => Promise<T>,
): Promise<T> {
  const ttl = (leaseTime ?? DEFAULT_LEASE_TIME_MS) * 0.7;
  const turn = await UpgradeTurn.take(link(undefined), controlKeys(tag), instanceOf(tag), ttl, onWait);
  try {
    return await use(turn);
  } catch (error) {
    // Another one need not wait until the turn is over; where Redis does not answer, this one need not either.
    const isGone = error instanceof UpgradeInterruptedError && error.cause instanceof StoreFailedError;
    if (!isGone) await turn.release().catch(() => undefined);
    throw error;
  } finally {
    turn.leave();
  }
}
