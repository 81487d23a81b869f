import type { IToken } from "chevrotain";
import { SourceFile } from "../../../source/source-file.js";
import { lex } from "../../../syntax/lexer.js";
import type { Comment, SchemaFile } from "../../../syntax/tree.js";

/** A text around a cursor, as far as it matters for what may be written there. */
export interface Cursor {
  readonly file: SchemaFile;
  /** The word that the cursor is in or behind: what a proposal takes the place of. Empty between words. */
  readonly word: { readonly start: number; readonly end: number };
  /** Whether the cursor is in a string, which `word` then covers: nothing is proposed there. */
  readonly inString: boolean;
  /** Tokens before the word, from the start of a declaration on. */
  readonly before: readonly IToken[];
  /** Tokens behind the word, up to the head of the next declaration at least. */
  readonly after: readonly IToken[];
  /** Whether the word starts on a later line than the token before it ends. */
  readonly startsLine: boolean;
}

/**
 * The start of a line where a declaration surely begins, whatever comes before it: no braces can contain a keyword, a
 * name and an opening sign. So a reader may start here, and need not read the whole file for one word.
 */
const DECLARATION_LINE =
  /^[ \t]*(?:(?:component|struct|error|event|system|endpoint|enum)[ \t]+[A-Za-z]\w*[ \t]*[{(]|enum[ \t]+[A-Za-z]\w*[ \t]*:[ \t]*\w+[ \t]*\{|session[ \t]*\{)/;

const WORD_SIGN = /\w/;

/** @returns `undefined` in a comment. */
export function cursorAt(file: SchemaFile, offset: number): Cursor | undefined {
  const { text } = file.file;
  const at = Math.min(Math.max(0, offset), text.length);
  if (file.comments.some((comment) => isInComment(comment, at))) return undefined;
  const from = regionStart(file, at);
  const string = stringAt(file.file, from, at);
  const word = string ?? wordAt(text, at);
  const before = tokensOf(text, from, word.start);
  const last = before.at(-1);
  return {
    file,
    word,
    inString: string !== undefined,
    before,
    after: tokensOf(text, word.end, regionEnd(file, word.end)),
    startsLine: last === undefined || hasBreak(text, endOf(last), word.start),
  };
}

export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

export function hasBreak(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return true;
  }
  return false;
}

/** The end of a line comment is still in it: what is typed there belongs to it. */
function isInComment({ kind, span, text }: Comment, offset: number): boolean {
  if (offset <= span.start || offset > span.end) return false;
  return offset < span.end || kind !== "BlockComment" || !text.endsWith("*/") || text.length < 4;
}

function wordAt(text: string, offset: number): { start: number; end: number } {
  let start = offset;
  while (start > 0 && WORD_SIGN.test(text.charAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && WORD_SIGN.test(text.charAt(end))) end += 1;
  return { start, end };
}

/** The string that an offset is in. An unclosed one goes to the end of its line. */
function stringAt(file: SourceFile, from: number, offset: number): { start: number; end: number } | undefined {
  const end = file.lineEnd(file.lineOf(offset));
  for (const token of tokensOf(file.text, from, end)) {
    if (token.startOffset >= offset) return undefined;
    const isString = token.tokenType.name === "String";
    const isClosed = token.image.length > 1 && token.image.endsWith('"');
    if (isString && (offset < endOf(token) || (offset === endOf(token) && !isClosed))) {
      return { start: token.startOffset, end: endOf(token) };
    }
  }
  return undefined;
}

/** The tokens of a stretch, with offsets of the whole text. */
function tokensOf(text: string, from: number, to: number): readonly IToken[] {
  const { tokens } = lex(new SourceFile("", text.slice(from, to)));
  for (const token of tokens) token.startOffset += from;
  return tokens;
}

function regionStart({ file, comments }: SchemaFile, offset: number): number {
  for (let line = file.lineOf(offset); line > 0; line -= 1) {
    const start = file.lineStart(line);
    if (DECLARATION_LINE.test(file.lineText(line)) && !isCommented(comments, start)) return start;
  }
  return 0;
}

/** The end of the line on which the next declaration starts. */
export function regionEnd({ file, comments }: SchemaFile, offset: number): number {
  for (let line = file.lineOf(offset) + 1; line <= file.lineCount; line += 1) {
    if (DECLARATION_LINE.test(file.lineText(line)) && !isCommented(comments, file.lineStart(line))) {
      return file.lineEnd(line);
    }
  }
  return file.text.length;
}

function isCommented(comments: readonly Comment[], offset: number): boolean {
  return comments.some(({ kind, span }) => kind === "BlockComment" && span.start < offset && offset < span.end);
}
