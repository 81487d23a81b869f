import { defineCode, didYouMean, quote } from "../define.js";

/** HT2001 to HT2099: what names are declared and what they lead to. */

export const duplicateType = defineCode<{ name: string }>({
  code: "HT2001",
  severity: "error",
  message: ({ name }) => `${quote(name)} is declared more than once`,
  help: () => "components, enums, structs, errors and events share one scope in a namespace: rename one of them",
  page: {
    meaning:
      "Components, enums, structs, errors and events of one namespace become types of one module in every target, so\n" +
      "their names must differ, over all files of the namespace.",
    wrong: "namespace shop\n\nstruct Price { gold: i32 }\n\nevent Price { gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n\nevent PriceChanged { gold: i32 }\n",
  },
});

export const duplicateCallable = defineCode<{ name: string }>({
  code: "HT2002",
  severity: "error",
  message: ({ name }) => `${quote(name)} is declared more than once`,
  help: () =>
    "systems and endpoints share one scope in a namespace, because clients call both by name: rename one of them",
  page: {
    meaning: "A client calls systems and endpoints alike, by name, so no two of a namespace may have the same name.",
    wrong: "namespace shop\n\nendpoint open(): bool\n\nendpoint open(door: i32): bool\n",
    right: "namespace shop\n\nendpoint open(): bool\n\nendpoint open_door(door: i32): bool\n",
  },
});

export const duplicateField = defineCode<{ name: string; owner: string }>({
  code: "HT2003",
  severity: "error",
  message: ({ name, owner }) => `field ${quote(name)} is declared more than once in ${owner}`,
  help: () => "rename one of the two fields, or remove it",
  page: {
    meaning: "The fields of a component, struct, error, event or session are told apart by name.",
    wrong: "namespace shop\n\nstruct Price { gold: i32, gold: i64 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32, silver: i64 }\n",
  },
});

export const duplicateParameter = defineCode<{ name: string; owner: string }>({
  code: "HT2004",
  severity: "error",
  message: ({ name, owner }) => `parameter ${quote(name)} is declared more than once in ${owner}`,
  help: () => "rename one of the two parameters, or remove it",
  page: {
    meaning: "The parameters of a system or endpoint are told apart by name.",
    wrong: "namespace shop\n\nendpoint price(item: i32, item: i32): i32\n",
    right: "namespace shop\n\nendpoint price(item: i32, count: i32): i32\n",
  },
});

export const duplicateEnumValue = defineCode<{ name: string; owner: string }>({
  code: "HT2005",
  severity: "error",
  message: ({ name, owner }) => `value ${quote(name)} is declared more than once in ${owner}`,
  help: () => "rename one of the two values, or remove it",
  page: {
    meaning: "The values of an enum are told apart by name.",
    wrong: "namespace shop\n\nenum Color { red, green, red }\n",
    right: "namespace shop\n\nenum Color { red, green, blue }\n",
  },
});

export const duplicateSession = defineCode<{ namespace: string }>({
  code: "HT2006",
  severity: "error",
  message: ({ namespace }) => `namespace ${quote(namespace)} has more than one ${quote("session")}`,
  help: () => "move all fields into one `session { … }`",
  page: {
    meaning:
      "`session` says what the server keeps for each connection. A namespace has at most one, over all its files, so that\n" +
      "one place tells everything.",
    wrong: "namespace shop\n\nsession { guild: i64 }\n\nsession { level: i32 }\n",
    right: "namespace shop\n\nsession {\n  guild: i64\n  level: i32\n}\n",
  },
});

