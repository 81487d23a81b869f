import { defineCode, didYouMean, quote } from "../define.js";

/** HT1010 to HT1099: what the parser refuses. */

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

export const detachedAttribute = defineCode<{ name: string; member: string; behindComma: boolean }>({
  code: "HT1017",
  severity: "error",
  message: ({ name, member, behindComma }) =>
    `the attribute ${quote(`@${name}`)} stands ${behindComma ? "behind the `,` of" : "on another line than"} ${quote(member)}`,
  help: ({ member, behindComma }) =>
    behindComma
      ? "write it before the `,`"
      : `write it on the line where ${quote(member)}, or its previous attribute, ends`,
  page: {
    meaning:
      "The attributes of a field, a parameter or an enum value follow it on its own line, before the `,` if there is one.\n" +
      "On a line of its own one might be read as belonging to what comes next.",
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

export const attributeWithoutDeclaration = defineCode<{ name: string; before?: string; behind?: string }>({
  code: "HT1019",
  severity: "error",
  message: ({ name, before, behind }) => {
    if (behind !== undefined) return `the attribute ${quote(`@${name}`)} stands behind ${quote(behind)}`;
    return `the attribute ${quote(`@${name}`)} ${before === undefined ? "belongs to nothing" : `stands before ${quote(before)}`}`;
  },
  help: ({ before, behind }) => {
    if (behind !== undefined) return `the attributes of a declaration come first: write it before ${quote(behind)}`;
    return before === undefined
      ? "attributes stand before a declaration, or behind a field, a parameter or an enum value on its line"
      : `write it behind ${quote(before)}, on its line`;
  },
  page: {
    meaning:
      "No declaration follows the attribute, and no field precedes it: those of a field stand behind it, not before, and\n" +
      "those of a declaration before its keyword, not behind.",
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

/** Its parameter is the rule that was meant. */
export const malformedRule = defineCode<string | undefined>({
  code: "HT1023",
  severity: "error",
  message: () => "this is not a comparison of a column with the session",
  help: (meant) => didYouMean(meant) ?? "write `column OP ctx.name`, with one of `==`, `!=`, `<`, `<=`, `>`, `>=`",
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
