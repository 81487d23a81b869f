import { defineCode, didYouMean, quote } from "../define.js";

/** HT4001 to HT4019: attributes as such, whatever they mean. */

export const unknownAttribute = defineCode<{ name: string; suggestion: string | undefined }>({
  code: "HT4001",
  severity: "error",
  message: ({ name }) => `there is no attribute ${quote(`@${name}`)}`,
  help: ({ suggestion }) =>
    didYouMean(suggestion === undefined ? undefined : `@${suggestion}`) ?? "docs/language.md lists all attributes",
  page: {
    meaning: "The set of attributes is fixed. A mistyped one would otherwise silently do nothing.",
    wrong: "namespace shop\n\ncomponent Item {\n  name: string(32) @uniq\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  name: string(32) @unique\n}\n\nsystem stock() uses Item\n",
  },
});

export const misplacedAttribute = defineCode<{ name: string; place: string; places: readonly string[] }>({
  code: "HT4002",
  severity: "error",
  message: ({ name, place }) => `${quote(`@${name}`)} does not belong on ${place}`,
  help: ({ name, places }) => `${quote(`@${name}`)} belongs on ${listed(places)}`,
  page: {
    meaning: "Each attribute belongs on certain declarations or fields; on others it would mean nothing.",
    wrong: "namespace shop\n\nstruct Item { name: string(32) @unique }\n",
    right: "namespace shop\n\ncomponent Item {\n  name: string(32) @unique\n}\n\nsystem stock() uses Item\n",
  },
});

export const repeatedAttribute = defineCode<{ name: string }>({
  code: "HT4003",
  severity: "error",
  message: ({ name }) => `${quote(`@${name}`)} stands here more than once`,
  help: () => "keep one of them",
  page: {
    meaning:
      "An attribute stands at most once on the same thing. Only `@index(…)`, `@unique(…)` and `@rls(…)` of a component may\n" +
      "be repeated.",
    wrong: "namespace shop\n\n@permission(user) @permission(admin)\nendpoint price(item: i32): i32\n",
    right: "namespace shop\n\n@permission(user)\nendpoint price(item: i32): i32\n",
  },
});

export const missingArgument = defineCode<{ attribute: string; lacking: readonly string[]; form: string }>({
  code: "HT4004",
  severity: "error",
  message: ({ attribute, lacking }) =>
    `${quote(`@${attribute}`)} lacks its ${lacking.length > 1 ? "arguments" : "argument"} ${lacking.map(quote).join(" and ")}`,
  help: ({ form }) => `write ${quote(form)}`,
  page: {
    meaning: "The attribute takes more arguments than are given.",
    wrong: "namespace shop\n\nendpoint price(count: i32 @range(1)): i32\n",
    right: "namespace shop\n\nendpoint price(count: i32 @range(1, 99)): i32\n",
  },
});

export const extraArgument = defineCode<{ attribute: string; form: string }>({
  code: "HT4005",
  severity: "error",
  message: ({ attribute }) => `${quote(`@${attribute}`)} does not take this argument`,
  help: ({ form }) => `write ${quote(form)}`,
  page: {
    meaning: "The attribute takes fewer arguments than are given.",
    wrong: "namespace shop\n\nendpoint price(count: i32 @range(1, 99, 3)): i32\n",
    right: "namespace shop\n\nendpoint price(count: i32 @range(1, 99)): i32\n",
  },
});

export const unknownArgument = defineCode<{ attribute: string; name: string | undefined; form: string }>({
  code: "HT4006",
  severity: "error",
  message: ({ attribute, name }) =>
    name === undefined
      ? `the arguments of ${quote(`@${attribute}`)} are written with their names`
      : `${quote(`@${attribute}`)} has no argument called ${quote(name)}`,
  help: ({ form }) => `write ${quote(form)}`,
  page: {
    meaning: "The arguments of `@limit` are written with their names, those of all other attributes without.",
    wrong: "namespace shop\n\n@permission(user) @limit(count: 5, per: 1s)\nendpoint price(item: i32): i32\n",
    right: "namespace shop\n\n@permission(user) @limit(times: 5, per: 1s)\nendpoint price(item: i32): i32\n",
  },
});

export const repeatedArgument = defineCode<{ attribute: string; name: string }>({
  code: "HT4007",
  severity: "error",
  message: ({ attribute, name }) => `${quote(name)} is given more than once to ${quote(`@${attribute}`)}`,
  help: () => "keep one of them",
  page: {
    meaning: "A named argument may be given once.",
    wrong: "namespace shop\n\n@permission(user) @limit(times: 5, times: 6, per: 1s)\nendpoint price(item: i32): i32\n",
    right: "namespace shop\n\n@permission(user) @limit(times: 6, per: 1s)\nendpoint price(item: i32): i32\n",
  },
});

export const wrongArgument = defineCode<{
  attribute: string;
  value: string;
  expected: string;
  suggestion: string | undefined;
  /** What is plainly wrong with it, and what to write. */
  hint?: string | undefined;
}>({
  code: "HT4008",
  severity: "error",
  message: ({ attribute, value, expected }) => `${quote(`@${attribute}`)} takes ${expected}, not ${quote(value)}`,
  help: ({ expected, suggestion, hint }) => hint ?? didYouMean(suggestion) ?? `give it ${expected}`,
  page: {
    meaning: "The argument is not of the kind that the attribute takes, or lies outside of its bounds.",
    wrong: "namespace shop\n\n@permission(users)\nendpoint price(item: i32): i32\n",
    right: "namespace shop\n\n@permission(user)\nendpoint price(item: i32): i32\n",
  },
});

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}
