import { unexpectedCharacter } from "../diagnostics/codes/lexical.js";
import { tooManySyntaxErrors } from "../diagnostics/codes/syntax.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { changeBetween } from "../source/text-change.js";
import { lex, type LexedFile } from "./lexer.js";
import { relex } from "./relex.js";
import { SchemaParser } from "./schema-parser.js";
import { MAX_SYNTAX_ERRORS } from "./token-cursor.js";
import type { SchemaFile } from "./tree.js";
import { NOTHING_UNCHANGED, UnchangedDeclarations, type CleanDeclaration } from "./unchanged.js";

export interface ParsedFile {
  readonly tree: SchemaFile;
  /** In source order; at most `MAX_SYNTAX_ERRORS`, then one that says so. */
  readonly diagnostics: readonly Diagnostic[];
  /** What it was read from. */
  readonly lexed: LexedFile;
  /** What {@link reparse} may take over. */
  readonly clean: readonly CleanDeclaration[];
}

let parser: SchemaParser | undefined;

/** Parses one file. Takes any text: never throws, and takes time in proportion to its length. */
export function parse(file: SourceFile): ParsedFile {
  return parseWith(file, lex(file), NOTHING_UNCHANGED);
}

/**
 * Parses a file again that has another text now. The result is that of {@link parse}, but the file is the same object,
 * and words and declarations that have not changed are those of before, moved to where they are now. What was parsed
 * before must not be used any more.
 *
 * The same bargain as `updateSourceFile` of TypeScript, for the same reason: an edit costs what it touches.
 */
export function reparse(before: ParsedFile, text: string): ParsedFile {
  const { file } = before.tree;
  const change = changeBetween(file.text, text);
  file.replaceText(text, change);
  return parseWith(file, relex(file, before.lexed, change), new UnchangedDeclarations(before.clean, change));
}

function parseWith(file: SourceFile, lexed: LexedFile, unchanged: UnchangedDeclarations): ParsedFile {
  parser ??= new SchemaParser();
  const { tree, diagnostics, refused, clean } = parser.parse(file, lexed, unchanged);
  const all = [...lexed.diagnostics.filter((problem) => !isWithin(problem, refused)), ...diagnostics].sort(
    (a, b) => a.span.start - b.span.start,
  );
  const last = all[MAX_SYNTAX_ERRORS - 1];
  if (all.length <= MAX_SYNTAX_ERRORS || last === undefined) return { tree, diagnostics: all, lexed, clean };
  const note = diagnose(tooManySyntaxErrors, { shown: MAX_SYNTAX_ERRORS }, last.span);
  return { tree, diagnostics: [...all.slice(0, MAX_SYNTAX_ERRORS), note], lexed, clean };
}

/**
 * Whether a strange character stands in source that has been refused as a whole; in code in braces, anything that is
 * strange to us.
 */
function isWithin({ code, span: { file, start, end } }: Diagnostic, refused: readonly Span[]): boolean {
  return refused.some((stretch) => {
    const isCode = file.text[stretch.start] === "{" && file.text[stretch.end - 1] === "}";
    return (
      (code === unexpectedCharacter.code || (isCode && end < stretch.end)) &&
      stretch.start < start &&
      start < stretch.end
    );
  });
}
