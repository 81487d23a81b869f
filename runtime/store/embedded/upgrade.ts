import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Schema } from "../../schema/schema.js";
import { carry, lookOnly } from "../migration/carry.js";
import type { DataProblem } from "../migration/changes.js";
import { isRefusal } from "../migration/errors.js";
import type { MigrationPlan } from "../migration/plan.js";
import type { Direction } from "../migration/table-plan.js";
import {
  planFor,
  type PlannedTable,
  type PlanReport,
  planReport,
  refuseProblems,
  type UpgradeReport,
  type UpgradeRequest,
} from "../migration/request.js";
import { spacesOf, storedAfter, type TableSpaces } from "../migration/stored-after.js";
import type { StoredSchema, StoredTable } from "../schema/stored-schema.js";
import { type Contents, readContents, saveContents, type UnfinishedUpgrade } from "./catalogue.js";
import { MAX_SPACE } from "./key-space.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { openFolder } from "./open-folder.js";
import { carryingOf, countRows, type EmbeddedStep, emptySpace, readsRows, stepFor } from "./upgrade-steps.js";

/**
 * Brings the data in a folder to a schema, or back. What changes is written beside the old data, and the old data is
 * deleted once the new catalogue holds: when the process is killed, the next upgrade begins anew or deletes the rest,
 * and no store applies a schema before.
 * @throws StoreLockedError while a server runs; UpgradeRefusedError, MigrationFailedError, ConsentError, NoWayBackError:
 * nothing was changed.
 */
export async function upgradeEmbedded(path: string, schema: Schema, request: UpgradeRequest): Promise<UpgradeReport> {
  const nothing = { status: "empty", changes: [], rows: 0, resumed: false } as const;
  if (!hasData(path)) return nothing;
  return onFolder(path, async (lmdb) => {
    const before = finish(lmdb);
    const resumed = before !== undefined;
    const contents = readContents(lmdb);
    const stored = contents.namespaces[schema.namespace];
    if (stored === undefined) return { ...nothing, resumed };
    // It was back already.
    const isBack = before?.phase === "cleaning" && before.direction === "down";
    if (isBack && request.direction === "down") return { ...nothing, status: "upgraded", resumed };
    const counts = new RowCounts(lmdb, stored);
    const plan = planFor(schema, stored, request, (table) => counts.of(table));
    refuseProblems(schema.namespace, plan.problems);
    if (plan.changes.length === 0) return { ...nothing, status: resumed ? "upgraded" : "unchanged", resumed };
    const rows = await new Upgrade(lmdb, contents, stored, plan, counts).run(request);
    return { status: "upgraded", changes: plan.changes.map(({ description }) => description), rows, resumed };
  });
}

/** What {@link upgradeEmbedded} would do; changes nothing. @throws StoreLockedError, MigrationFailedError, ConsentError */
export async function planEmbedded(path: string, schema: Schema, request: UpgradeRequest): Promise<PlanReport> {
  const { direction = "up", now = Date.now } = request;
  const nothing = { direction, from: "", to: schema.fingerprint, tables: [], changes: [], problems: [] };
  if (!hasData(path)) return { ...nothing, status: "empty" };
  return onFolder(path, async (lmdb) => {
    const { namespaces, upgrade } = readContents(lmdb);
    if (upgrade !== undefined) return { ...nothing, status: "unfinished" };
    const stored = namespaces[schema.namespace];
    if (stored === undefined) return { ...nothing, status: "empty" };
    const counts = new RowCounts(lmdb, stored);
    const plan = planFor(schema, stored, request, (table) => counts.of(table));
    const problems: DataProblem[] = [];
    const tables: PlannedTable[] = [];
    for (const table of plan.tables) {
      const step = stepFor(table, () => 0);
      const rows = table.before === undefined ? 0 : counts.of(table.before.name);
      const writes =
        table.isCleared && rows > 0 ? "cleared" : !readsRows(step) ? "none" : table.isRewrite ? "rows" : "indexes";
      tables.push({ table: table.name, rows, writes });
      if (
        writes === "none" ||
        writes === "cleared" ||
        (writes === "indexes" && !step.built.some(({ unique }) => unique))
      )
        continue;
      const findings = await carry(lookOnly(carryingOf(lmdb, step, rows)), now(), request.onProgress);
      problems.push(...findings.problems);
    }
    return planReport(stored, plan, tables, problems);
  });
}

/**
 * Deletes what the last upgrade has kept for the way back. @returns whether there was anything.
 * @throws StoreLockedError
 */
export async function forgetEmbedded(path: string, namespace: string): Promise<boolean> {
  if (!hasData(path)) return false;
  return onFolder(path, (lmdb) => {
    finish(lmdb);
    const contents = readContents(lmdb);
    const stored = contents.namespaces[namespace];
    if (stored?.previous === undefined) return Promise.resolve(false);
    const { previous: _, ...after } = stored;
    change(lmdb, contents, { namespace, direction: "up" }, stored, after);
    return Promise.resolve(true);
  });
}

