import { carry } from "../migration/carry.js";
import type { DataProblem } from "../migration/changes.js";
import { isRefusal } from "../migration/errors.js";
import type { MigrationPlan } from "../migration/plan.js";
import { type BuildProgress, NOT_BEGUN, rowsCarried } from "../migration/progress.js";
import { refuseProblems, type UpgradeRequest } from "../migration/request.js";
import { GIVEN_UP, reachedNote, reasonAnew, type ResumeNote, upgradeKey } from "../migration/resume.js";
import { notedOptions } from "../migration/next-upgrade.js";
import { storedAfter } from "../migration/stored-after.js";
import type { StoredSchema, StoredTable } from "../schema/stored-schema.js";
import { type BuildState, type Contents, saveContents } from "./catalogue.js";
import { MAX_SPACE } from "./key-space.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { META_UPGRADE, readText, textValue } from "./meta.js";
import { giveUp } from "./upgrade-end.js";
import { carryingOf, type EmbeddedStep, readsRows, stepFor } from "./upgrade-steps.js";

/** What the writing of the new rows takes. */
export interface EmbeddedBuild {
  readonly lmdb: Lmdb;
  readonly contents: Contents;
  readonly stored: StoredSchema;
  readonly plan: MigrationPlan;
  readonly request: UpgradeRequest;
  /** Rows of a stored table. */
  readonly rowsOf: (table: string) => number;
}

export interface Built {
  /** What the catalogue is to have. */
  readonly after: StoredSchema;
  readonly rows: number;
  readonly rowsBefore: number;
  readonly anew: string | undefined;
}

/**
 * Writes new rows and indexes beside the old ones. What an interrupted upgrade has written counts, when it was the same
 * one; otherwise it is deleted.
 * @throws UpgradeRefusedError, MigrationFailedError: what was written is deleted.
 */
export async function build(work: EmbeddedBuild): Promise<Built> {
  const { lmdb, contents, plan, request } = work;
  const left = leftFor(work);
  if (left?.layout !== undefined) return write(work, left.layout, left.started);
  const anew = left?.anew;
  if (anew !== undefined) {
    request.onResume?.({ kind: "begins anew", reason: anew });
    giveUp(lmdb);
  }
  const started = (request.now ?? Date.now)();
  const { upgrade: _, ...fresh } = contents;
  const layout = layoutOf({ ...work, contents: fresh }, started);
  const state: BuildState = { namespace: plan.wanted.namespace, key: layout.key, started };
  writeNow(lmdb, () => {
    const { spaces, nextSpace } = layout;
    const { direction } = plan;
    saveContents(lmdb, {
      ...fresh,
      nextSpace,
      upgrade: { phase: "building", spaces, direction, options: notedOptions(request), build: state },
    });
    void lmdb.remove(META_UPGRADE);
  });
  return { ...(await write(work, layout, started)), anew };
}

/** What {@link build} would do about an upgrade that was interrupted; nothing is written. */
export function nextOf(work: EmbeddedBuild): ResumeNote | undefined {
  const left = leftFor(work);
  if (left === undefined) return undefined;
  if (left.anew !== undefined) return { kind: "begins anew", reason: left.anew };
  const steps = left.layout.steps.map((step) => ({ ...step, isRead: readsRows(step) }));
  return reachedNote(
    steps.map(({ plan: { name, before }, isRead }) =>
      isRead ? { table: name, total: work.rowsOf(before?.name ?? "") } : undefined,
    ),
    progressOf(work.lmdb),
  );
}

/** What an interrupted upgrade has left that this one goes on with, or why it does not; `undefined`: there was none. */
function leftFor(
  work: EmbeddedBuild,
):
  | { readonly layout: BuildLayout; readonly started: number; readonly anew?: undefined }
  | { readonly layout?: undefined; readonly anew: string }
  | undefined {
  const { contents, plan } = work;
  const { upgrade } = contents;
  if (upgrade === undefined) return undefined;
  const { build: state, spaces } = upgrade;
  if (state === undefined) return { anew: GIVEN_UP };
  if (state.namespace !== plan.wanted.namespace) return { anew: "the interrupted one was of another namespace" };
  const layout = layoutOf(work, state.started, spaces);
  const anew = reasonAnew(state.key, layout.key);
  return anew === undefined ? { layout, started: state.started } : { anew };
}

function progressOf(lmdb: Lmdb): BuildProgress {
  return JSON.parse(readText(lmdb, META_UPGRADE) ?? "{}") as BuildProgress;
}

/** Where everything is written to, and what is true once it is. */
interface BuildLayout {
  readonly steps: readonly EmbeddedStep[];
  /** Numbers that the steps have used. */
  readonly spaces: readonly number[];
  readonly nextSpace: number;
  readonly after: StoredSchema;
  readonly key: ReturnType<typeof upgradeKey>;
}

/** @param spaces numbers to be used first: those of an interrupted upgrade. */
function layoutOf(work: EmbeddedBuild, started: number, spaces: readonly number[] = []): BuildLayout {
  const { contents, stored, plan } = work;
  const made: number[] = [];
  let { nextSpace } = contents;
  const newSpace = (): number => {
    const space = spaces[made.length] ?? nextSpace++;
    if (space >= MAX_SPACE) throw new Error(`the store has no number left: ${MAX_SPACE} were used`);
    made.push(space);
    return space;
  };
  const steps = plan.tables.map((table) => stepFor(table, newSpace));
  const tables = steps.flatMap((step) => (step.after === undefined ? [] : [[step.plan.name, step.after] as const]));
  const after = storedAfter(plan, stored, Object.fromEntries<StoredTable>(tables), started);
  const key = upgradeKey(plan, stored, [after, started], work.request.version);
  return { steps, spaces: made, nextSpace, after, key };
}

async function write(work: EmbeddedBuild, { steps, after }: BuildLayout, started: number): Promise<Built> {
  const { lmdb, plan, request, rowsOf } = work;
  const before = progressOf(lmdb);
  const progress: Record<number, BuildProgress[number]> = { ...before };
  const problems: DataProblem[] = [];
  try {
    for (const [number, step] of steps.entries()) {
      if (!readsRows(step)) continue;
      const table = step.plan.name;
      const total = rowsOf(step.plan.before?.name ?? "");
      const begun = before[number] ?? NOT_BEGUN;
      if (begun.rows > 0) request.onResume?.({ kind: "goes on", table, rows: begun.rows, total });
      const carrying = carryingOf(lmdb, step, work.stored, total, (now) => {
        progress[number] = now;
        void lmdb.put(META_UPGRADE, textValue(JSON.stringify(progress)));
      });
      problems.push(...(await carry(carrying, started, request, begun)).problems);
    }
    refuseProblems(plan.wanted.namespace, problems);
  } catch (error) {
    // With nothing changed there is nothing to finish.
    if (isRefusal(error)) giveUp(lmdb);
    throw error;
  }
  const rowsBefore = rowsCarried(before);
  return { after, rows: rowsCarried(progress) - rowsBefore, rowsBefore, anew: undefined };
}
