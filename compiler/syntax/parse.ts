import { unexpectedCharacter } from "../diagnostics/codes/lexical.js";
import { tooManySyntaxErrors } from "../diagnostics/codes/syntax.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { lex } from "./lexer.js";
import { SchemaParser } from "./schema-parser.js";
import { MAX_SYNTAX_ERRORS } from "./token-cursor.js";
import type { SchemaFile } from "./tree.js";
import {
  NOTHING_UNCHANGED,
  unchangedDeclarations,
  type CleanDeclaration,
  type UnchangedDeclarations,
} from "./unchanged.js";

export interface ParsedFile {
  readonly tree: SchemaFile;
  /** In source order; at most `MAX_SYNTAX_ERRORS`, then one that says so. */
  readonly diagnostics: readonly Diagnostic[];
  /** What {@link reparse} may take over. */
  readonly clean: readonly CleanDeclaration[];
}

let parser: SchemaParser | undefined;

/** Parses one file. Takes any text: never throws, and takes time in proportion to its length. */
export function parse(file: SourceFile): ParsedFile {
  return parseWith(file, NOTHING_UNCHANGED);
}

/**
 * Parses a file again that has another text now. The result is that of {@link parse}, but the file is the same object,
 * and declarations that have not changed are those of the earlier tree, moved to where they are now. That tree must
 * not be used any more.
 *
 * The same bargain as `updateSourceFile` of TypeScript, for the same reason: an edit costs what it touches.
 */
export function reparse(before: ParsedFile, text: string): ParsedFile {
  const { file } = before.tree;
  const unchanged = unchangedDeclarations(before.clean, file.text, text);
  file.replaceText(text);
  return parseWith(file, unchanged);
}

function parseWith(file: SourceFile, unchanged: UnchangedDeclarations): ParsedFile {
  const lexed = lex(file);
  parser ??= new SchemaParser();
  const { tree, diagnostics, refused, clean } = parser.parse(file, lexed, unchanged);
  const all = [...lexed.diagnostics.filter((problem) => !isWithin(problem, refused)), ...diagnostics].sort(
    (a, b) => a.span.start - b.span.start,
  );
  const last = all[MAX_SYNTAX_ERRORS - 1];
  if (all.length <= MAX_SYNTAX_ERRORS || last === undefined) return { tree, diagnostics: all, clean };
  const note = diagnose(tooManySyntaxErrors, { shown: MAX_SYNTAX_ERRORS }, last.span);
  return { tree, diagnostics: [...all.slice(0, MAX_SYNTAX_ERRORS), note], clean };
}

/** Whether a strange character stands in source that has been refused as a whole. */
function isWithin(problem: Diagnostic, refused: readonly Span[]): boolean {
  if (problem.code !== unexpectedCharacter.code) return false;
  const { start } = problem.span;
  return refused.some((stretch) => stretch.start < start && start < stretch.end);
}
