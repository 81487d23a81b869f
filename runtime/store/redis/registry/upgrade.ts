import type { Schema } from "../../../schema/schema.js";
import { carry, lookOnly } from "../../migration/carry.js";
import type { DataProblem } from "../../migration/changes.js";
import { isRefusal, UpgradeInterruptedError } from "../../migration/errors.js";
import { Findings } from "../../migration/findings.js";
import { rowsCarried } from "../../migration/progress.js";
import {
  interrupted,
  type PlannedTable,
  type PlanReport,
  planReport,
  refuseProblems,
  type StepBack,
  type UpgradeReport,
  type UpgradeRequest,
} from "../../migration/request.js";
import { reasonAnew, type UpgradeKey, upgradeKey } from "../../migration/resume.js";
import { stepsBack, withSteps } from "../../schema/stored-schema.js";
import { StoreFailedError } from "../../errors.js";
import { StoreFullError } from "../errors.js";
import type { RedisLink } from "../link.js";
import { controlKeys, instanceOf } from "./control-keys.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { carryingOf, countRows, findDuplicates, oldRowsOf } from "./row-copy.js";
import { CATALOGUE_READ, MEMORY_USAGE } from "./scripts.js";
import { parseCatalogue, type StoredCatalogue } from "./stored-catalogue.js";
import { countTables } from "./table-counts.js";
import { type Target, targetOf } from "./target.js";
import { DEFAULT_LEASE_TIME_MS } from "./timing.js";
import { build, placesOf, takePartitions } from "./upgrade-build.js";
import { RedisStartError } from "./start-errors.js";
import { UpgradeRowsLostError, UpgradeTableDamagedError, UpgradeTurnLostError } from "./upgrade-errors.js";
import { keptKeys, keptTables, placing, planOf, type UpgradePlan } from "./upgrade-plan.js";
import { type PlacedKey, type UpgradeState, UpgradeTurn } from "./upgrade-turn.js";

export type { UpgradeReport } from "../../migration/request.js";

export interface UpgradeOptions extends UpgradeRequest {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to a backend; `undefined`: to the default store. */
  readonly link: (backend: string | undefined) => RedisLink;
  /** Milliseconds after which another process may go on when this one is killed; default 10,000. */
  readonly leaseTime?: number;
}

const NOTHING = { changes: [], rows: 0, rowsBefore: 0, resumed: false } as const;

/**
 * Brings the data of an instance to a schema, or back. What changes is written beside the old data, and the old data is
 * deleted once the new catalogue holds: when the process is killed, the next upgrade begins anew or deletes the rest.
 * @throws InstanceRunningError while servers run.
 * @throws UpgradeRefusedError, MigrationFailedError, ConsentError, NoWayBackError: nothing was changed.
 * @throws UpgradeRunningError
 */
export async function upgrade(options: UpgradeOptions, schema: Schema): Promise<UpgradeReport> {
  const { text, state } = await readStored(options);
  if (state === "") {
    if (text === "") return { ...NOTHING, status: "empty" };
    const stored = parseCatalogue(text, controlKeys(options.tag).catalogue);
    const target = await countedTarget(options, schema, stored);
    refuseProblems(schema.namespace, target.problems);
    if (target.changes.length === 0) return { ...NOTHING, status: "unchanged" };
  }
  return inTurn(options, (turn) => orInterrupted(schema.namespace, () => new Upgrade(options, schema, turn).run()));
}

