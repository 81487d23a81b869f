import { Lexer, type IToken, type TokenType } from "chevrotain";
import { wrongArgument } from "../diagnostics/codes/attributes.js";
import {
  invalidEscape,
  invalidName,
  lookAlike,
  malformedNumber,
  unexpectedCharacter,
  unterminatedComment,
  unterminatedString,
} from "../diagnostics/codes/lexical.js";
import { diagnose, type Diagnostic, type Fix } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { span, type Span } from "../source/span.js";
import { lowerBound } from "../source/ordered.js";
import { durationOf, durationText } from "./duration-text.js";
import { blanks, quotes, signs, ZERO_WIDTH_SPACE } from "./look-alikes.js";
import { decodeString } from "./string-literal.js";
import {
  allTokens,
  BLANKS,
  COMMENTS,
  Duration,
  FOREIGN_COMMENTS,
  Identifier,
  keywords,
  MalformedNumber,
  NumberToken,
  OddlyQuoted,
  StringToken,
  UnquotedCron,
  UnterminatedComment,
} from "./tokens.js";

/** What the lexer makes of a text, or of a stretch of it; all in source order. */
export interface LexedFile {
  /** Without white space, comments and characters that belong to nothing. */
  readonly tokens: IToken[];
  readonly comments: IToken[];
  readonly diagnostics: Diagnostic[];
  /** Where what was refused ends. */
  readonly refusedEnds: number[];
}

// Only offsets are tracked: `SourceFile` knows the lines. Validation runs in the tests (`definition.test.ts`).
const chevrotainLexer = new Lexer([...allTokens], {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
  skipValidations: true,
});

