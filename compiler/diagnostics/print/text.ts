import type { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import { painter, type Painter } from "./colors.js";
import { showLine } from "./source-line.js";

export interface TextOptions {
  /** Whether to colour with ANSI escapes. */
  readonly color?: boolean;
  /** Columns that a line of source may take before it is cut; 120 when left out. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;

/** `^` for the problem itself, `-` for what is related to it. */
type Sign = "^" | "-";

interface Place {
  readonly span: Span;
  readonly sign: Sign;
  readonly label: string;
}

/** A stretch of one line to be underlined. */
interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly sign: Sign;
  readonly label: string;
}

/**
 * Diagnostics for people: what is wrong, where, the source with the place underlined, related places, and what to do.
 * Columns count code points from 1. Ends with a line break, unless there is nothing to print.
 */
export function printText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  const paint = painter(options.color ?? false);
  const width = options.width ?? DEFAULT_WIDTH;
  return diagnostics.map((diagnostic) => `${render(diagnostic, paint, width).join("\n")}\n`).join("\n");
}

/** `2 errors, 1 warning`: the last line of a run; empty when there is nothing to count. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const severities: readonly Severity[] = ["error", "warning", "hint"];
  return severities
    .map((severity) => ({ severity, count: diagnostics.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}

function render(diagnostic: Diagnostic, paint: Painter, width: number): readonly string[] {
  const { code, severity, message, span, help, related = [] } = diagnostic;
  const places: readonly Place[] = [
    { span, sign: "^", label: "" },
    ...related.map((each): Place => ({ span: each.span, sign: "-", label: each.message })),
  ];
  const files = [...new Set(places.map((place) => place.span.file))];
  const blocks = files.map((file) => ({
    file,
    marks: places.filter((place) => place.span.file === file).flatMap(marksOf),
  }));
  const gutter = String(Math.max(...blocks.flatMap(({ marks }) => marks.map(({ line }) => line)))).length;
  const bar = `${" ".repeat(gutter)} ${paint.gutter("|")}`;
  const lines = [`${paint.severity(severity, `${severity}[${code}]`)}${paint.bold(`: ${message}`)}`];
  blocks.forEach(({ file, marks }, index) => {
    const at = marks.find(({ sign }) => sign === "^") ?? marks[0];
    const { line, column } = file.displayPosition(at?.start ?? 0);
    const arrow = index === 0 ? "-->" : ":::";
    lines.push(`${" ".repeat(gutter)}${paint.gutter(arrow)} ${file.path}:${line}:${column}`, bar);
    lines.push(...renderMarks(file, marks, severity, gutter, paint, width));
  });
  if (help !== undefined) {
    const [first = "", ...others] = help.split("\n");
    const indent = " ".repeat(gutter);
    lines.push(bar, `${indent} ${paint.gutter("=")} ${paint.bold("help")}: ${first}`);
    lines.push(...others.map((line) => `${indent}         ${line}`));
  }
  return lines;
}

/** One mark for a span within a line, otherwise one for its first and one for its last line. */
function marksOf({ span: { file, start, end }, sign, label }: Place): readonly Mark[] {
  const line = file.lineOf(start);
  const lastLine = end > start ? file.lineOf(end - 1) : line;
  if (line === lastLine) return [{ line, start, end, sign, label }];
  const lastStart = file.lineStart(lastLine);
  const indent = /^\s*/.exec(file.text.slice(lastStart, end))?.[0].length ?? 0;
  return [
    { line, start, end: file.lineEnd(line), sign, label: "" },
    { line: lastLine, start: lastStart + indent, end, sign, label },
  ];
}

function renderMarks(
  file: SourceFile,
  marks: readonly Mark[],
  severity: Severity,
  gutter: number,
  paint: Painter,
  width: number,
): readonly string[] {
  const lines: string[] = [];
  const numbers = [...new Set(marks.map(({ line }) => line))].sort((a, b) => a - b);
  numbers.forEach((number, index) => {
    const previous = numbers[index - 1];
    if (previous !== undefined && number > previous + 1) lines.push(paint.gutter("..."));
    const here = marks.filter(({ line }) => line === number);
    const shown = showLine(file, number, Math.min(...here.map(({ start }) => start)), width);
    const bar = paint.gutter("|");
    lines.push(`${paint.gutter(String(number).padStart(gutter))} ${bar} ${shown.text}`.trimEnd());
    for (const { start, end, sign, label } of here) {
      const column = shown.columnOf(start);
      const line = sign.repeat(Math.max(1, shown.columnOf(end) - column)) + (label === "" ? "" : ` ${label}`);
      const painted = sign === "^" ? paint.severity(severity, line) : paint.gutter(line);
      lines.push(`${" ".repeat(gutter)} ${bar} ${" ".repeat(column)}${painted}`);
    }
  });
  return lines;
}
