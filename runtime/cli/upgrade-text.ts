import { problemText } from "../store/migration/errors.js";
import type { PlanReport, StepBack, UpgradeReport } from "../store/migration/request.js";
import type { ResumeNote } from "../store/migration/resume.js";

/** How much of a change is written, for people. */
const WRITES = {
  rows: "all written anew",
  indexes: "indexes are built, the rows stay",
  none: "no row is written",
  cleared: "emptied, since it is volatile",
} as const;

/** What `hetu upgrade --plan` says. */
export function planText(instance: string, report: PlanReport): string {
  const { status, direction, from, to, tables, changes, problems } = report;
  if (status === "empty") return `${instance} has no data yet: the first server makes what it needs`;
  if (status === "unchanged") return `the data of ${instance} fits the schema`;
  if (status === "unfinished") {
    return (
      `an upgrade of ${instance} was interrupted: run hetu upgrade again, with the options that it had, and it goes on; ` +
      "or undo it with hetu upgrade --down"
    );
  }
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

/** What `hetu upgrade` says when it has ended well. */
export function reportText(
  instance: string,
  { status, changes, rows, rowsBefore, resumed, anew }: UpgradeReport,
  isDown: boolean,
): string {
  const isOver = resumed
    ? `; an upgrade that was interrupted ${anew === undefined ? "is finished" : "has begun anew"}`
    : "";
  const after = `${rowsBefore > 0 ? `, ${counted(rowsBefore)} before` : ""}${isOver}`;
  const goal = isDown ? "is as the last upgrade has found it" : "fits the schema now";
  const lines = {
    empty: `${instance} has no data yet: the first server makes what it needs${after}`,
    unchanged: `the data of ${instance} fits the schema${after}`,
    undone: `the data of ${instance} is as it was before the upgrade that was interrupted`,
    upgraded: `the data of ${instance} ${goal}; ${counted(rows)} ${rows === 1 ? "was" : "were"} written${after}`,
  };
  return [lines[status], ...changes.map((change) => `  - ${change}`)].join("\n");
}

/** What `hetu upgrade --list` says. */
export function stepsText(instance: string, steps: readonly StepBack[]): string {
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
