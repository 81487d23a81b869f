import type { IToken } from "chevrotain";
import { lowerBound } from "../source/ordered.js";
import type { Comment, SchemaFile } from "../syntax/tree.js";
import { lex } from "../syntax/lexer.js";
import { Comma } from "../syntax/tokens.js";

/** The tokens and comments of a file by their places, which is what the layout of a file is judged by. */
export class SourceTokens {
  readonly text: string;
  readonly #tokens: readonly IToken[];
  readonly #comments: readonly Comment[];

  constructor(tree: SchemaFile) {
    this.text = tree.file.text;
    this.#tokens = lex(tree.file).tokens;
    this.#comments = tree.comments;
  }

  /** The tokens that start within `[start, end)`. */
  tokens(start: number, end: number): readonly IToken[] {
    const from = lowerBound(this.#tokens, start, (token) => token.startOffset);
    return this.#tokens.slice(
      from,
      lowerBound(this.#tokens, end, (token) => token.startOffset),
    );
  }

  /** The comments that start within `[start, end)`. */
  comments(start: number, end: number): readonly Comment[] {
    const from = lowerBound(this.#comments, start, (comment) => comment.span.start);
    return this.#comments.slice(
      from,
      lowerBound(this.#comments, end, (comment) => comment.span.start),
    );
  }

  hasComma(start: number, end: number): boolean {
    return this.tokens(start, end).some((token) => token.tokenType === Comma);
  }

  /** Line breaks within `[start, end)`; those inside comments count too. */
  breaks(start: number, end: number): number {
    return this.text.slice(start, end).match(/\r\n?|\n/g)?.length ?? 0;
  }
}