const validName = /^[A-Za-z][A-Za-z0-9_]*$/;
const validNumber = /^-?(?:0x[0-9A-Fa-f]+|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
const validDuration = /^(?:0|[1-9][0-9]*)(?:ms|s|m|h|d)$/;

/** Splits a text into tokens, tells keywords from names and reports everything that is no token. Never throws. */
export function lex(file: SourceFile): LexedFile {
  return lexStretch(file, 0, file.text.length);
}

/**
 * Like {@link lex}, for a stretch of a text. Of all tokens only those of block comments reach over the end of a line,
 * and none looks further: a stretch of whole lines that neither starts nor ends in such a comment has the tokens that
 * it has in the whole text.
 */
export function lexStretch(file: SourceFile, from: number, to: number): LexedFile {
  return new Lexing(file, from, to).run();
}

/**
 * Offsets of tokens (or the length of the text) directly before which something was refused: what the parser misses
 * there has been reported already.
 */
export function startsAfterRefused({ tokens, refusedEnds }: LexedFile, { text }: SourceFile): ReadonlySet<number> {
  return new Set(
    refusedEnds.map(
      (end) => tokens[lowerBound(tokens, end, ({ startOffset }) => startOffset)]?.startOffset ?? text.length,
    ),
  );
}

class Lexing {
  readonly #file: SourceFile;
  readonly #from: number;
  readonly #text: string;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #refusedEnds: number[] = [];

  constructor(file: SourceFile, from: number, to: number) {
    this.#file = file;
    this.#from = from;
    this.#text = detached(file.text.slice(from, to));
  }

  run(): LexedFile {
    const { tokens, groups, errors } = chevrotainLexer.tokenize(this.#text);
    for (const group of [tokens, ...Object.values(groups)]) for (const token of group) moveToken(token, this.#from);
    for (const { offset, length } of errors) {
      const place = span(this.#file, this.#from + offset, this.#from + offset + length);
      const text = this.#text.slice(offset, offset + length);
      const edits = [{ span: place, text: "" }];
      const extras = text === ";" || text === "；" ? { fix: { title: `Remove \`${text}\``, edits } } : {};
      this.#diagnostics.push(diagnose(unexpectedCharacter, { text }, place, extras));
      if (!this.#endsLine(place)) this.#refusedEnds.push(place.end);
    }
    for (const { image, startOffset } of groups[FOREIGN_COMMENTS] ?? []) {
      const text = image.startsWith("#") ? "#" : "--";
      const place = span(this.#file, startOffset, startOffset + text.length);
      const fix = { title: "Write `//`", edits: [{ span: place, text: "//" }] };
      this.#diagnostics.push(diagnose(unexpectedCharacter, { text }, place, { fix }));
    }
    for (const blank of groups[BLANKS] ?? []) this.#checkBlank(blank);
    const comments = groups[COMMENTS] ?? [];
    const last = comments.at(-1);
    if (last?.tokenType === UnterminatedComment) {
      const { startOffset } = last;
      this.#diagnostics.push(diagnose(unterminatedComment, undefined, span(this.#file, startOffset, startOffset + 2)));
      this.#refusedEnds.push(last.startOffset + last.image.length);
    }
    for (const token of tokens) this.#classify(token);
    const diagnostics = this.#diagnostics.sort((a, b) => a.span.start - b.span.start);
    return { tokens, comments, diagnostics, refusedEnds: this.#refusedEnds.sort((a, b) => a - b) };
  }

  /** Whether this is the `;` with which other languages end a line: what follows is no consequence of it. */
  #endsLine({ start, end }: Span): boolean {
    const behind = this.#file.text.slice(end, this.#file.lineEnd(this.#file.lineOf(end)));
    return this.#file.text.slice(start, end) === ";" && behind.trim() === "";
  }

  #classify(token: IToken): void {
    if (token.tokenType === Identifier) this.#classifyWord(token);
    else if (token.tokenType === NumberToken) this.#classifyNumber(token);
    else if (token.tokenType === StringToken) this.#checkString(token);
    else if (token.tokenType === UnquotedCron) this.#refuseUnquoted(token);
    else if (token.tokenType === OddlyQuoted) this.#correctQuotes(token);
    else if (signs.has(token.image)) this.#correctSign(token);
  }

  #correctSign(token: IToken): void {
    const sign = signs.get(token.image);
    if (sign === undefined) return;
    const text = token.image;
    this.#reportLookAlike(text, sign.name, sign.meant, this.#span(token), sign.meant);
    // One sign for one keeps the token's length; the parser asks for the type of the others.
    if (text.length === sign.meant.length) token.image = sign.meant;
  }

  #correctQuotes(token: IToken): void {
    const open = token.image.charAt(0);
    const inner = token.image.slice(1, -1);
    this.#reportLookAlike(open, quotes.get(open) ?? "no quote", '"', this.#span(token), `"${inner}"`);
    token.image = `"${inner}"`;
    retype(token, StringToken);
  }

  #checkBlank(token: IToken): void {
    const text = token.image.charAt(0);
    const name = blanks.get(text) ?? "a strange space";
    const shown = `U+${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    const visible = text !== ZERO_WIDTH_SPACE;
    const meant = visible ? "an ordinary space" : "nothing";
    this.#reportLookAlike(shown, name, meant, this.#span(token), visible ? " " : "");
  }

  #reportLookAlike(text: string, name: string, meant: string, place: Span, replacement: string): void {
    const put = meant.length > 1 ? meant : `\`${meant}\``;
    const fix = { title: `Replace ${name} with ${put}`, edits: [{ span: place, text: replacement }] };
    this.#diagnostics.push(diagnose(lookAlike, { text, name, meant }, place, { fix }));
  }

  #classifyWord(token: IToken): void {
    const keyword = keywords.get(token.image);
    if (keyword !== undefined) retype(token, keyword);
    else if (!validName.test(token.image)) {
      this.#diagnostics.push(diagnose(invalidName, { text: token.image }, this.#span(token)));
    }
  }

  #classifyNumber(token: IToken): void {
    if (validNumber.test(token.image)) return;
    if (validDuration.test(token.image)) {
      retype(token, Duration);
      return;
    }
    retype(token, MalformedNumber);
    const text = token.image;
    const place = this.#span(token);
    const milliseconds = durationOf(text);
    const duration = milliseconds === undefined ? undefined : durationText(milliseconds);
    const fix = duration === undefined ? {} : { fix: writing(duration, place) };
    this.#diagnostics.push(diagnose(malformedNumber, { text, duration }, place, fix));
  }

  /** Read on as an argument that is told already. */
  #refuseUnquoted(token: IToken): void {
    retype(token, MalformedNumber);
    const place = this.#span(token);
    const value = token.image;
    const hint = `put it in quotes: \`@cron("${value}")\``;
    const params = { attribute: "cron", value, expected: "a string in double quotes", suggestion: undefined, hint };
    this.#diagnostics.push(diagnose(wrongArgument, params, place, { fix: writing(`"${value}"`, place) }));
  }

  #checkString(token: IToken): void {
    const { closed, problems } = decodeString(token.image);
    const start = token.startOffset;
    for (const problem of problems) {
      const place = span(this.#file, start + problem.start, start + problem.end);
      const text = token.image.slice(problem.start, problem.end);
      this.#diagnostics.push(diagnose(invalidEscape, { text }, place));
    }
    if (closed) return;
    this.#diagnostics.push(diagnose(unterminatedString, undefined, this.#span(token)));
    this.#refusedEnds.push(start + token.image.length);
  }

  #span(token: IToken) {
    return span(this.#file, token.startOffset, token.startOffset + token.image.length);
  }
}

/** Chevrotain compares the types of tokens by their index. */
export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

/** Moves a token by so many UTF-16 code units. */
export function moveToken(token: IToken, delta: number): IToken {
  token.startOffset += delta;
  if (token.endOffset !== undefined) token.endOffset += delta;
  return token;
}

/**
 * A copy that shares nothing with another text. Engines make the longer parts of a text point into it, so that one
 * token would keep all of a text that has been replaced long since.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

function writing(text: string, place: Span): Fix {
  return { title: `Write \`${text}\``, edits: [{ span: place, text }] };
}
