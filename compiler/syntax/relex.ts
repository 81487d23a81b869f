import type { IToken } from "chevrotain";
import { lowerBound, replaceItems } from "../source/ordered.js";
import type { SourceFile } from "../source/source-file.js";
import { shiftOf, type TextChange } from "../source/text-change.js";
import { lexStretch, moveToken, type LexedFile } from "./lexer.js";
import { move } from "./move.js";
import { UnterminatedComment } from "./tokens.js";

/**
 * Brings what the lexer made of a text up to date with a change of it, as `lex` would make it of the new text; tokens
 * that have not changed stay the same objects.
 *
 * The rule of Wagner (Practical Algorithms for Incremental Software Development Environments, 1998, ch. 5): read again
 * from the first token that has looked at what changed to where old and new tokens agree, in the state of the lexer
 * too. Here it is in one of two states, within a block comment or not, and outside of one no token looks over the end
 * of its line; so both places are starts of lines, or of a comment that the first one lies in.
 *
 * @param file has the new text already.
 * @param lexed of the old text; changed in place.
 */
export function relex(file: SourceFile, lexed: LexedFile, change: TextChange): LexedFile {
  const { text } = file;
  const shift = shiftOf(change);
  const from = restart(text, lexed.comments, change.start);
  let to = nextLine(text, change.newEnd);
  for (;;) {
    to = behindComments(text, lexed.comments, to, shift);
    const stretch = lexStretch(file, from, to);
    const open = openComment(stretch);
    if (open === undefined || to === text.length) {
      replaceStretch(lexed, stretch, from, to - shift, shift);
      return lexed;
    }
    const end = text.indexOf("*/", open.startOffset + "/*".length);
    // At least twice as far, so that many comments in a row take no more than a multiple of the time of one.
    to = end < 0 ? text.length : nextLine(text, Math.max(end + "*/".length, from + 2 * (to - from)));
  }
}

/** Where to read from when a text changes at an offset. */
function restart(text: string, comments: readonly IToken[], offset: number): number {
  let from = offset;
  while (from > 0 && !isLineBreak(text, from - 1)) from -= 1;
  return commentAround(comments, from)?.startOffset ?? from;
}

/** The first start of a line at an offset of the new text or behind it that is in no comment of the old one. */
function behindComments(text: string, comments: readonly IToken[], offset: number, shift: number): number {
  let to = offset;
  while (to < text.length) {
    const comment = commentAround(comments, to - shift);
    if (comment === undefined) break;
    to = comment.tokenType === UnterminatedComment ? text.length : nextLine(text, endOf(comment) + shift);
  }
  return to;
}

/** The comment that starts before the start of a line and goes on in it. */
function commentAround(comments: readonly IToken[], line: number): IToken | undefined {
  const last = comments[lowerBound(comments, line, startOf) - 1];
  return last !== undefined && (last.tokenType === UnterminatedComment || endOf(last) > line) ? last : undefined;
}

function openComment({ comments }: LexedFile): IToken | undefined {
  const last = comments.at(-1);
  return last?.tokenType === UnterminatedComment ? last : undefined;
}

/** Where the line behind the one of an offset starts; the end of the text when there is none. */
function nextLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isLineBreak(text, at)) at += 1;
  return Math.min(at + 1, text.length);
}

/** Between `\r` and `\n`, too: no token starts or ends there. */
function isLineBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}

/** Puts a stretch that was read anew in its place. @param to where it ended in the old text. */
function replaceStretch(lexed: LexedFile, stretch: LexedFile, from: number, to: number, shift: number): void {
  const replace = <T>(old: T[], found: readonly T[], numberOf: (item: T) => number, moved: (item: T) => T): void => {
    replaceItems(old, lowerBound(old, from, numberOf), lowerBound(old, to, numberOf), found, moved);
  };
  const moved = (token: IToken): IToken => moveToken(token, shift);
  replace(lexed.tokens, stretch.tokens, startOf, moved);
  replace(lexed.comments, stretch.comments, startOf, moved);
  replace(
    lexed.diagnostics,
    stretch.diagnostics,
    ({ span }) => span.start,
    (diagnostic) => {
      move(diagnostic, shift);
      return diagnostic;
    },
  );
  // What ends where the stretch starts stands before it.
  replace(
    lexed.refusedEnds,
    stretch.refusedEnds,
    (end) => end - 1,
    (end) => end + shift,
  );
}

function startOf(token: IToken): number {
  return token.startOffset;
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
