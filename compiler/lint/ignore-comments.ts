import type { SourceFile } from "../source/source-file.js";
import { type Span, span } from "../source/span.js";

/** `// hetuc-lint-ignore HT8003: why`, in a schema or in TypeScript. */
export interface IgnoreComment {
  readonly span: Span;
  /** Empty when none is named. */
  readonly codes: readonly string[];
  readonly why: string;
  /** The lines that it holds for, from 1: those below, up to and including the first that is code. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /^\s*(\/\/\s*hetuc-lint-ignore\b[ \t]*((?:HT\d+[ \t]*,?[ \t]*)*)(?::[ \t]*)?(.*))$/i;
/** What may stand between the comment and what it means: blank lines, comments, attributes. */
const BETWEEN = /^\s*(\/\/.*|\/\*.*|\*.*|@.*)?$/;

/** The comments of one file that switch off findings. */
export function ignoreCommentsIn(file: SourceFile): readonly IgnoreComment[] {
  if (!file.text.includes("hetuc-lint-ignore")) return [];
  const found: IgnoreComment[] = [];
  for (let line = 1; line <= file.lineCount; line += 1) {
    const match = COMMENT.exec(file.lineText(line));
    const [, text, codes, why] = match ?? [];
    if (text === undefined || codes === undefined || why === undefined) continue;
    let to = line + 1;
    // An attribute on the line of its declaration ends the search only together with it.
    while (to < file.lineCount && BETWEEN.test(file.lineText(to))) to += 1;
    const end = file.lineEnd(line);
    found.push({
      span: span(file, end - text.length, end),
      codes: codes
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      why: why.trim(),
      from: line + 1,
      to,
    });
  }
  return found;
}
