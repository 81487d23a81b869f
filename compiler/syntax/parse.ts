import { unexpectedCharacter } from "../diagnostics/codes/lexical.js";
import { tooManySyntaxErrors } from "../diagnostics/codes/syntax.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { lex } from "./lexer.js";
import { SchemaParser } from "./schema-parser.js";
import { MAX_SYNTAX_ERRORS } from "./token-cursor.js";
import type { SchemaFile } from "./tree.js";

export interface ParsedFile {
  readonly tree: SchemaFile;
  /** In source order; at most `MAX_SYNTAX_ERRORS`, then one that says so. */
  readonly diagnostics: readonly Diagnostic[];
}

let parser: SchemaParser | undefined;

/** Parses one file. Takes any text: never throws, and takes time in proportion to its length. */
export function parse(file: SourceFile): ParsedFile {
  const lexed = lex(file);
  parser ??= new SchemaParser();
  const { tree, diagnostics, refused } = parser.parse(file, lexed);
  const all = [...lexed.diagnostics.filter((problem) => !isWithin(problem, refused)), ...diagnostics].sort(
    (a, b) => a.span.start - b.span.start,
  );
  const last = all[MAX_SYNTAX_ERRORS - 1];
  if (all.length <= MAX_SYNTAX_ERRORS || last === undefined) return { tree, diagnostics: all };
  const note = diagnose(tooManySyntaxErrors, { shown: MAX_SYNTAX_ERRORS }, last.span);
  return { tree, diagnostics: [...all.slice(0, MAX_SYNTAX_ERRORS), note] };
}

/** Whether a strange character stands in source that has been refused as a whole. */
function isWithin(problem: Diagnostic, refused: readonly Span[]): boolean {
  if (problem.code !== unexpectedCharacter.code) return false;
  const { start } = problem.span;
  return refused.some((stretch) => stretch.start < start && start < stretch.end);
}
