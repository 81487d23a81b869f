import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import {
  At,
  Colon,
  DeclarationKeyword,
  Enum,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  Session,
} from "../../../syntax/tokens.js";
import { endOf, hasBreak } from "./cursor.js";

/** Goes through tokens one by one. */
export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly IToken[];
  #next = 0;

  constructor(text: string, tokens: readonly IToken[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  peek(ahead = 0): IToken | undefined {
    return this.#tokens[this.#next + ahead];
  }

  at(type: TokenType, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && tokenMatcher(token, type);
  }

  take(): IToken | undefined {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is of the type. */
  accept(type: TokenType): IToken | undefined {
    return this.at(type) ? this.take() : undefined;
  }

  /** Whether the next token starts on a later line than the one before it ends. */
  onNewLine(ahead = 0): boolean {
    const before = this.#tokens[this.#next + ahead - 1];
    const token = this.peek(ahead);
    return token !== undefined && (before === undefined || hasBreak(this.text, endOf(before), token.startOffset));
  }

  /** Whether the next token starts on a later line than an offset before it. */
  breaksSince(offset: number): boolean {
    const token = this.peek();
    return token !== undefined && hasBreak(this.text, offset, token.startOffset);
  }

  /** Whether the next token is the first sign of its line, without white space before it. */
  atMargin(): boolean {
    const token = this.peek();
    return (
      token !== undefined && (token.startOffset === 0 || hasBreak(this.text, token.startOffset - 1, token.startOffset))
    );
  }

  /**
   * Whether a declaration starts here that no braces or parentheses can contain; at the margin, where nothing else is
   * written, its keyword and anything but a `:` are enough.
   */
  startsDeclaration(ahead = 0): boolean {
    if (!this.at(DeclarationKeyword, ahead)) return false;
    if (this.at(LeftBrace, ahead + 1)) return this.at(Session, ahead);
    if (!this.at(Identifier, ahead + 1)) return false;
    if (this.at(LeftBrace, ahead + 2) || this.at(LeftParenthesis, ahead + 2)) return true;
    if (this.at(Enum, ahead) && this.at(Colon, ahead + 2) && this.at(LeftBrace, ahead + 4)) return true;
    return ahead === 0 && this.atMargin() && !this.onNewLine(1);
  }

  /** Whether attributes at the margin show that a body or a list before them has no end. */
  startsHead(): boolean {
    return this.startsDeclaration() || (this.at(At) && this.atMargin());
  }
}
