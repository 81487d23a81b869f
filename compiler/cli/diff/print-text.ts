import { type Change, effects, type Effect, worstEffect } from "../../diff/change.js";
import { painter, type Painter } from "../../diagnostics/print/colors.js";
import { showLine } from "../../diagnostics/print/source-line.js";
import type { Severity } from "../../diagnostics/severity.js";
import type { Span } from "../../source/span.js";
import type { PlacedChange } from "./compare.js";

export interface DiffTextOptions {
  readonly color: boolean;
  /** Columns that a line of source may take. */
  readonly width: number;
  /** Whether a change has been accepted. */
  isAccepted(change: PlacedChange): boolean;
}

const COLORS: Readonly<Record<Effect, Severity>> = {
  safe: "hint",
  "breaks clients": "warning",
  "needs a migration": "warning",
  "loses data": "error",
};

/** Changes for people, the worst first, under a heading for each effect. Ends with a line break when there are any. */
export function printChanges(changes: readonly PlacedChange[], options: DiffTextOptions): string {
  const paint = painter(options.color);
  const groups = [...effects].reverse().map((effect) => {
    const found = changes.filter(({ change }) => worstEffect(change) === effect);
    if (found.length === 0) return [];
    const heading = paint.severity(COLORS[effect], `${effect} (${found.length})`);
    return [[heading, ...found.flatMap((each) => ["", ...render(each, effect, paint, options)])].join("\n")];
  });
  const text = groups.flat().join("\n\n");
  return text === "" ? "" : `${text}\n`;
}

/** `2 lose data, 1 breaks clients, 3 safe`. */
export function countEffects(changes: readonly PlacedChange[]): string {
  const counts = [...effects].reverse().flatMap((effect) => {
    const count = changes.filter(({ change }) => worstEffect(change) === effect).length;
    return count === 0 ? [] : [`${count} ${verb(effect, count)}`];
  });
  return counts.join(", ");
}

function verb(effect: Effect, count: number): string {
  if (count === 1 || effect === "safe") return effect;
  return effect.replace(/^(break|need|lose)s/, "$1");
}

function render(
  { change, span }: PlacedChange,
  group: Effect,
  paint: Painter,
  options: DiffTextOptions,
): readonly string[] {
  const { kind, message, why, help, id } = change;
  const line = span === undefined ? 1 : span.file.displayPosition(span.start).line;
  const indent = " ".repeat(String(line).length);
  const note = (name: string, text: string): string => `${indent} ${paint.gutter("=")} ${paint.bold(name)}: ${text}`;
  const isSafe = group === "safe";
  const others = change.effects.filter((effect) => effect !== group);
  const also = others.length === 0 ? "" : ` (also ${others.join(", ")})`;
  const accepted = options.isAccepted({ change });
  return [
    `${paint.severity(COLORS[group], kind)}${paint.bold(`: ${subjectText(change)}: ${message}${also}`)}`,
    ...(span === undefined || isSafe ? [] : excerpt(span, indent, paint, options.width)),
    ...(isSafe ? [] : [note("why", why), note("help", help), note("accept", accepted ? `${id} (accepted)` : id)]),
  ];
}

/** `column Item.kind of shop`; a namespace is of nothing. */
export function subjectText({ subject, namespace, place }: Change): string {
  return place.kind === "namespace" && subject === `namespace ${namespace}` ? subject : `${subject} of ${namespace}`;
}

function excerpt({ file, start, end }: Span, indent: string, paint: Painter, width: number): readonly string[] {
  const { line, column } = file.displayPosition(start);
  const bar = paint.gutter("|");
  const shown = showLine(file, line, start, width);
  const from = shown.columnOf(start);
  const marks = "^".repeat(Math.max(1, shown.columnOf(Math.min(end, file.lineEnd(line))) - from));
  return [
    `${indent}${paint.gutter("-->")} ${file.path}:${line}:${column}`,
    `${indent} ${bar}`,
    `${paint.gutter(String(line))} ${bar} ${shown.text}`.trimEnd(),
    `${indent} ${bar} ${" ".repeat(from)}${marks}`,
  ];
}