export const reservedName = defineCode<{ name: string; reason: string; rename: string; removable: boolean }>({
  code: "HT2007",
  severity: "error",
  message: ({ name, reason }) => `${quote(name)} cannot be declared: ${reason}`,
  help: ({ rename, removable }) =>
    `${removable ? "leave it out, or " : ""}choose another name, such as ${quote(rename)}`,
  page: {
    meaning:
      "Some names belong to the language: `id` and `version`, which every row of a component has; the names of the\n" +
      "built-in types; and the namespace `core`, which comes with the server.",
    wrong: "namespace shop\n\ncomponent Item {\n  version: i32\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  revision: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const unknownNamespace = defineCode<{ name: string; is?: string; suggestion: string | undefined }>({
  code: "HT2008",
  severity: "error",
  message: ({ name }) => `there is no namespace ${quote(name)}`,
  help: ({ name, is, suggestion }) =>
    is !== undefined
      ? `${quote(name)} is ${/^[aeiou]/.test(is) ? "an" : "a"} ${is} of this namespace; as a type write ${quote(name)}`
      : (didYouMean(suggestion) ?? `no file of the project says \`namespace ${name}\`; check \`schema\` in hetu.json`),
  page: {
    meaning:
      "`items.Reward` means the type `Reward` of the namespace `items`. Some file that `schema` in hetu.json matches must\n" +
      "declare that namespace.",
    wrong: "namespace shop\n\nstruct Order { reward: items.Reward }\n",
    right: [
      "namespace shop\n\nstruct Order { reward: items.Reward }\n",
      "namespace items\n\nstruct Reward { gold: i32 }\n",
    ],
  },
});

/** `isNone`: another language writes it where there is no result. */
export const unknownType = defineCode<{ name: string; suggestion: string | undefined; isNone?: boolean }>({
  code: "HT2009",
  severity: "error",
  message: ({ name }) => `there is no type ${quote(name)}`,
  help: ({ suggestion, isNone = false }) =>
    isNone
      ? "leave the result out; what gives none has no `:` behind its parameters"
      : (didYouMean(suggestion) ?? "declare it as an `enum` or a `struct`, or use a built-in type"),
  page: {
    meaning:
      "A type is a built-in one, an enum or a struct. A name without a namespace is looked up in the file's own namespace\n" +
      "only; types of others are written `namespace.Name`.",
    wrong: "namespace shop\n\nenum Color { red, green }\n\nstruct Paint { color: Colour }\n",
    right: "namespace shop\n\nenum Color { red, green }\n\nstruct Paint { color: Color }\n",
  },
});

export const notAType = defineCode<{ name: string; is: string }>({
  code: "HT2010",
  severity: "error",
  message: ({ name, is }) => `${is} ${quote(name)} is not a type`,
  help: ({ is }) =>
    is === "component"
      ? "give the row's `id: i64`, or declare a `struct` of the fields that are wanted"
      : "declare a `struct` of the fields that are wanted",
  page: {
    meaning:
      "Only enums and structs can be the type of a field, a parameter or a result. A component describes rows that are\n" +
      "read by key and subscribed to; errors and events are messages of their own.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem find(price: i32): Item uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem find(price: i32): i64 uses Item\n",
  },
});

export const unknownName = defineCode<{
  what: string;
  name: string;
  where: string;
  suggestion: string | undefined;
}>({
  code: "HT2011",
  severity: "error",
  message: ({ what, name, where }) => `there is no ${what} ${quote(name)} in ${where}`,
  help: ({ what, suggestion }) => didYouMean(suggestion) ?? `check the spelling, or declare the ${what}`,
  page: {
    meaning:
      "A clause or an attribute names something that is not declared: a component after `uses`, a system after `calls`, an\n" +
      "error after `rejects`, an event after `emits`, a column in `@index`, `@unique` or `@rls`, a field of the session in\n" +
      "`@rls`.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Itme\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item\n",
  },
});

export const wrongKind = defineCode<{ name: string; is: string; expected: string }>({
  code: "HT2012",
  severity: "error",
  message: ({ name, is, expected }) => `${quote(name)} is ${is}, not ${expected}`,
  help: ({ expected }) =>
    ({
      "a component": "`uses` lists components",
      "a system": "`calls` lists systems",
      "an error": "`rejects` lists errors",
      "an event": "`emits` lists events",
    })[expected] ?? `name ${expected} here`,
  page: {
    meaning:
      "Each clause takes names of one kind: `uses` components, `calls` systems, `rejects` errors, `emits` events. The name\n" +
      "is declared, but as something else.",
    wrong: "namespace shop\n\nevent Sold { item: i32 }\n\nsystem buy() rejects Sold\n",
    right: "namespace shop\n\nevent Sold { item: i32 }\n\nsystem buy() emits Sold\n",
  },
});

export const otherNamespace = defineCode<{ clause: string; name: string; namespace: string }>({
  code: "HT2013",
  severity: "error",
  message: ({ clause, name }) => `${quote(clause)} cannot name ${quote(name)}, which is in another namespace`,
  help: ({ namespace }) =>
    `one server instance serves one namespace and \`core\`: declare what is needed in ${quote(namespace)}`,
  page: {
    meaning:
      "Enums and structs may be used across namespaces. Components, systems, errors and events may not: one server\n" +
      "instance serves one namespace, plus `core`, and keeps the rows of nothing else.",
    wrong: [
      "namespace shop\n\nsystem buy() uses items.Item\n",
      "namespace items\n\ncomponent Item {\n  price: i32\n}\n\nsystem stock() uses Item\n",
    ],
    right: [
      "namespace items\n\ncomponent Item {\n  price: i32\n}\n\nsystem stock() uses Item\n\nsystem buy() uses Item\n",
    ],
  },
});

export const repeatedItem = defineCode<{ clause: string; name: string }>({
  code: "HT2014",
  severity: "error",
  message: ({ clause, name }) => `${quote(clause)} lists ${quote(name)} more than once`,
  help: () => "remove one of the two",
  page: {
    meaning: "A clause is a set: naming something twice means nothing, and is most often a mistyped other name.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item, Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item\n",
  },
});

export const namesMeet = defineCode<{
  what: string;
  first: string;
  second: string;
  converted: string;
  targets: readonly string[];
}>({
  code: "HT2015",
  severity: "error",
  message: ({ what, first, second, converted, targets }) =>
    `${what} ${quote(first)} and ${quote(second)} are both ${quote(converted)} in ${targets.join(" and ")}`,
  help: () => "rename one of the two",
  page: {
    meaning:
      "Each target writes names in its own way: TypeScript and JavaScript `camelCase` or `PascalCase`, C# `PascalCase`. Two\n" +
      "names that differ in the schema may come out the same.",
    wrong: "namespace shop\n\nstruct Price { in_gold: i32, in__gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { in_gold: i32, in_silver: i32 }\n",
  },
});
