import { problemText } from "../store/migration/errors.js";
import type { PlanReport, StepBack, UpgradeReport } from "../store/migration/request.js";
import type { ResumeNote } from "../store/migration/resume.js";
import {
  type NextUpgrade,
  type UnfinishedReport,
  type UnfinishedUpgrade,
  waysOut,
} from "../store/migration/unfinished.js";

/** How much of a change is written, for people. */
const WRITES = {
  rows: "all written anew",
  indexes: "indexes are built, the rows stay",
  none: "no row is written",
  cleared: "emptied, since it is volatile",
} as const;

/** What somebody has asked for, and of which data. */
export interface Asked {
  /** A folder, or the address of a Redis. */
  readonly store: string;
  /** That means this data, without what is to be done. */
  readonly command: string;
  readonly isDown: boolean;
  /** Nothing was allowed, nor `--down`. */
  readonly isPlain: boolean;
  /** What has to be known to type the command; empty: nothing. */
  readonly note: string;
}

/** What `hetu upgrade --plan` says. */
export function planText(instance: string, report: PlanReport, asked: Asked): string {
  const { status, direction, from, to, tables, changes, problems, unfinished } = report;
  if (status === "empty") return emptyText(instance, asked);
  if (status === "unchanged") return `the data of ${instance} fits the schema`;
  if (unfinished !== undefined) return unfinishedText(instance, unfinished, asked);
  const goal = direction === "up" ? "the schema" : "what it was before the last upgrade";
  const lines = [`to bring the data of ${instance} to ${goal} (${short(from)} to ${short(to)}):`];
  const cleared = tables.filter(({ writes }) => writes === "cleared").map(({ table }) => table);
  const names = [...new Set([...changes.map(({ component }) => component), ...cleared])];
  for (const name of names) {
    const table = tables.find((each) => each.table === name);
    const rows =
      table === undefined
        ? ""
        : ` (${counted(table.rows)}, ${table.rows === 0 ? "nothing to write" : WRITES[table.writes]})`;
    lines.push(`  ${name}${rows}`);
    for (const change of changes) if (change.component === name) lines.push(`    - ${change.description}`);
  }
  if (problems.length > 0) lines.push("in the way:", ...problems.map((problem) => problemText(problem)));
  lines.push(
    problems.length > 0 ? "nothing was changed" : "nothing was changed yet: hetu upgrade with the same options does it",
  );
  return lines.join("\n");
}

function emptyText(instance: string, { store }: Asked): string {
  return `${instance} has no data yet in ${store}: the first server makes what it needs`;
}

function unfinishedText(instance: string, unfinished: UnfinishedReport, asked: Asked): string {
  const { phase, direction, next } = unfinished;
  const what = phase === "resetting" ? "a reset" : direction === "up" ? "an upgrade" : "an upgrade with --down";
  const lines = [`${what} of ${instance} is not finished:`, waysOut(unfinished, asked.command) + asked.note];
  if (phase !== "building") return lines.join("\n");
  const so = asked.isPlain ? "with the options that it had" : "with the options that were given here";
  const becomes = next === undefined ? "begins with the first row: none is written yet" : nextText(next);
  return [...lines, `run again ${so} it ${becomes}`].join("\n");
}

function nextText(next: NextUpgrade): string {
  switch (next.kind) {
    case "goes on":
      return `goes on at row ${next.rows} of ${next.total} of ${next.table}`;
    case "begins anew":
      return `begins anew: ${next.reason}`;
    case "is undone":
      return "is undone: what was written is deleted, and the data is as it was";
    case "is refused":
      return `is refused: ${next.reason}`;
  }
}

/** What `hetu upgrade` says when it has ended well. */
export function reportText(
  instance: string,
  { status, changes, rows, rowsBefore, resumed, anew, undone }: UpgradeReport,
  asked: Asked,
): string {
  const { isDown } = asked;
  const isOver = resumed
    ? `; an upgrade that was interrupted ${anew === undefined ? "is finished" : "has begun anew"}`
    : "";
  const after = `${rowsBefore > 0 ? `, ${counted(rowsBefore)} before` : ""}${isOver}`;
  const goal = isDown ? "is as the last upgrade has found it" : "fits the schema now";
  const lines = {
    empty: emptyText(instance, asked) + after,
    unchanged: `the data of ${instance} fits the schema${after}`,
    undone:
      undone === "down"
        ? `the way back that was interrupted is given up: the data of ${instance} is as it was before it, and fits the schema`
        : `the data of ${instance} is as it was before the upgrade that was interrupted`,
    upgraded: `the data of ${instance} ${goal}; ${counted(rows)} ${rows === 1 ? "was" : "were"} written${after}`,
  };
  return [lines[status], ...changes.map((change) => `  - ${change}`)].join("\n");
}

/** What `hetu upgrade --list` says. */
export function stepsText(instance: string, steps: readonly StepBack[], unfinished?: UnfinishedUpgrade): string {
  const text = stepsOnRecord(instance, steps);
  return unfinished === undefined ? text : `${text}\n${unfinishedFirst(unfinished)}`;
}

/** What an upgrade that is not finished has to do with steps back. */
function unfinishedFirst({ phase, direction }: UnfinishedUpgrade): string {
  if (phase === "resetting")
    return "a reset is not finished: all data is being deleted, and nothing is left to go back to";
  const what = direction === "up" ? "an upgrade" : "an upgrade with --down";
  if (phase === "cleaning") {
    const rest =
      direction === "up" ? "--down deletes the rest first" : "--down deletes the rest, and goes no step back";
    return `${what} is not finished: the schema that it leads to holds already; ${rest}`;
  }
  return direction === "up"
    ? `${what} is not finished: --down undoes that one first, and goes no step back`
    : `${what} is not finished: --down goes on with that one first; hetu upgrade --plan tells how`;
}

function stepsOnRecord(instance: string, steps: readonly StepBack[]): string {
  if (steps.length === 0) return `${instance}: there is no step back; hetu upgrade, and what a start adds, make them`;
  const lines = steps.map(({ schema, at, kept }, i) => {
    const when = at === undefined ? "" : `, left at ${new Date(at).toISOString()}`;
    const rows = kept.map(({ table, rows: count, bytes }) => `${table} (${counted(count)}, ${sized(bytes)})`);
    return `  ${i + 1}. schema ${short(schema)}${when}; kept: ${rows.length === 0 ? "no rows" : rows.join(", ")}`;
  });
  const all = steps.flatMap(({ kept }) => kept).reduce((sum, { bytes }) => sum + bytes, 0);
  const count = steps.length === 1 ? "1 step" : `${steps.length} steps`;
  return [`${instance}: hetu upgrade --down can go ${count} back; ${sized(all)} are kept for it`, ...lines].join("\n");
}

function sized(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ""}`;
}

/** What becomes of an upgrade that was interrupted while it wrote. */
export function resumeText(note: ResumeNote): string {
  return note.kind === "goes on"
    ? `${note.table}: goes on at row ${note.rows} of ${note.total}, where an upgrade was interrupted`
    : `an upgrade was interrupted, and this one begins anew: ${note.reason}`;
}

function short(fingerprint: string): string {
  return fingerprint === "" ? "none" : fingerprint.slice(0, 12);
}

function counted(rows: number): string {
  return rows === 1 ? "1 row" : `${rows} rows`;
}
