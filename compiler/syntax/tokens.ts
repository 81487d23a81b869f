import { createToken, Lexer, type TokenType } from "chevrotain";

/** A word. Every keyword is one too, so a field may be called `index` or `system`. */
export const Identifier = createToken({
  name: "Identifier",
  label: "a name",
  // Letters outside ASCII are let in here and refused by the lexer, so that a word is refused once and as a whole.
  pattern:
    /[A-Za-z_\u00c0-\u1fff\u2c00-\u2fef\u3040-\ud7ff\uf900-\ufaff][A-Za-z0-9_\u00c0-\u1fff\u2c00-\u2fef\u3040-\ud7ff\uf900-\ufaff]*/,
});

/** The words that open a declaration. */
export const DeclarationKeyword = createToken({ name: "DeclarationKeyword", pattern: Lexer.NA });

/** The words that open a clause of a system or an endpoint. */
export const ClauseKeyword = createToken({ name: "ClauseKeyword", pattern: Lexer.NA });

function keyword(text: string, category: TokenType): TokenType {
  return createToken({ name: text, label: `\`${text}\``, pattern: Lexer.NA, categories: [category, Identifier] });
}

export const Namespace = keyword("namespace", DeclarationKeyword);
export const Enum = keyword("enum", DeclarationKeyword);
export const Session = keyword("session", DeclarationKeyword);
export const Component = keyword("component", DeclarationKeyword);
export const Struct = keyword("struct", DeclarationKeyword);
export const ErrorKeyword = keyword("error", DeclarationKeyword);
export const Event = keyword("event", DeclarationKeyword);
export const System = keyword("system", DeclarationKeyword);
export const Endpoint = keyword("endpoint", DeclarationKeyword);

export const Uses = keyword("uses", ClauseKeyword);
export const Calls = keyword("calls", ClauseKeyword);
export const Rejects = keyword("rejects", ClauseKeyword);
export const Emits = keyword("emits", ClauseKeyword);

const declarationKeywords = [Namespace, Enum, Session, Component, Struct, ErrorKeyword, Event, System, Endpoint];
const clauseKeywords = [Uses, Calls, Rejects, Emits];

/** By its spelling, the type of each keyword. */
export const keywords: ReadonlyMap<string, TokenType> = new Map(
  [...declarationKeywords, ...clauseKeywords].map((type) => [type.name, type]),
);

/** How declarations start, in the order in which messages list them. */
export const declarationWords: readonly string[] = declarationKeywords.map((type) => type.name);

export const clauseWords: readonly string[] = clauseKeywords.map((type) => type.name);

/** Numbers, durations and strings, well-formed or not. */
export const Literal = createToken({ name: "Literal", pattern: Lexer.NA });

/** `1`, `0x1f`, `-1.5`, `1e-3`. The pattern takes what looks like one number; the lexer sorts out what is none. */
export const NumberToken = createToken({
  name: "Number",
  label: "a number",
  categories: [Literal],
  pattern: /-?[0-9](?:[eE][+-](?=[0-9])|[A-Za-z0-9_.])*/,
});

/** `500ms`, `5s`, `10m`, `2h`, `7d`. */
export const Duration = createToken({
  name: "Duration",
  label: "a duration",
  pattern: Lexer.NA,
  categories: [Literal],
});

/** Looks like a number and is none; reported by the lexer. */
export const MalformedNumber = createToken({ name: "MalformedNumber", pattern: Lexer.NA, categories: [Literal] });

/** A string to its closing quote, or to the end of the line when it has none. */
export const StringToken = createToken({
  name: "String",
  label: "a string",
  categories: [Literal],
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n]?[^"\\\r\n]*)*"?/,
});

const CRON_FIELDS = /[\w*?,/-]+(?:[ \t]+[\w*?,/-]+)+(?=[ \t]*\))/y;

