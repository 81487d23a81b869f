import type { Schema } from "../../../schema/schema.js";
import { carry, lookOnly } from "../../migration/carry.js";
import type { DataProblem } from "../../migration/changes.js";
import { isRefusal, UpgradeRefusedError } from "../../migration/errors.js";
import { Findings } from "../../migration/findings.js";
import {
  type PlannedTable,
  type PlanReport,
  planReport,
  refuseProblems,
  type UpgradeReport,
  type UpgradeRequest,
} from "../../migration/request.js";
import type { RedisLink } from "../link.js";
import { controlKeys, instanceOf, partitionTag } from "./control-keys.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { carryingOf, countRows, findDuplicates, type KeyPlace } from "./row-copy.js";
import { CATALOGUE_READ, UPGRADE_PARTITION } from "./scripts.js";
import { parseCatalogue, type StoredCatalogue } from "./stored-catalogue.js";
import { countTables } from "./table-counts.js";
import { type Target, targetOf } from "./target.js";
import { DEFAULT_LEASE_TIME_MS } from "./timing.js";
import { keptKeys, placing, planOf, type UpgradePlan } from "./upgrade-plan.js";
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

const NOTHING = { changes: [], rows: 0, resumed: false } as const;

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
  return inTurn(options, (turn) => new Upgrade(options, schema, turn).run());
}

