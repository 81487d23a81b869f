import type { IToken, TokenType } from "chevrotain";
import type { Comment } from "../syntax/tree.js";
import {
  At,
  Colon,
  Comma,
  Dot,
  LeftBracket,
  LeftParenthesis,
  Question,
  RightBracket,
  RightParenthesis,
} from "../syntax/tokens.js";
import { commentText, endsLine } from "./comment-text.js";
import type { SourceTokens } from "./source-tokens.js";

const tightBefore: ReadonlySet<TokenType> = new Set([
  Comma,
  RightParenthesis,
  RightBracket,
  Colon,
  Question,
  Dot,
  LeftParenthesis,
  LeftBracket,
]);
const tightAfter: ReadonlySet<TokenType> = new Set([LeftParenthesis, LeftBracket, Dot, At]);

/** How a stretch of tokens is put on one line. */
export interface FlatOptions {
  /** White space of a further line, which only a `//` comment among the tokens makes necessary. */
  readonly indent: string;
  /** No space behind `:`, as in `remember:Shop`. */
  readonly tightColon?: boolean;
}

/** The tokens and comments that start within `[start, end)` on one line, with the spaces of the style. */
export function flat(source: SourceTokens, start: number, end: number, options: FlatOptions): string {
  const tokens = source.tokens(start, end);
  const comments = source.comments(start, end);
  let out = "";
  let previous: TokenType | undefined;
  let afterComment = false;
  let nextComment = 0;
  const putComment = (comment: Comment): void => {
    if (out !== "" && !out.endsWith("\n") && !(isOpening(previous) && !afterComment)) out += " ";
    else if (out.endsWith("\n")) out += options.indent;
    out += commentText(comment, options.indent);
    if (endsLine(comment)) out += "\n";
    afterComment = true;
  };
  tokens.forEach((token, index) => {
    for (let next = comments[nextComment]; next !== undefined && next.span.start < token.startOffset;) {
      putComment(next);
      nextComment += 1;
      next = comments[nextComment];
    }
    if (isTrailingComma(token, tokens[index + 1])) return;
    if (out.endsWith("\n")) out += options.indent;
    else if (out !== "" && needsSpace(previous, token.tokenType, afterComment, options)) out += " ";
    out += token.image;
    previous = token.tokenType;
    afterComment = false;
  });
  for (const comment of comments.slice(nextComment)) putComment(comment);
  return out.trimEnd();
}

/** A comma may stand before `)`; on one line it does not. */
function isTrailingComma(token: IToken, next: IToken | undefined): boolean {
  return token.tokenType === Comma && next?.tokenType === RightParenthesis;
}

function isOpening(type: TokenType | undefined): boolean {
  return type === LeftParenthesis || type === LeftBracket;
}

function needsSpace(
  previous: TokenType | undefined,
  next: TokenType,
  afterComment: boolean,
  options: FlatOptions,
): boolean {
  if (afterComment) return next !== Comma && next !== RightParenthesis && next !== RightBracket;
  if (tightBefore.has(next)) return false;
  if (previous === Colon && options.tightColon === true) return false;
  return previous === undefined || !tightAfter.has(previous);
}
