import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Schema } from "../../schema/schema.js";
import { StoreLockedError } from "../errors.js";
import type { DataProblem } from "../migration/changes.js";
import { isRefusal, UpgradeInterruptedError } from "../migration/errors.js";
import {
  interrupted,
  planFor,
  type PlanReport,
  planReport,
  refuseAll,
  refuseProblems,
  type StepBack,
  type UpgradeReport,
  type UpgradeRequest,
} from "../migration/request.js";
import { keptSpaces } from "../migration/stored-after.js";
import { nextUpgrade, unfinishedReport } from "../migration/next-upgrade.js";
import type { UnfinishedUpgrade } from "../migration/unfinished.js";
import { type PreviousSchema, stepsBack, withSteps } from "../schema/stored-schema.js";
import { type Contents, readContents, strangersIn, unfinishedOf } from "./catalogue.js";
import type { Lmdb } from "./lmdb.js";
import { type OpenFolder, openFolder } from "./open-folder.js";
import { rootCause } from "./write-error.js";
import { build, nextOf } from "./upgrade-build.js";
import { change, end, giveUp } from "./upgrade-end.js";
import { lookThrough, rowCounts } from "./upgrade-look.js";
import { bytesOf, countRows } from "./upgrade-steps.js";

const NOTHING: UpgradeReport = { status: "empty", changes: [], rows: 0, rowsBefore: 0, resumed: false };

/**
 * Brings the data in a folder to a schema, or back. What changes is written beside the old data, and the old data is
 * deleted once the new catalogue holds. When the process is killed, no store applies a schema before the next upgrade,
 * which goes on: with the rows behind the last ones that were written, when it is the same upgrade, or with what was
 * still to be deleted. The way back of one that was interrupted while it wrote is to delete what it has written.
 * @throws StoreLockedError while a server runs; UpgradeRefusedError, MigrationFailedError, ConsentError, NoWayBackError:
 * nothing was changed.
 */
export async function upgradeEmbedded(path: string, schema: Schema, request: UpgradeRequest): Promise<UpgradeReport> {
  if (!hasData(path)) return NOTHING;
  const { namespace } = schema;
  const { direction = "up" } = request;
  return onFolder(path, async (lmdb) => {
    const before = readContents(lmdb).upgrade;
    const resumed = before !== undefined;
    if (before?.phase === "cleaning") end(lmdb);
    const contents = readContents(lmdb);
    const stored = contents.namespaces[namespace];
    if (stored === undefined) {
      refuseProblems(namespace, strangers(lmdb, contents, namespace));
      return { ...NOTHING, resumed };
    }
    if (direction === "down" && before?.phase === "building" && before.direction === "up") {
      giveUp(lmdb);
      return { ...NOTHING, status: "undone", undone: "up", resumed };
    }
    // It was back already.
    if (direction === "down" && before?.phase === "cleaning" && before.direction === "down") {
      return { ...NOTHING, status: "upgraded", resumed };
    }
    const rowsOf = rowCounts(lmdb, stored);
    const plan = planFor(schema, stored, request, rowsOf);
    await refuseAll(plan, async () => (await lookThrough(lmdb, stored, plan, rowsOf, request)).problems);
    if (plan.changes.length === 0) {
      giveUp(lmdb);
      if (before?.phase === "building") return { ...NOTHING, status: "undone", undone: before.direction, resumed };
      return { ...NOTHING, status: resumed ? "upgraded" : "unchanged", resumed };
    }
    const { anew, rows, rowsBefore } = await orInterrupted(namespace, async () => {
      const built = await build({ lmdb, contents, stored, plan, request, rowsOf });
      change(lmdb, { namespace, direction }, built.after);
      await lmdb.flushed;
      return built;
    });
    const changes = plan.changes.map(({ description }) => description);
    return { status: "upgraded", changes, rows, rowsBefore, resumed, ...(anew === undefined ? {} : { anew }) };
  });
}