/** What {@link upgrade} would do; changes nothing, and servers may run. @throws MigrationFailedError, ConsentError */
export async function planUpgrade(options: UpgradeOptions, schema: Schema): Promise<PlanReport> {
  const { direction = "up", now = Date.now, onProgress, tag } = options;
  const { text, state } = await readStored(options);
  if (state !== "" || text === "") {
    const nothing = { direction, from: "", to: schema.fingerprint, tables: [], changes: [], problems: [] };
    return { ...nothing, status: state === "" ? "empty" : "unfinished" };
  }
  const stored = parseCatalogue(text, controlKeys(tag).catalogue);
  const target = await countedTarget(options, schema, stored);
  const { steps, checks } = planOf(target, stored, tag);
  const placeOf = placesOf(options);
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
    const findings = await carry(lookOnly(carryingOf(step, placeOf, table.rows, 0)), now(), onProgress);
    problems.push(...findings.problems);
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
 * Deletes what the last upgrade has kept for the way back. @returns whether there was anything.
 * @throws InstanceRunningError, UpgradeRunningError; UpgradeRefusedError when an upgrade was interrupted.
 */
export async function forgetKept(options: UpgradeOptions, namespace: string): Promise<boolean> {
  const { text, state } = await readStored(options);
  if (text === "" && state === "") return false;
  return inTurn(options, async (turn) => {
    if (turn.before !== undefined) {
      const description = "an upgrade was interrupted: run hetu upgrade again first, with the options that it had";
      throw new UpgradeRefusedError(namespace, [{ component: "", description, allow: [] }]);
    }
    const stored = parseCatalogue(turn.catalogue, controlKeys(options.tag).catalogue);
    const own = stored.namespaces[namespace];
    if (own?.previous === undefined) {
      await turn.end();
      return false;
    }
    const { previous: _, ...after } = own;
    const keys = keptKeys(stored, placing(stored.partitions, options.tag));
    const { nextSpace, nextPartition } = stored;
    const next = { ...stored, namespaces: { ...stored.namespaces, [namespace]: after } };
    await turn.switch(next, { phase: "cleaning", keys, nextSpace, nextPartition });
    await deleteKeys(options, keys);
    await turn.end();
    return true;
  });
}

class Upgrade {
  readonly #options: UpgradeOptions;
  readonly #schema: Schema;
  readonly #turn: UpgradeTurn;
  #rows = 0;

  constructor(options: UpgradeOptions, schema: Schema, turn: UpgradeTurn) {
    this.#options = options;
    this.#schema = schema;
    this.#turn = turn;
  }

  async run(): Promise<UpgradeReport> {
    const { tag, direction = "up" } = this.#options;
    const { before, catalogue: text } = this.#turn;
    const resumed = before !== undefined;
    await deleteKeys(this.#options, before?.keys ?? []);
    if (text === "" || before?.phase === "resetting") {
      await this.#turn.end();
      return { ...NOTHING, status: "empty", resumed };
    }
    const stored = parseCatalogue(text, controlKeys(tag).catalogue);
    // A straggler of an upgrade that was interrupted must not write where this one does.
    const numbers = {
      nextSpace: Math.max(stored.nextSpace, before?.nextSpace ?? 0),
      nextPartition: Math.max(stored.nextPartition, before?.nextPartition ?? 0),
    };
    // It was back already.
    if (before?.phase === "cleaning" && before.direction === "down" && direction === "down") {
      await this.#turn.end({ ...stored, ...numbers });
      return { ...NOTHING, status: "upgraded", resumed };
    }
    const target = await this.#target({ ...stored, ...numbers });
    const changes = target.changes.map(({ description }) => description);
    if (changes.length === 0) {
      await this.#turn.end({ ...stored, ...numbers });
      return { ...NOTHING, status: resumed ? "upgraded" : "unchanged", resumed };
    }
    const { nextSpace, nextPartition } = target.catalogue;
    const plan = planOf(target, stored, tag);
    const state = (phase: UpgradeState["phase"], keys: readonly PlacedKey[]): UpgradeState => ({
      phase,
      keys,
      nextSpace,
      nextPartition,
      direction,
    });
    await this.#turn.note(state("building", plan.made));
    try {
      await this.#build(target, stored, plan);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await deleteKeys(this.#options, plan.made);
      await this.#turn.end({ ...stored, nextSpace, nextPartition });
      throw error;
    }
    await this.#turn.switch(target.catalogue, state("cleaning", plan.obsolete));
    await deleteKeys(this.#options, plan.obsolete);
    await this.#turn.end();
    return { status: "upgraded", changes, rows: this.#rows, resumed };
  }

  /** @throws UpgradeRefusedError, ConsentError, NoWayBackError: nobody need finish anything then. */
  async #target(stored: StoredCatalogue): Promise<Target> {
    try {
      const target = await countedTarget(this.#options, this.#schema, stored);
      refuseProblems(this.#schema.namespace, target.problems);
      return target;
    } catch (error) {
      if (isRefusal(error)) await this.#turn.end(stored);
      throw error;
    }
  }

  /** @throws UpgradeRefusedError, MigrationFailedError */
  async #build(target: Target, stored: StoredCatalogue, plan: UpgradePlan): Promise<void> {
    const versions = new Map<number, number>();
    for (const { number, backend } of [...stored.partitions, ...target.catalogue.partitions]) {
      if (versions.has(number)) continue;
      const meta = `${partitionTag(this.#options.tag, number)}:m`;
      const link = this.#options.link(backend ?? undefined);
      versions.set(number, numberOf(await link.run(UPGRADE_PARTITION, [meta], [])));
    }
    const { now = Date.now, onProgress } = this.#options;
    const [started, placeOf] = [now(), placesOf(this.#options)];
    const problems: DataProblem[] = [];
    for (const step of plan.steps) {
      const total = await countRows(placeOf(step.from));
      if (total === 0) continue;
      const carrying = carryingOf(step, placeOf, total, versions.get(step.partition) ?? 0);
      problems.push(...(await carry(carrying, started, onProgress)).problems);
      this.#rows += total;
    }
    for (const { plan: table, index, key } of plan.checks) {
      const findings = new Findings(table);
      await findDuplicates(index, placeOf(key), findings);
      problems.push(...findings.problems);
    }
    refuseProblems(this.#schema.namespace, problems);
  }
}

async function readStored({ tag, link }: UpgradeOptions): Promise<{ readonly text: string; readonly state: string }> {
  const { catalogue, upgrade: key } = controlKeys(tag);
  const reply = await link(undefined).run(CATALOGUE_READ, [catalogue, key], []);
  const [text = "", state = ""] = listOf(reply).map(textOf);
  return { text, state };
}

/** What is to be done, by what rows there are. */
async function countedTarget(options: UpgradeOptions, schema: Schema, stored: StoredCatalogue): Promise<Target> {
  return targetOf(schema, stored, options, await countTables(options, stored));
}

async function inTurn<T>({ tag, link, leaseTime }: UpgradeOptions, use: (turn: UpgradeTurn) => Promise<T>): Promise<T> {
  const ttl = (leaseTime ?? DEFAULT_LEASE_TIME_MS) * 0.7;
  const turn = await UpgradeTurn.take(link(undefined), controlKeys(tag), instanceOf(tag), ttl);
  try {
    return await use(turn);
  } finally {
    turn.leave();
  }
}

function placesOf({ link }: UpgradeOptions): (key: PlacedKey) => KeyPlace {
  return ([backend, key]) => ({ link: link(backend ?? undefined), key });
}

async function deleteKeys({ link }: UpgradeOptions, keys: readonly PlacedKey[]): Promise<void> {
  for (const [backend, key] of keys) await link(backend ?? undefined).command("UNLINK", key, []);
}
