import { EmbeddedActionsParser, EOF, tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { expected } from "../diagnostics/codes/syntax.js";
import type { CodeDefinition } from "../diagnostics/define.js";
import { diagnose, type Diagnostic, type Extras, type Fix } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../source/source-file.js";
import { span, type Span } from "../source/span.js";
import { DocComments } from "./doc-comments.js";
import { retype, startsAfterRefused, type LexedFile } from "./lexer.js";
import type { DocComment, Name } from "./tree.js";
import {
  allTokens,
  At,
  Colon,
  Comma,
  Identifier,
  LeftParenthesis,
  MalformedNumber,
  Question,
  RightParenthesis,
} from "./tokens.js";

/** Syntax errors of one file that are shown. */
export const MAX_SYNTAX_ERRORS = 100;

const nothing = new SourceFile("", "");

/**
 * What all rules stand on: a look at the tokens around the cursor, spans, and errors.
 *
 * Recovery is ours, not Chevrotain's. Where something may be missing a rule asks for it with `OPTION` and complains
 * otherwise, and each list knows where its next item may start; so a rule, once entered, always yields a node,
 * nothing is ever thrown, and the choice of where to go on can look at lines and at several tokens, as the
 * language's rules for that do.
 */
export abstract class TokenCursor extends EmbeddedActionsParser {
  #file = nothing;
  #afterRefused: ReadonlySet<number> = new Set();
  #retyped: { readonly token: IToken; readonly type: TokenType }[] = [];
  #docs = new DocComments(nothing, []);
  #diagnostics: Diagnostic[] = [];
  #skipped: Span[] = [];
  #refused: Span[] = [];
  #lastComplaint = -1;
  #lastReport = -1;
  #troubles = 0;
  #lastSpan: Span | undefined;

  constructor(validate: boolean) {
    // Each decision is made on one token and, where that is not enough, on a gate.
    super([...allTokens], { recoveryEnabled: false, maxLookahead: 1, skipValidations: !validate });
  }

  /** Makes ready for a file. */
  protected open(file: SourceFile, lexed: LexedFile): void {
    this.input = lexed.tokens;
    this.#file = file;
    this.#afterRefused = startsAfterRefused(lexed, file);
    this.#docs = new DocComments(file, lexed.comments);
    this.#diagnostics = [];
    this.#skipped = [];
    this.#refused = [];
    this.#lastComplaint = -1;
    this.#lastReport = -1;
    this.#troubles = 0;
    this.#lastSpan = undefined;
  }

  protected get file(): SourceFile {
    return this.#file;
  }

  protected get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  protected get skipped(): readonly Span[] {
    return this.#skipped;
  }

  /** The part of what was skipped that a complaint of the parser stands for. */
  protected get refused(): readonly Span[] {
    return this.#refused;
  }

  protected get docs(): DocComments {
    return this.#docs;
  }

  /** Whether so much has been reported that the rest of the file is not worth reading. */
  protected get full(): boolean {
    return this.#diagnostics.length > MAX_SYNTAX_ERRORS;
  }

  /** Grows with all that goes wrong, reported or not. Between two equal numbers all was as the grammar has it. */
  protected get troubles(): number {
    return this.#troubles + this.#docs.misplaced;
  }

  // Looking

  protected at(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  protected atEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  /** Where the next token starts; at the end the length of the text. */
  protected start(ahead = 1): number {
    const token = this.LA(ahead);
    return token.tokenType === EOF ? this.#file.text.length : token.startOffset;
  }

  /** Where the token that was consumed last ends. */
  protected previousEnd(): number {
    const token = this.LA(0);
    return token.tokenType === EOF ? 0 : endOf(token);
  }

  /** Whether a token starts on a later line than the one before it ends. */
  protected onNewLine(ahead = 1): boolean {
    const before = this.LA(ahead - 1);
    return this.breaksBetween(before.tokenType === EOF ? 0 : endOf(before), this.start(ahead));
  }

  protected breaksBetween(from: number, to: number): boolean {
    const { text } = this.#file;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) return true;
    }
    return false;
  }

  /** Whether `name:` or `name?:` comes: a field, a parameter or a named argument. */
  protected startsMember(ahead = 1): boolean {
    if (!this.at(Identifier, ahead)) return false;
    return this.at(Colon, ahead + 1) || (this.at(Question, ahead + 1) && this.at(Colon, ahead + 2));
  }

  /** The number of tokens to look ahead to get behind a run of attributes that starts at `ahead`. */
  protected behindAttributes(ahead = 1): number {
    let next = ahead;
    while (this.at(At, next)) {
      next += 1;
      if (this.namesAttribute(next)) next += 1;
      if (this.at(LeftParenthesis, next)) {
        while (!this.at(RightParenthesis, next) && this.continuesAttribute(next)) next += 1;
        if (this.at(RightParenthesis, next)) next += 1;
      }
    }
    return next;
  }

  /** Whether the token behind an `@` is the name of the attribute, and not the start of what stands behind a bare `@`. */
  protected abstract namesAttribute(ahead: number): boolean;

  /** Whether the token can still belong to the arguments of an attribute whose `)` has not come yet. */
  protected abstract continuesAttribute(ahead: number): boolean;

  /** Reads the next token, or a later one, as another one, which was meant. */
  protected readAs(type: TokenType, ahead = 1): void {
    const token = this.LA(ahead);
    this.#retyped.push({ token, type: token.tokenType });
    retype(token, type);
  }

  /** Leaves the tokens as they were found: the next text may have them, too. */
  protected close(): void {
    for (const { token, type } of this.#retyped.reverse()) retype(token, type);
    this.#retyped = [];
  }

  // Making nodes

  protected spanFrom(start: number): Span {
    return this.#span(start, Math.max(start, this.previousEnd()));
  }

  protected spanOf(token: IToken): Span {
    return this.#span(token.startOffset, endOf(token));
  }

  /** A type, the reference in it and its name are mostly the same stretch: one span for all is less to keep and to move. */
  #span(start: number, end: number): Span {
    const last = this.#lastSpan;
    if (last?.start === start && last.end === end) return last;
    this.#lastSpan = span(this.#file, start, end);
    return this.#lastSpan;
  }

  /** From here on nodes share no span with those before: they may be moved apart. */
  protected separate(): void {
    this.#lastSpan = undefined;
  }

  protected nameOf(token: IToken): Name {
    return { kind: "Name", span: this.spanOf(token), text: token.image };
  }

  /** The documentation of what starts here. It may stand before the comma that separates it from what comes before. */
  protected takeDoc(): DocComment | undefined {
    let back = 0;
    while (this.at(Comma, back)) back -= 1;
    const before = this.LA(back);
    return this.#docs.takeBefore(this.start(), before.tokenType === EOF ? 0 : endOf(before));
  }

  // Complaining

  /** Reports a problem of what has been read. */
  protected reject<P>(definition: CodeDefinition<P>, params: P, place: Span, extras?: Extras): void {
    this.#troubles += 1;
    if (!this.full) this.#diagnostics.push(diagnose(definition, params, place, extras));
  }

  /**
   * Reports that the source does not go on as it should, unless that has been said of this place already: by the
   * lexer, or because nothing was read since.
   */
  protected complain<P>(definition: CodeDefinition<P>, params: P, place: Span, extras?: Extras): void {
    const start = this.start();
    const known = start === this.#lastComplaint || this.#afterRefused.has(start) || this.at(MalformedNumber);
    this.#lastComplaint = start;
    this.#troubles += 1;
    if (known) return;
    this.#lastReport = start;
    this.reject(definition, params, place, extras);
  }

  /**
   * Complains that something is missing here.
   *
   * @param after the text that it should follow, when the message would be unclear without.
   * @param fix what puts it right, when that is plain.
   */
  protected missing(what: string, after?: string, help?: string, fix?: Fix): void {
    this.ACTION(() => {
      const elsewhere = this.atEnd() || this.onNewLine();
      const end = this.previousEnd();
      const place = elsewhere ? span(this.#file, end, end) : this.spanOf(this.LA(1));
      this.complain(
        expected,
        {
          what,
          after,
          ...(elsewhere ? {} : { found: this.foundText() }),
          help,
        },
        place,
        fix === undefined ? {} : { fix },
      );
    });
  }

  /** Writes something behind what was read last. */
  protected addition(text: string): Fix {
    const end = this.previousEnd();
    return { title: `Add \`${text.trim()}\``, edits: [{ span: span(this.#file, end, end), text }] };
  }

  /** The next token for a message. */
  protected foundText(): string {
    if (this.atEnd()) return "the end of the file";
    const { image } = this.LA(1);
    return image.length > 40 ? `\`${image.slice(0, 37)}…\`` : `\`${image}\``;
  }

  /** Skips tokens for as long as the condition holds, and remembers that no node stands for them. */
  protected skipWhile(condition: () => boolean): void {
    const start = this.start();
    let skipped = false;
    while (!this.atEnd() && condition()) {
      this.SKIP_TOKEN();
      skipped = true;
    }
    if (!skipped) return;
    this.forget(this.spanFrom(start));
    if (start === this.#lastReport) this.#refused.push(this.spanFrom(start));
  }

  /** Skips exactly so many tokens. */
  protected skipTokens(count: number): void {
    let left = count;
    this.skipWhile(() => left-- > 0);
  }

  /** Notes that no node stands for a stretch of source. */
  protected forget(place: Span): void {
    this.#troubles += 1;
    this.#skipped.push(place);
  }
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