/** What {@link upgradeEmbedded} would do; changes nothing. @throws StoreLockedError, MigrationFailedError, ConsentError */
export async function planEmbedded(path: string, schema: Schema, request: UpgradeRequest): Promise<PlanReport> {
  const { direction = "up" } = request;
  const nothing = { direction, from: "", to: schema.fingerprint, tables: [], changes: [], problems: [] };
  if (!hasData(path)) return { ...nothing, status: "empty" };
  return onFolder(path, async (lmdb) => {
    const contents = readContents(lmdb);
    const stored = contents.namespaces[schema.namespace];
    if (contents.upgrade !== undefined) {
      const { upgrade } = contents;
      const unfinished = unfinishedOf(upgrade);
      const next = await nextUpgrade(request, unfinished, async (again) => {
        if (stored === undefined) return undefined;
        const rowsOf = rowCounts(lmdb, stored);
        const plan = planFor(schema, stored, again, rowsOf);
        await refuseAll(plan, async () => (await lookThrough(lmdb, stored, plan, rowsOf, again)).problems);
        if (plan.changes.length === 0) return { kind: "is undone" };
        return nextOf({ lmdb, contents, stored, plan, request: again, rowsOf });
      });
      return unfinishedReport(schema, unfinished, next);
    }
    if (stored === undefined) {
      const problems = strangers(lmdb, contents, schema.namespace);
      return { ...nothing, problems, status: problems.length > 0 ? "refused" : "empty" };
    }
    const rowsOf = rowCounts(lmdb, stored);
    const plan = planFor(schema, stored, request, rowsOf);
    const { tables, problems } = await lookThrough(lmdb, stored, plan, rowsOf, request);
    return planReport(stored, plan, tables, problems);
  });
}

/**
 * Deletes what is kept for the way back.
 * @param keep so many steps stay.
 * @returns whether there was anything. @throws StoreLockedError; UpgradeRefusedError when an upgrade was interrupted.
 */
export async function forgetEmbedded(path: string, namespace: string, keep = 0): Promise<boolean> {
  if (!hasData(path)) return false;
  return onFolder(path, (lmdb) => {
    const { upgrade, namespaces } = readContents(lmdb);
    if (upgrade?.phase === "building") return Promise.reject(interrupted(namespace, unfinishedOf(upgrade)));
    end(lmdb);
    const stored = namespaces[namespace];
    if (stored === undefined || stepsBack(stored).length <= keep) return Promise.resolve(false);
    const { previous, ...after } = stored;
    const left = withSteps(previous, keep);
    change(lmdb, { namespace, direction: "up" }, left === undefined ? after : { ...after, previous: left });
    return Promise.resolve(true);
  });
}

/** The steps that `--down` may go, and what is kept for them. @throws StoreLockedError */
export async function stepsOfEmbedded(path: string, namespace: string): Promise<readonly StepBack[]> {
  if (!hasData(path)) return [];
  return onFolder(path, (lmdb) => {
    const stored = readContents(lmdb).namespaces[namespace];
    return Promise.resolve(stored === undefined ? [] : stepsBack(stored).map((step) => stepBack(lmdb, step)));
  });
}

/** The upgrade that was interrupted, if one was. @throws StoreLockedError */
export async function unfinishedEmbedded(path: string): Promise<UnfinishedUpgrade | undefined> {
  if (!hasData(path)) return undefined;
  return onFolder(path, (lmdb) => {
    const { upgrade } = readContents(lmdb);
    return Promise.resolve(upgrade === undefined ? undefined : unfinishedOf(upgrade));
  });
}

function stepBack(lmdb: Lmdb, step: PreviousSchema): StepBack {
  const kept = keptSpaces(step).map(({ table, rows, indexes }) => ({
    table,
    rows: countRows(lmdb, rows),
    bytes: [rows, ...indexes].reduce((sum, space) => sum + bytesOf(lmdb, space), 0),
  }));
  return { schema: step.fingerprint, ...(step.at === undefined ? {} : { at: step.at }), kept };
}

/** What stands in the way where the data is of another namespace. */
function strangers(lmdb: Lmdb, contents: Contents, namespace: string): DataProblem[] {
  const description = strangersIn(lmdb, contents, namespace);
  return description === undefined ? [] : [{ component: namespace, description, allow: [] }];
}

/** @throws UpgradeInterruptedError when the database cannot be written; else what `run` throws. */
async function orInterrupted<T>(namespace: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isRefusal(error)) throw error;
    const cause = await rootCause(error);
    const isNumbered = cause instanceof Error && "code" in cause && typeof cause.code === "number";
    const reason = isNumbered
      ? `the folder cannot be written to (${cause.message}); is the disk full?`
      : cause instanceof Error
        ? (cause.stack ?? cause.message)
        : String(cause);
    throw new UpgradeInterruptedError(namespace, reason, cause);
  }
}

/** Whether there is a store: looking for one must not make it. */
function hasData(path: string): boolean {
  return existsSync(join(path, "data.mdb"));
}

/** @throws StoreLockedError, in the words of somebody who cannot go elsewhere. */
function openForUpgrade(path: string): OpenFolder {
  try {
    return openFolder(path);
  } catch (error) {
    throw error instanceof StoreLockedError ? new StoreLockedError(path, error.owner, "stop it first") : error;
  }
}

async function onFolder<T>(path: string, use: (lmdb: Lmdb) => Promise<T>): Promise<T> {
  const opened = openForUpgrade(path);
  try {
    return await use(opened.lmdb);
  } finally {
    await opened.lmdb.flushed;
    await opened.close(true);
  }
}
