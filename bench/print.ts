import type { Row } from "./row.js";

const HEADINGS = ["what", "measured", "limit", "ratio", "aim", "", "note"] as const;

/** The rows as a table for people. */
export function printTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${number(row.value)} ${row.unit}`,
    row.limit === undefined ? "" : number(row.limit),
    row.ratio === undefined ? "" : row.ratio.toFixed(2),
    row.aim ?? "",
    row.aim === undefined ? "" : meets(row) ? "ok" : "MISSED",
    row.note ?? "",
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column]!.length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, column) =>
        column === 1 || column === 2 || column === 3 ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return [line(HEADINGS), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

/** Whether the row keeps its aim: a bound on `ratio`, or on `value` where there is none. */
export function meets(row: Row): boolean {
  const match = /^(≥|<) (\d+(?:\.\d+)?)/.exec(row.aim ?? "");
  if (match === null) return true;
  const measured = row.ratio ?? row.value;
  return match[1] === "≥" ? measured >= Number(match[2]) : measured < Number(match[2]);
}

function number(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