/** The fields of `@cron(…)` without quotes around them; the lexer reports them. */
export const UnquotedCron = createToken({
  name: "UnquotedCron",
  pattern: {
    exec: (text: string, offset: number): [string] | null => {
      if (!/@cron[ \t]*\([ \t]*$/.test(text.slice(Math.max(0, offset - 24), offset))) return null;
      CRON_FIELDS.lastIndex = offset;
      const found = CRON_FIELDS.exec(text);
      return found === null ? null : [found[0]];
    },
  },
  line_breaks: false,
  start_chars_hint: [..."0123456789*?"],
});
/** A string between other quotes than `"`; the lexer reports it and makes it a string. */
export const OddlyQuoted = createToken({
  name: "OddlyQuoted",
  pattern: /[“”„＂][^“”„＂"\\\r\n]*[“”＂"]|['‘’][^'‘’"\\\r\n]*['‘’]|`[^`"\\\r\n]*`/,
});

// Signs that look like ours are let in; the lexer reports them and puts ours in their place.
export const LeftBrace = createToken({ name: "LeftBrace", label: "`{`", pattern: /[{｛]/ });
export const RightBrace = createToken({ name: "RightBrace", label: "`}`", pattern: /[}｝]/ });
export const LeftParenthesis = createToken({ name: "LeftParenthesis", label: "`(`", pattern: /[(（]/ });
export const RightParenthesis = createToken({ name: "RightParenthesis", label: "`)`", pattern: /[)）]/ });
export const LeftBracket = createToken({ name: "LeftBracket", label: "`[`", pattern: /[[［【]/ });
export const RightBracket = createToken({ name: "RightBracket", label: "`]`", pattern: /[\]］】]/ });
export const Colon = createToken({ name: "Colon", label: "`:`", pattern: /[:：→]|->/ });
export const Comma = createToken({ name: "Comma", label: "`,`", pattern: /[,，、]/ });
export const Dot = createToken({ name: "Dot", label: "`.`", pattern: /[.．。]/ });
export const Question = createToken({ name: "Question", label: "`?`", pattern: /[?？]/ });
export const At = createToken({ name: "At", label: "`@`", pattern: /[@＠]/ });
export const Operator = createToken({ name: "Operator", label: "a comparison", pattern: /[=!]=|[<>]=?|[＜＞]/ });
export const Equals = createToken({ name: "Equals", label: "`=`", pattern: /[=＝]/ });

const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\r\n\ufeff]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** The group of the lexer's result in which blanks are kept that are no white space here. */
export const BLANKS = "blanks";

const OddBlank = createToken({ name: "OddBlank", pattern: /[\u00a0\u200b\u202f\u3000]+/, group: BLANKS });

/** The group of the lexer's result in which comments of other languages are kept. */
export const FOREIGN_COMMENTS = "foreign comments";

const ForeignComment = createToken({
  name: "ForeignComment",
  pattern: /#[^\r\n]*|--(?![0-9])[^\r\n]*/,
  group: FOREIGN_COMMENTS,
});

/** The group of the lexer's result in which comments are kept. */
export const COMMENTS = "comments";

/** `///` and the text behind it; four or more slashes are an ordinary comment. */
export const DocLine = createToken({ name: "DocLine", pattern: /\/\/\/(?!\/)[^\r\n]*/, group: COMMENTS });
export const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/, group: COMMENTS });
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*[\s\S]*?\*\//,
  group: COMMENTS,
  line_breaks: true,
});
/** Runs to the end of the file; reported by the lexer. */
export const UnterminatedComment = createToken({
  name: "UnterminatedComment",
  pattern: /\/\*[\s\S]*/,
  group: COMMENTS,
  line_breaks: true,
});

/** Every token type, those with patterns in the order in which the lexer tries them. */
export const allTokens: readonly TokenType[] = [
  WhiteSpace,
  OddBlank,
  DocLine,
  LineComment,
  BlockComment,
  UnterminatedComment,
  ForeignComment,
  UnquotedCron,
  Identifier,
  NumberToken,
  StringToken,
  OddlyQuoted,
  LeftBrace,
  RightBrace,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  Colon,
  Comma,
  Dot,
  Question,
  At,
  Operator,
  Equals,
  DeclarationKeyword,
  ClauseKeyword,
  Literal,
  ...declarationKeywords,
  ...clauseKeywords,
  Duration,
  MalformedNumber,
];
