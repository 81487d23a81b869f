import { defineCode, didYouMean, quote } from "../define.js";

/** HT1001 to HT1099: what the lexer and the parser refuse. */

export const unexpectedCharacter = defineCode<{ text: string }>({
  code: "HT1001",
  severity: "error",
  message: ({ text }) => `unexpected ${text.length === 1 ? "character" : "characters"} ${quote(printable(text))}`,
  help: ({ text }) =>
    text.includes(";")
      ? "fields are separated by white space or `,`, declarations by nothing at all"
      : "remove it; outside strings and comments a schema is made of names, numbers and `@ { } ( ) [ ] : , . ? =`",
  page: {
    meaning:
      "The text holds a character that no construct of the language uses. Look-alikes from other keyboards, such as\n" +
      "the full-width `：` and `，` or typographic quotes, are the usual reason; so is a `;` at the end of a line.",
    wrong: "namespace shop\n\nstruct Price { gold: i32; }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const invalidName = defineCode<{ text: string }>({
  code: "HT1002",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not a valid name`,
  help: () => "a name starts with an ASCII letter and goes on with ASCII letters, digits and `_`",
  page: {
    meaning:
      "Names become identifiers in TypeScript, JavaScript and C# and column names in the database, so they are ASCII:\n" +
      "a letter, then letters, digits and `_`. A leading `_` is kept for names that the compiler makes.",
    wrong: "namespace shop\n\nstruct Price { _gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const malformedNumber = defineCode<{ text: string }>({
  code: "HT1003",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not a number`,
  help: ({ text }) => numberHelp(text),
  page: {
    meaning:
      "A number is decimal (`12`, without a leading zero), hexadecimal (`0x1f`), or has a fraction or an exponent (`1.5`,\n" +
      "`1e-3`), with an optional `-` before it. Letters directly behind it belong to it. The one exception is a duration\n" +
      "in an attribute: whole digits and one of `ms`, `s`, `m`, `h`, `d`.",
    wrong: "namespace shop\n\ncomponent Price {\n  gold: i32 = 1_000\n}\n\nsystem read() uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  gold: i32 = 1000\n}\n\nsystem read() uses Price\n",
  },
});

export const unterminatedString = defineCode({
  code: "HT1004",
  severity: "error",
  message: () => 'this string has no closing `"`',
  help: () => 'a string ends on the line where it starts; write `\\n` for a line break and `\\"` for a quote',
  page: {
    meaning: 'A string starts with `"` and must end with `"` on the same line.',
    wrong: 'namespace shop\n\n@deprecated("use Cost\nstruct Price { gold: i32 }\n',
    right: 'namespace shop\n\n@deprecated("use Cost")\nstruct Price { gold: i32 }\n',
  },
});

export const invalidEscape = defineCode<{ text: string }>({
  code: "HT1005",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not an escape`,
  help: ({ text }) =>
    text.startsWith("\\u")
      ? "write `\\u{` and one to six hexadecimal digits and `}`, of a code point up to 10FFFF that is no surrogate"
      : 'the escapes are `\\"`, `\\\\`, `\\n`, `\\r`, `\\t` and `\\u{…}`; write `\\\\` for a backslash',
  page: {
    meaning:
      'In a string a backslash starts an escape: `\\"`, `\\\\`, `\\n`, `\\r`, `\\t`, or `\\u{…}` with the hexadecimal number of a\n' +
      "Unicode code point (surrogates, D800 to DFFF, are none).",
    wrong: 'namespace shop\n\n@deprecated("see C:\\prices")\nstruct Price { gold: i32 }\n',
    right: 'namespace shop\n\n@deprecated("see C:\\\\prices")\nstruct Price { gold: i32 }\n',
  },
});

export const unterminatedComment = defineCode({
  code: "HT1006",
  severity: "error",
  message: () => "this comment has no closing `*/`",
  help: () => "add `*/` where the comment ends, or use `//`, which ends with its line",
  page: {
    meaning: "A comment that starts with `/*` goes on to the next `*/`; such comments do not nest.",
    wrong: "namespace shop\n\nstruct Price { gold: i32 }\n/* old prices\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n/* old prices */\n",
  },
});

export const durationOutsideAttribute = defineCode<{ text: string }>({
  code: "HT1007",
  severity: "error",
  message: ({ text }) => `the duration ${quote(text)} cannot stand here`,
  help: () => "durations are arguments of attributes only; write a plain number",
  page: {
    meaning:
      "Durations such as `5s` are written in attributes (`@every(5s)`). No type of a column or a value takes one.",
    wrong: "namespace shop\n\ncomponent Price {\n  ttl: i32 = 5s\n}\n\nsystem read() uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  ttl: i32 = 5000\n}\n\nsystem read() uses Price\n",
  },
});

export const expected = defineCode<{ what: string; found?: string; after?: string; help?: string }>({
  code: "HT1010",
  severity: "error",
  message: ({ what, found, after }) =>
    `expected ${what}${after === undefined ? "" : ` after ${quote(after)}`}${found === undefined ? "" : `, found ${found}`}`,
  optionalHelp: ({ help }) => help,
  page: {
    meaning: "Something that the grammar requires at this place is not there.",
    wrong: "namespace shop\n\nstruct Price { gold: }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const missingBrace = defineCode<{ of: string }>({
  code: "HT1011",
  severity: "error",
  message: ({ of }) => `missing \`}\` of ${quote(of)}`,
  help: () => "close the braces before this place",
  page: {
    meaning:
      "Braces were opened and not closed: a keyword, a name and then `{` or `(` start a new declaration, which cannot stand\n" +
      "within braces, or the file ends.",
    wrong: "namespace shop\n\nstruct Price {\n  gold: i32\n\nstruct Offer {\n  price: Price\n}\n",
    right: "namespace shop\n\nstruct Price {\n  gold: i32\n}\n\nstruct Offer {\n  price: Price\n}\n",
  },
});

export const missingParenthesis = defineCode<{ found?: string }>({
  code: "HT1012",
  severity: "error",
  message: ({ found }) => `missing \`)\`${found === undefined ? "" : ` before ${found}`}`,
  help: () => "close the parentheses",
  page: {
    meaning: "Parentheses were opened and not closed.",
    wrong: "namespace shop\n\nstruct Price { name: string(32 }\n",
    right: "namespace shop\n\nstruct Price { name: string(32) }\n",
  },
});

export const unexpectedText = defineCode<{ found: string; where: string; help?: string }>({
  code: "HT1013",
  severity: "error",
  message: ({ found, where }) => `unexpected ${found} ${where}`,
  optionalHelp: ({ help }) => help,
  page: {
    meaning: "Nothing of this kind can stand here. The compiler goes on at the next field or declaration.",
    wrong: "namespace shop\n\nstruct Price { gold: i32 }\n}\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const unknownDeclaration = defineCode<{ word: string; suggestion: string | undefined }>({
  code: "HT1014",
  severity: "error",
  message: ({ word }) => `${quote(word)} starts no declaration`,
  help: ({ suggestion }) =>
    didYouMean(suggestion) ??
    "a declaration starts with namespace, enum, session, component, struct, error, event, system or endpoint",
  page: {
    meaning:
      "Outside braces each construct starts with one of `namespace`, `enum`, `session`, `component`, `struct`, `error`,\n" +
      "`event`, `system` and `endpoint`, or with the attributes of one.",
    wrong: "namespace shop\n\nstrukt Price { gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const missingComma = defineCode<{ what: string; found: string }>({
  code: "HT1015",
  severity: "error",
  message: ({ what, found }) => `missing \`,\` between ${what}, before ${found}`,
  help: () => "separate them with `,`",
  page: {
    meaning:
      "Parameters, arguments and the names in a clause are separated by commas. (Fields and enum values need none: there\n" +
      "white space is enough.)",
    wrong: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read(item: i32 count: i32) uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read(item: i32, count: i32) uses Price\n",
  },
});

export const extraComma = defineCode<{ where: string }>({
  code: "HT1016",
  severity: "error",
  message: ({ where }) => `unexpected \`,\` ${where}`,
  help: () => "remove it",
  page: {
    meaning:
      "A comma stands between two items; one after the last is allowed inside parentheses and behind a field or an enum\n" +
      "value, never at the end of a `uses`, `calls`, `rejects` or `emits` clause.",
    wrong: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read() uses Price,\n",
    right: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read() uses Price\n",
  },
});

export const detachedAttribute = defineCode<{ name: string; member: string }>({
  code: "HT1017",
  severity: "error",
  message: ({ name, member }) => `the attribute ${quote(`@${name}`)} stands on another line than ${quote(member)}`,
  help: ({ member }) => `write it on the line where ${quote(member)}, or its previous attribute, ends`,
  page: {
    meaning:
      "The attributes of a field, a parameter or an enum value follow it on its own line. On a line of its own one might\n" +
      "be read as belonging to what comes next.",
    wrong: "namespace shop\n\ncomponent Price {\n  item: i32\n  @unique\n  gold: i32\n}\n\nsystem read() uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  item: i32 @unique\n  gold: i32\n}\n\nsystem read() uses Price\n",
  },
});

export const ambiguousAttribute = defineCode<{ name: string }>({
  code: "HT1018",
  severity: "error",
  message: ({ name }) => `the attribute ${quote(`@${name}`)} stands on the line where another declaration ends`,
  help: () => "write it before the keyword of the declaration that it belongs to, on a line of its own or on that line",
  page: {
    meaning:
      "The attributes of a declaration come before it. Behind the end of another declaration an attribute looks as if it\n" +
      "belonged to that one.",
    wrong:
      "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read() uses Price @retry(0)\nsystem write() uses Price\n",
    right:
      "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\n@retry(0)\nsystem read() uses Price\nsystem write() uses Price\n",
  },
});

export const attributeWithoutDeclaration = defineCode<{ name: string }>({
  code: "HT1019",
  severity: "error",
  message: ({ name }) => `the attribute ${quote(`@${name}`)} belongs to nothing`,
  help: () => "attributes stand before a declaration, or behind a field, a parameter or an enum value on its line",
  page: {
    meaning: "No declaration follows the attribute, and no field precedes it.",
    wrong: 'namespace shop\n\nstruct Price { gold: i32 }\n\n@deprecated("use Cost")\n',
    right: 'namespace shop\n\n@deprecated("use Cost")\nstruct Price { gold: i32 }\n',
  },
});

export const repeatedClause = defineCode<{ keyword: string }>({
  code: "HT1020",
  severity: "error",
  message: ({ keyword }) => `a second ${quote(keyword)} clause`,
  help: ({ keyword }) => `list all names behind one ${quote(keyword)}, separated by \`,\``,
  page: {
    meaning: "Each of `uses`, `calls`, `rejects` and `emits` may be written once for a system or an endpoint.",
    wrong:
      "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\ncomponent Stock {\n  count: i32\n}\n\n" +
      "system read() uses Price uses Stock\n",
    right:
      "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\ncomponent Stock {\n  count: i32\n}\n\n" +
      "system read() uses Price, Stock\n",
  },
});

export const resultAfterClause = defineCode({
  code: "HT1021",
  severity: "error",
  message: () => "the result stands behind a clause",
  help: () => "write `: Type` directly behind the parameters, the clauses after it",
  page: {
    meaning: "A system or an endpoint is written as its parameters, its result, then its clauses.",
    wrong: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read() uses Price: i32\n",
    right: "namespace shop\n\ncomponent Price {\n  gold: i32\n}\n\nsystem read(): i32 uses Price\n",
  },
});

export const optionalOnType = defineCode<{ name: string }>({
  code: "HT1022",
  severity: "error",
  message: ({ name }) => `the \`?\` of ${quote(name)} stands behind its type`,
  help: ({ name }) => `write ${quote(`${name}?: …`)}; only a result takes its \`?\` behind the type`,
  page: {
    meaning:
      "What may be left out is marked at its name: `note?: string(64)`. Only a result, which has no name, is `T?`.",
    wrong: "namespace shop\n\nstruct Price { gold: i32? }\n",
    right: "namespace shop\n\nstruct Price { gold?: i32 }\n",
  },
});

export const malformedRule = defineCode({
  code: "HT1023",
  severity: "error",
  message: () => "this is not a comparison of a column with the session",
  help: () => "write `column OP ctx.name`, with one of `==`, `!=`, `<`, `<=`, `>`, `>=`",
  page: {
    meaning:
      "A rule compares one column, on the left, with one value of the session, on the right: `guild == ctx.guild` or\n" +
      "`owner == ctx.caller`. Conditions that must all hold are written as several `@rls`.",
    wrong:
      "namespace shop\n\n@rls(owner = ctx.caller)\ncomponent Purse {\n  owner: i64 @index\n}\n\nsystem read() uses Purse\n",
    right:
      "namespace shop\n\n@rls(owner == ctx.caller)\ncomponent Purse {\n  owner: i64 @index\n}\n\nsystem read() uses Purse\n",
  },
});

export const arrayTooDeep = defineCode<{ limit: number }>({
  code: "HT1024",
  severity: "error",
  message: ({ limit }) => `an array of more than ${limit} dimensions`,
  help: ({ limit }) => `${limit} is the limit; put the inner ones into a struct`,
  page: {
    meaning: "`T[]` may be repeated for arrays of arrays, up to eight times.",
    wrong: "namespace shop\n\nstruct Cube { cells: i32[][][][][][][][][] }\n",
    right: "namespace shop\n\nstruct Cube { cells: i32[][][] }\n",
  },
});

export const missingNamespace = defineCode({
  code: "HT1025",
  severity: "error",
  message: () => "this file has no namespace",
  help: () => "start it with `namespace name`",
  page: {
    meaning: "Every file says first, and once, which namespace its declarations are in. Several files may share one.",
    wrong: "struct Price { gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const namespaceNotFirst = defineCode<{ name: string }>({
  code: "HT1026",
  severity: "error",
  message: ({ name }) => `${quote(`namespace ${name}`)} is not the first declaration of the file`,
  help: () => "move it to the top",
  page: {
    meaning: "The namespace stands before everything else that a file declares; only comments may come before it.",
    wrong: "struct Price { gold: i32 }\n\nnamespace shop\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const repeatedNamespace = defineCode<{ name: string }>({
  code: "HT1027",
  severity: "error",
  message: ({ name }) => `a second namespace, ${quote(name)}, in one file`,
  help: () => "a file is in one namespace; put the declarations of another into a file of their own",
  page: {
    meaning: "`namespace` is written once in a file and holds for all of it.",
    wrong: "namespace shop\n\nstruct Price { gold: i32 }\n\nnamespace bank\n\nstruct Rate { percent: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n\nstruct Rate { percent: i32 }\n",
  },
});

export const misplacedDoc = defineCode<{ alone: boolean }>({
  code: "HT1030",
  severity: "warning",
  message: ({ alone }) =>
    alone ? "this `///` documents nothing" : "this `///` does not stand alone on its line and documents nothing",
  help: () =>
    "`///` lines stand before a declaration (and its attributes), a field, an enum value or a parameter; " +
    "anything else is said with `//`",
  page: {
    meaning:
      "A `///` line documents what follows it: a declaration, a field, an enum value or a parameter. Behind a field, after\n" +
      "the attributes of a declaration, or before a closing brace it documents nothing, and would be lost.",
    wrong: "namespace shop\n\nstruct Price {\n  gold: i32 /// In whole coins.\n}\n",
    right: "namespace shop\n\nstruct Price {\n  /// In whole coins.\n  gold: i32\n}\n",
  },
});

export const tooManySyntaxErrors = defineCode<{ shown: number }>({
  code: "HT1099",
  severity: "hint",
  message: ({ shown }) => `more than ${shown} syntax errors; the rest of this file is not shown`,
  help: () => "put the first ones right and run the compiler again",
  page: {
    meaning:
      "The compiler shows at most 100 syntax errors of a file. So many usually have one reason, at the first of them.",
    wrong: `namespace shop\n\nstruct Price {\n${Array.from({ length: 101 }, (_, i) => `  in_${i}: i32;\n`).join("")}}\n`,
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

function numberHelp(text: string): string {
  if (text.includes("_")) return `write the digits without \`_\`: ${quote(text.replaceAll("_", ""))}`;
  if (/^-?[0-9.]+(ms|s|m|h|d)$/.test(text))
    return "a duration is a whole number, not negative, and one of ms, s, m, h, d";
  if (/^-?0[0-9]/.test(text)) return "write it without leading zeros";
  return "numbers are written as `12`, `0x1f`, `1.5` or `1e-3`; put white space between a number and a word";
}

/** Control characters, blanks and lone surrogates shown by number, long runs cut. */
function printable(text: string): string {
  const shown = Array.from(text.slice(0, 12), (character) => {
    const code = character.codePointAt(0) ?? 0;
    const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && !(code >= 0xd800 && code <= 0xdfff);
    return visible ? character : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }).join("");
  return text.length > 12 ? `${shown}…` : shown;
}