/** What {@link upgrade} would do; changes nothing, and servers may run. @throws MigrationFailedError, ConsentError */
export async function planUpgrade(options: UpgradeOptions, schema: Schema): Promise<PlanReport> {
  const { direction = "up", now = Date.now, tag } = options;
  const { text, state } = await readStored(options);
  if (state !== "" || text === "") {
    const nothing = { direction, from: "", to: schema.fingerprint, tables: [], changes: [], problems: [] };
    return { ...nothing, status: state === "" ? "empty" : "unfinished" };
  }
  const stored = parseCatalogue(text, controlKeys(tag).catalogue);
  const target = await countedTarget(options, schema, stored);
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
  const own = stored.namespaces[schema.namespace] ?? { fingerprint: "", model: "", tables: {} };
  const plan = { ...target.plan, changes: target.changes, problems: target.problems };
  return planReport(own, plan, [...planned.values()], problems);
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
    if (turn.before !== undefined) throw interrupted(namespace);
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

class Upgrade {
  readonly #options: UpgradeOptions;
  readonly #schema: Schema;
  readonly #turn: UpgradeTurn;

  constructor(options: UpgradeOptions, schema: Schema, turn: UpgradeTurn) {
    this.#options = options;
    this.#schema = schema;
    this.#turn = turn;
  }

  async run(): Promise<UpgradeReport> {
    const { tag, direction = "up" } = this.#options;
    const { before, catalogue: text } = this.#turn;
    const resumed = before !== undefined;
    if (before !== undefined && before.phase !== "building") await deleteKeys(this.#options, before.keys);
    if (text === "" || before?.phase === "resetting") {
      await this.#turn.end();
      return { ...NOTHING, status: "empty", resumed };
    }
    const stored = parseCatalogue(text, controlKeys(tag).catalogue);
    const isUndone = before?.phase === "building" && before.direction === "up";
    const isBack = before?.phase === "cleaning" && before.direction === "down";
    if (direction === "down" && (isUndone || isBack)) {
      await this.#giveUp(stored);
      return { ...NOTHING, status: isUndone ? "undone" : "upgraded", resumed };
    }
    const target = await this.#target({ ...stored, ...numbersBehind(stored, before) }, before, stored);
    if (target.changes.length === 0) {
      await this.#giveUp(stored);
      const status = !resumed ? "unchanged" : before.phase === "building" ? "undone" : "upgraded";
      return { ...NOTHING, status, resumed };
    }
    return { ...(await this.#build(target, stored)), resumed };
  }

  /**
   * What was begun is deleted, and servers may start again.
   * @param keys of what this one has written.
   */
  async #giveUp(stored: StoredCatalogue, keys: readonly PlacedKey[] = [], behind = this.#turn.before): Promise<void> {
    const { before } = this.#turn;
    const all = [...(before?.phase === "building" ? before.keys : []), ...keys];
    const numbers = numbersBehind(stored, behind);
    if (all.length > 0) {
      // From here on nobody goes on with it: rows are missing.
      await this.#turn.note({ phase: "building", keys: all, ...numbers, direction: before?.direction ?? "up" });
      await takePartitions({ ...this.#options, partitions: stored.partitions }, "");
      await deleteKeys(this.#options, all);
    }
    await this.#turn.end({ ...stored, ...numbers });
  }

  /** @throws UpgradeRefusedError, ConsentError, NoWayBackError: what was interrupted stays so, and is as it was. */
  async #target(numbered: StoredCatalogue, before: UpgradeState | undefined, stored: StoredCatalogue): Promise<Target> {
    try {
      const target = await countedTarget(this.#options, this.#schema, numbered);
      refuseProblems(this.#schema.namespace, target.problems);
      return target;
    } catch (error) {
      if (isRefusal(error) && before?.phase !== "building") await this.#turn.end(stored);
      throw error;
    }
  }

  async #build(target: Target, stored: StoredCatalogue): Promise<Omit<UpgradeReport, "resumed">> {
    const { tag, link, direction = "up", now = Date.now } = this.#options;
    const { namespace } = this.#schema;
    const { before } = this.#turn;
    const again = await this.#interrupted(stored);
    const begun = again.layout ?? (await this.#begin(stored, now()));
    const { plan, catalogue, started } = begun;
    const progress = again.layout === undefined ? {} : this.#turn.progress;
    const numbers = { nextSpace: catalogue.nextSpace, nextPartition: catalogue.nextPartition };
    let rows: number;
    try {
      const partitions = [...stored.partitions, ...catalogue.partitions];
      const request = this.#options;
      rows = await build({
        tag,
        link,
        turn: this.#turn,
        plan,
        namespace,
        stored,
        partitions,
        started,
        request,
        before: progress,
      });
    } catch (error) {
      const isOver =
        isRefusal(error) || error instanceof UpgradeRowsLostError || error instanceof UpgradeTableDamagedError;
      if (isOver) await this.#giveUp(stored, plan.made, { phase: "building", keys: [], ...numbers });
      throw error;
    }
    await this.#turn.switch(catalogue, { phase: "cleaning", keys: plan.obsolete, ...numbers, direction });
    await deleteKeys(this.#options, plan.obsolete);
    await this.#turn.end();
    const changes = target.changes.map(({ description }) => description);
    const anew = before?.phase === "building" ? again.anew : undefined;
    const told = { status: "upgraded" as const, changes, rows, rowsBefore: rowsCarried(progress) };
    return anew === undefined ? told : { ...told, anew };
  }

  /** Whether this upgrade may go on with what an interrupted one has written. */
  async #interrupted(stored: StoredCatalogue): Promise<{ readonly layout?: BuildLayout; readonly anew?: string }> {
    const { before } = this.#turn;
    if (before?.phase !== "building" || before.keys.length === 0) return {};
    const { build: state } = before;
    const layout = await this.#layout(
      { ...stored, nextSpace: state?.firstSpace ?? 0, nextPartition: state?.firstPartition ?? 0 },
      state?.started ?? 0,
    );
    const anew = reasonAnew(state?.key, layout.key);
    if (anew === undefined) return { layout };
    this.#options.onResume?.({ kind: "begins anew", reason: anew });
    return { anew };
  }

  /** Notes what is about to be done; what was done before goes. */
  async #begin(stored: StoredCatalogue, started: number): Promise<BuildLayout> {
    const { before } = this.#turn;
    // A straggler of an upgrade that was interrupted must not write where this one does.
    const first = numbersBehind(stored, before);
    const old = before?.phase === "building" ? before.keys : [];
    const { direction = "up" } = this.#options;
    if (old.length > 0) {
      await this.#turn.note({ phase: "building", keys: old, ...first, direction });
      await deleteKeys(this.#options, old);
    }
    const layout = await this.#layout({ ...stored, ...first }, started);
    const { nextSpace, nextPartition } = layout.catalogue;
    const build = { key: layout.key, started, firstSpace: first.nextSpace, firstPartition: first.nextPartition };
    const { made } = layout.plan;
    await this.#turn.note({ phase: "building", keys: made, nextSpace, nextPartition, direction, build });
    return layout;
  }

  /** @param numbered with the first numbers that may be used. */
  async #layout(numbered: StoredCatalogue, started: number): Promise<BuildLayout> {
    const target = await countedTarget(this.#options, this.#schema, numbered, started);
    const { catalogue } = target;
    const own = numbered.namespaces[this.#schema.namespace];
    const key = upgradeKey(target.plan, own, [catalogue, started], this.#options.version);
    return { plan: planOf(target, numbered, this.#options.tag), catalogue, key, started };
  }
}

/** Where everything is written to, and what is true once it is. */
interface BuildLayout {
  readonly plan: UpgradePlan;
  readonly catalogue: StoredCatalogue;
  readonly key: UpgradeKey;
  readonly started: number;
}

/** The first numbers that nothing has used. */
function numbersBehind(
  stored: StoredCatalogue,
  before: UpgradeState | undefined,
): { readonly nextSpace: number; readonly nextPartition: number } {
  return {
    nextSpace: Math.max(stored.nextSpace, before?.nextSpace ?? 0),
    nextPartition: Math.max(stored.nextPartition, before?.nextPartition ?? 0),
  };
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

/** What is to be done, by what rows there are. */
async function countedTarget(
  options: UpgradeOptions,
  schema: Schema,
  stored: StoredCatalogue,
  at?: number,
): Promise<Target> {
  return targetOf(schema, stored, options, await countTables(options, stored), at);
}

async function inTurn<T>({ tag, link, leaseTime }: UpgradeOptions, use: (turn: UpgradeTurn) => Promise<T>): Promise<T> {
  const ttl = (leaseTime ?? DEFAULT_LEASE_TIME_MS) * 0.7;
  const turn = await UpgradeTurn.take(link(undefined), controlKeys(tag), instanceOf(tag), ttl);
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

async function deleteKeys({ link }: UpgradeOptions, keys: readonly PlacedKey[]): Promise<void> {
  for (const [backend, key] of keys) await link(backend ?? undefined).command("UNLINK", key, []);
}