class Upgrade {
  readonly #lmdb: Lmdb;
  readonly #contents: Contents;
  readonly #stored: StoredSchema;
  readonly #plan: MigrationPlan;
  readonly #counts: RowCounts;

  constructor(lmdb: Lmdb, contents: Contents, stored: StoredSchema, plan: MigrationPlan, counts: RowCounts) {
    this.#lmdb = lmdb;
    this.#contents = contents;
    this.#stored = stored;
    this.#plan = plan;
    this.#counts = counts;
  }

  /** @returns how many rows were written or indexed. */
  async run(request: UpgradeRequest): Promise<number> {
    const { direction, wanted } = this.#plan;
    const made: number[] = [];
    const steps = this.#plan.tables.map((table) => stepFor(table, () => this.#newSpace(made)));
    writeNow(this.#lmdb, () => {
      saveContents(this.#lmdb, { ...this.#contents, upgrade: { phase: "building", spaces: made, direction } });
    });
    let rows: number;
    try {
      rows = await this.#build(steps, request);
    } catch (error) {
      // With nothing changed there is nothing to finish.
      if (isRefusal(error)) finish(this.#lmdb);
      throw error;
    }
    const tables = steps.flatMap(({ plan, after }) => (after === undefined ? [] : [[plan.name, after] as const]));
    const after = storedAfter(this.#plan, this.#stored, Object.fromEntries<StoredTable>(tables));
    change(this.#lmdb, this.#contents, { namespace: wanted.namespace, direction }, this.#stored, after);
    return rows;
  }

  /** @throws UpgradeRefusedError, MigrationFailedError */
  async #build(steps: readonly EmbeddedStep[], { now = Date.now, onProgress }: UpgradeRequest): Promise<number> {
    const started = now();
    const problems: DataProblem[] = [];
    let rows = 0;
    for (const step of steps) {
      if (!readsRows(step)) continue;
      const total = this.#counts.of(step.plan.before?.name ?? "");
      const findings = await carry(carryingOf(this.#lmdb, step, total), started, onProgress);
      problems.push(...findings.problems);
      rows += total;
    }
    refuseProblems(this.#plan.wanted.namespace, problems);
    return rows;
  }

  #newSpace(made: number[]): number {
    const space = this.#contents.nextSpace++;
    if (space >= MAX_SPACE) throw new Error(`the store has no number left: ${MAX_SPACE} were used`);
    made.push(space);
    return space;
  }
}

/** The new catalogue holds from here on; then what only the old one needed is deleted. */
function change(
  lmdb: Lmdb,
  contents: Contents,
  { namespace, direction }: { readonly namespace: string; readonly direction: Direction },
  before: StoredSchema,
  after: StoredSchema,
): void {
  const kept = new Set(spacesOf(after).flatMap(numbersOf));
  const spaces = spacesOf(before)
    .flatMap(numbersOf)
    .filter((space) => !kept.has(space));
  const { nextSpace, namespaces } = contents;
  writeNow(lmdb, () => {
    const next = { nextSpace, namespaces: { ...namespaces, [namespace]: after } };
    saveContents(lmdb, { ...next, upgrade: { phase: "cleaning", spaces, direction } });
  });
  finish(lmdb);
}

/** Ends an upgrade as far as it went: empties the spaces that nothing needs. @returns what there was of it. */
function finish(lmdb: Lmdb): UnfinishedUpgrade | undefined {
  const { upgrade, ...contents } = readContents(lmdb);
  if (upgrade === undefined) return undefined;
  for (const space of upgrade.spaces) emptySpace(lmdb, space);
  writeNow(lmdb, () => saveContents(lmdb, contents));
  return upgrade;
}

class RowCounts {
  readonly #lmdb: Lmdb;
  readonly #stored: StoredSchema;
  readonly #counts = new Map<string, number>();

  constructor(lmdb: Lmdb, stored: StoredSchema) {
    this.#lmdb = lmdb;
    this.#stored = stored;
  }

  of(table: string): number {
    const known = this.#counts.get(table);
    if (known !== undefined) return known;
    const space = this.#stored.tables[table]?.space;
    const count = space === undefined ? 0 : countRows(this.#lmdb, space);
    this.#counts.set(table, count);
    return count;
  }
}

function numbersOf({ rows, indexes }: TableSpaces): readonly number[] {
  return [rows, ...indexes];
}

/** Whether there is a store: looking for one must not make it. */
function hasData(path: string): boolean {
  return existsSync(join(path, "data.mdb"));
}

async function onFolder<T>(path: string, use: (lmdb: Lmdb) => Promise<T>): Promise<T> {
  const opened = openFolder(path);
  try {
    return await use(opened.lmdb);
  } finally {
    await opened.lmdb.flushed;
    await opened.close(true);
  }
}
