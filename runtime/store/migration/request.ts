import type { Schema } from "../../schema/schema.js";
import type { StoredSchema } from "../schema/stored-schema.js";
import type { UpgradeProgress } from "./carry.js";
import type { DataChange, DataProblem } from "./changes.js";
import { type Consents, ConsentError, NO_CONSENTS, type UnusedConsent } from "./consents.js";
import { isRefusal, NoWayBackError, UpgradeRefusedError } from "./errors.js";
import type { NamedMigration } from "./migration.js";
import { type MigrationPlan, planMigration } from "./plan.js";
import type { Direction } from "./table-plan.js";
import type { ResumeNote } from "./resume.js";
import { type UnfinishedReport, type UnfinishedUpgrade, waysOut } from "./unfinished.js";
import { type WantedSchema, wantedBefore, wantedOf } from "./wanted.js";

/** What an upgrade is asked for, on any store. */
export interface UpgradeRequest {
  readonly consents?: Consents;
  /** All of the project. */
  readonly migrations?: readonly NamedMigration[];
  /** `down`: back to what the last upgrade has found. Default `up`: to the schema. */
  readonly direction?: Direction;
  /** Several instances get the same consents, so those that one has no use for are no mistake. */
  readonly isOneOfSeveral?: boolean;
  readonly onProgress?: (progress: UpgradeProgress) => void;
  /** Milliseconds that a migration may take for a row; default 30,000. */
  readonly patience?: number;
  /** Told of an upgrade that was interrupted while it wrote: that it goes on at a table, or why it begins anew. */
  readonly onResume?: (note: ResumeNote) => void;
  /** On Redis: told that another one is under way, or was killed a moment ago, and for how many milliseconds its turn lasts. */
  readonly onWait?: (ms: number) => void;
  /** Of hetu: another one does not go on where this one was interrupted. */
  readonly version?: string;
  /** Milliseconds since 1970, for columns with the default `now`. */
  readonly now?: () => number;
}

/** What an upgrade has done. */
export interface UpgradeReport {
  /**
   * `empty`: there is no data yet, and the first server makes what it needs; `undone`: an upgrade was interrupted while
   * it wrote, and the data is as it was.
   */
  readonly status: "empty" | "unchanged" | "upgraded" | "undone";
  /** What was done; one sentence each. */
  readonly changes: readonly string[];
  /** Rows that were copied or indexed, without those of {@link rowsBefore}. */
  readonly rows: number;
  /** Rows that an upgrade had copied or indexed before it was interrupted, and that count. */
  readonly rowsBefore: number;
  /** An upgrade that was interrupted was ended. */
  readonly resumed: boolean;
  /** Why what an interrupted upgrade had written was thrown away; the end of a sentence. */
  readonly anew?: string;
  /** Of `undone`: which way the interrupted one went. */
  readonly undone?: Direction;
}

/** What an upgrade would do. */
export interface PlanReport {
  /** `unfinished`: one that was interrupted has to be ended first, by running it. */
  readonly status: "empty" | "unchanged" | "possible" | "refused" | "unfinished";
  readonly direction: Direction;
  /** Fingerprints of the schema of the data, and of that which it would have. */
  readonly from: string;
  readonly to: string;
  readonly tables: readonly PlannedTable[];
  readonly changes: readonly DataChange[];
  /** Empty: it can be done. */
  readonly problems: readonly DataProblem[];
  /** Of `unfinished`. */
  readonly unfinished?: UnfinishedReport;
}

export interface PlannedTable {
  readonly table: string;
  readonly rows: number;
  /**
   * `rows`: all are written anew; `indexes`: some indexes are built; `none`: only what is noted of it changes;
   * `cleared`: it is volatile, and its rows go.
   */
  readonly writes: "rows" | "indexes" | "none" | "cleared";
}

/** A schema that `hetu upgrade --down` may go back to. */
export interface StepBack {
  /** Its fingerprint. */
  readonly schema: string;
  /** When it was left, in milliseconds since 1970 UTC. */
  readonly at?: number;
  /** Rows of then that lie beside those of now. */
  readonly kept: readonly { readonly table: string; readonly rows: number; readonly bytes: number }[];
}

/** What cannot be done before an upgrade is finished. */
export function interrupted(namespace: string, unfinished: UnfinishedUpgrade): UpgradeRefusedError {
  const description = `an upgrade was interrupted:\n${waysOut(unfinished, "hetu upgrade").replace(/^/gm, "  ")}`;
  return new UpgradeRefusedError(namespace, [{ component: "", description, allow: [] }]);
}

/**
 * The schema that is to be reached.
 * @throws NoWayBackError
 */
export function wantedBy(schema: Schema, stored: StoredSchema | undefined, direction: Direction = "up"): WantedSchema {
  if (direction === "up") return wantedOf(schema, stored);
  const before = stored === undefined ? undefined : wantedBefore(schema.namespace, stored);
  if (before === undefined) throw new NoWayBackError(schema.namespace);
  return before;
}

/**
 * As `planMigration`, for a request.
 * @throws ConsentError when something is allowed that does not happen; NoWayBackError.
 */
export function planFor(
  schema: Schema,
  stored: StoredSchema | undefined,
  { consents = NO_CONSENTS, migrations = [], direction = "up", isOneOfSeveral = false }: UpgradeRequest,
  rowsOf: (table: string) => number,
): MigrationPlan {
  const plan = planMigration(stored, wantedBy(schema, stored, direction), { consents, migrations, direction, rowsOf });
  if (plan.unused.length > 0 && !isOneOfSeveral) throw new ConsentError(unusedText(plan.unused));
  return plan;
}

function unusedText(unused: readonly UnusedConsent[]): string {
  const lines = unused.map(({ option, meant }) => {
    const help = meant === undefined ? "look with --plan, and take it away" : `did you mean ${meant}?`;
    return `${option} allows what is not about to happen: ${help}`;
  });
  return lines.join("\n");
}

/** @throws UpgradeRefusedError */
export function refuseProblems(namespace: string, problems: readonly DataProblem[]): void {
  if (problems.length > 0) throw new UpgradeRefusedError(namespace, problems);
}

/**
 * Refuses a plan with all that stands in its way, what the rows have against it as well.
 * @param look what the rows have; it is not asked where nothing else stands in the way.
 * @throws UpgradeRefusedError
 */
export async function refuseAll(
  { wanted, problems }: Pick<MigrationPlan, "wanted" | "problems">,
  look: () => Promise<readonly DataProblem[]>,
): Promise<void> {
  if (problems.length === 0) return;
  const rows = await look().catch((error: unknown) => {
    // A migration that fails is told of once it is its turn.
    if (isRefusal(error)) return [];
    throw error;
  });
  refuseProblems(wanted.namespace, [...problems, ...rows]);
}

export function planReport(
  stored: StoredSchema | undefined,
  plan: MigrationPlan,
  tables: readonly PlannedTable[],
  problems: readonly DataProblem[],
): PlanReport {
  const { wanted, direction, changes } = plan;
  const all = [...plan.problems, ...problems];
  const isSame = changes.length === 0 && all.length === 0;
  return {
    status: stored === undefined ? "empty" : isSame ? "unchanged" : all.length > 0 ? "refused" : "possible",
    direction,
    from: stored?.fingerprint ?? "",
    to: wanted.fingerprint,
    tables,
    changes,
    problems: all,
  };
}
