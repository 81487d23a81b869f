import type { SourceFile } from "../source/source-file.js";
import { type Span, span } from "../source/span.js";

/** `// hetuc-lint-ignore HT8003: why`, in a schema or in TypeScript. */
export interface IgnoreComment {
  readonly span: Span;
  /** `hetuc-lint-ignore`, or what stands there in its place. */
  readonly keyword: string;
  /** Empty when none is named. */
  readonly codes: readonly string[];
  readonly why: string;
  /**
   * The lines that it holds for, from 1: its own when it stands behind code, otherwise those below, up to and including the
   * first that is code, or all of the declaration that begins there.
   */
  readonly from: number;
  readonly to: number;
}

export const IGNORE = "hetuc-lint-ignore";

/** What precedes it on the line; the comment; its keyword, right or nearly so; codes; reason. */
const COMMENT =
  /^(.*?)(\/[/*]+\s*(hetuc?-(?:lint-[\w-]+|lint|ignore))(?![\w-])[ \t:]*((?:HT\d+[ \t]*,?[ \t]*)*)(?::[ \t]*)?(.*?)(?:\*\/.*)?)$/i;
const MAY_BE_THERE = /hetuc?-(lint|ignore)/i;
/** What may stand between the comment and what it means: blank lines, comments, attributes. */
const BETWEEN = /^\s*(\/\/.*|\/\*.*|\*.*|@.*)?$/;

/**
 * The comments of one file that switch off findings, and those that seem to be meant so.
 *
 * @param declarations in the order of the text; of files that have some.
 */
export function ignoreCommentsIn(file: SourceFile, declarations: readonly Span[] = []): readonly IgnoreComment[] {
  if (!MAY_BE_THERE.test(file.text)) return [];
  const found: IgnoreComment[] = [];
  for (let line = 1; line <= file.lineCount; line += 1) {
    const match = COMMENT.exec(file.lineText(line));
    const [, before, text, keyword, codes, why] = match ?? [];
    if (before === undefined || text === undefined || keyword === undefined) continue;
    if (codes === undefined || why === undefined || isQuoted(before)) continue;
    const isBehindCode = before.trim() !== "";
    const end = file.lineEnd(line);
    found.push({
      span: span(file, end - text.length, end),
      keyword,
      codes: codes
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      why: why.trim(),
      from: isBehindCode ? line : line + 1,
      to: isBehindCode ? line : endBelow(file, line, declarations),
    });
  }
  return found;
}

/** Whether a quotation is open where a line goes on. */
function isQuoted(before: string): boolean {
  return ['"', "'", "`"].some((quotation) => before.split(quotation).length % 2 === 0);
}

function endBelow(file: SourceFile, line: number, declarations: readonly Span[]): number {
  let to = line + 1;
  // An attribute on the line of its declaration ends the search only together with it.
  while (to < file.lineCount && BETWEEN.test(file.lineText(to))) to += 1;
  const declaration = declarations.find(
    ({ start, end }) => line < file.lineOf(end) && to <= file.lineOf(end) && to >= file.lineOf(start),
  );
  return declaration !== undefined && isAbove(file, line, to, declaration) ? file.lineOf(declaration.end) : to;
}

/** Whether only documentation and attributes of a declaration stand above or beside a comment, and none of its code. */
function isAbove(file: SourceFile, line: number, to: number, { start }: Span): boolean {
  for (let each = file.lineOf(start); each < to; each += 1) {
    if (each !== line && !BETWEEN.test(file.lineText(each))) return false;
  }
  return true;
}
