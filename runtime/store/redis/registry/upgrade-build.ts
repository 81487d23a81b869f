import { carry } from "../../migration/carry.js";
import type { DataProblem } from "../../migration/changes.js";
import { Findings } from "../../migration/findings.js";
import { type BuildProgress, NOT_BEGUN, rowsCarried, type StepProgress } from "../../migration/progress.js";
import { refuseProblems, type UpgradeRequest } from "../../migration/request.js";
import type { RedisLink } from "../link.js";
import { numberOf } from "./replies.js";
import { carryingOf, countRows, findDuplicates, type KeyPlace, oldRowsOf, writeRows } from "./row-copy.js";
import { UPGRADE_PARTITION } from "./scripts.js";
import type { StoredCatalogue, StoredPartition } from "./stored-catalogue.js";
import { UpgradeRowsLostError, UpgradeTableDamagedError } from "./upgrade-errors.js";
import { type CopyStep, placing, type UpgradePlan } from "./upgrade-plan.js";
import type { PlacedKey, UpgradeTurn } from "./upgrade-turn.js";

/** What the writing of the new rows takes. */
export interface RedisBuild {
  readonly tag: string;
  readonly link: (backend: string | undefined) => RedisLink;
  readonly turn: UpgradeTurn;
  readonly plan: UpgradePlan;
  readonly namespace: string;
  /** The data as it is. */
  readonly stored: StoredCatalogue;
  /** Those of before and those of afterwards. */
  readonly partitions: readonly StoredPartition[];
  /** Milliseconds since 1970 UTC. */
  readonly started: number;
  readonly request: UpgradeRequest;
  /** How far an upgrade came that was interrupted. */
  readonly before: BuildProgress;
}

/** Ways to the keys of an upgrade. */
export function placesOf(link: (backend: string | undefined) => RedisLink): (key: PlacedKey) => KeyPlace {
  return ([backend, key]) => ({ link: link(backend ?? undefined), key });
}

/**
 * Writes new rows and indexes beside the old ones, and sees to it that they are there.
 * @returns rows that were copied or indexed, without those of `before`.
 * @throws UpgradeRefusedError, MigrationFailedError, UpgradeRowsLostError, UpgradeTableDamagedError, UpgradeTurnLostError
 */
export async function build(work: RedisBuild): Promise<number> {
  const { turn, plan, started, request, before, link } = work;
  const placeOf = placesOf(link);
  const versions = await takePartitions(work, turn.token);
  const old = oldRowsOf(work.stored, work.namespace, work.tag, placeOf);
  const progress: Record<number, StepProgress> = { ...before };
  const problems: DataProblem[] = [];
  // A note is on its way while the next rows are read.
  let noted: Promise<void> = Promise.resolve();
  for (const [number, step] of plan.steps.entries()) {
    const table = step.plan.name;
    const total = await countRows(placeOf(step.from));
    if (total === 0) continue;
    const begun = before[number] ?? NOT_BEGUN;
    if (begun.rows > 0) request.onResume?.({ kind: "goes on", table, rows: begun.rows, total });
    const carrying = {
      ...carryingOf(step, placeOf, old, total, versions.get(step.partition) ?? 0),
      async write(...[rows, , now]: Parameters<Parameters<typeof carry>[0]["write"]>) {
        const reached = now();
        await writeRows(step, placeOf, rows, turn.token);
        await noted;
        progress[number] = reached;
        noted = turn.noteProgress(progress);
        noted.catch(() => undefined);
      },
    };
    const carried = await carry(carrying, started, request, begun);
    await noted;
    problems.push(...carried.problems);
    if (carried.progress.rows !== total) throw new UpgradeTableDamagedError(table, total, carried.progress.rows);
  }
  for (const { plan: table, index, key } of plan.checks) {
    const findings = new Findings(table);
    await findDuplicates(index, placeOf(key), findings);
    problems.push(...findings.problems);
  }
  refuseProblems(work.namespace, problems);
  for (const [number, step] of plan.steps.entries()) await checkWritten(step, progress[number], work);
  // Nothing that was sent and is late may be written where servers are soon.
  await takePartitions(work, "");
  return rowsCarried(progress) - rowsCarried(before);
}

/** @param token whose rows the partitions take; empty: nobody's. @returns the positions of the partitions. */
export async function takePartitions(
  { tag, link, partitions }: Pick<RedisBuild, "tag" | "link" | "partitions">,
  token: string,
): Promise<ReadonlyMap<number, number>> {
  const positions = new Map<number, number>();
  const placed = placing(partitions, tag);
  for (const { number } of partitions) {
    if (positions.has(number)) continue;
    const [backend, meta] = placed(number, "m");
    positions.set(number, numberOf(await link(backend ?? undefined).run(UPGRADE_PARTITION, [meta], [token])));
  }
  return positions;
}

/** A Redis that was started again, or a replica that took over, may have less than was written. */
async function checkWritten(step: CopyStep, progress: StepProgress | undefined, work: RedisBuild): Promise<void> {
  // Where rows join others, some were left out.
  const isJoined = work.plan.steps.some(({ to, isMerge }) => isMerge && String(to) === String(step.to));
  if (progress === undefined || (isJoined && step.to !== undefined)) return;
  const placeOf = placesOf(work.link);
  const count = async (key: PlacedKey, command: "HLEN" | "ZCARD"): Promise<void> => {
    const { link, key: name } = placeOf(key);
    const found = numberOf(await link.command(command, name, []));
    if (found !== progress.written) throw new UpgradeRowsLostError(step.plan.name, progress.written, found);
  };
  if (step.to !== undefined) await count(step.to, "HLEN");
  if (step.ids !== undefined) await count(step.ids, "ZCARD");
  for (const { to } of step.indexes) await count(to, "ZCARD");
}
