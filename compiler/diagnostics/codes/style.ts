import { defineCode, quote } from "../define.js";

/** HT6001 to HT6099: what is allowed and most often not meant. */

export const typeCasing = defineCode<{ what: string; name: string; better: string }>({
  code: "HT6001",
  severity: "warning",
  message: ({ what, name }) => `${what} ${quote(name)} is not in PascalCase`,
  help: ({ better }) => `call it ${quote(better)}`,
  page: {
    meaning:
      "Components, enums, structs, errors and events are written in `PascalCase`, as they will be in every target.",
    wrong: "namespace shop\n\nstruct order_line { price: i32 }\n",
    right: "namespace shop\n\nstruct OrderLine { price: i32 }\n",
  },
});

export const memberCasing = defineCode<{ what: string; name: string; better: string }>({
  code: "HT6002",
  severity: "warning",
  message: ({ what, name }) => `${what} ${quote(name)} is not in snake_case`,
  help: ({ better }) => `call it ${quote(better)}; each target converts it to its own way of writing`,
  page: {
    meaning:
      "Systems, endpoints, fields, parameters, enum values and namespaces are written in `snake_case`. TypeScript and\n" +
      "JavaScript see them in `camelCase`, C# in `PascalCase`.",
    wrong: "namespace shop\n\nstruct OrderLine { unitPrice: i32 }\n",
    right: "namespace shop\n\nstruct OrderLine { unit_price: i32 }\n",
  },
});

export const windowUnderRls = defineCode<{ component: string; column: string }>({
  code: "HT6003",
  severity: "warning",
  message: ({ component, column }) =>
    `component ${quote(component)} has row-level security, but no index that starts with ${quote(column)}`,
  help: ({ column }) => `add \`@index\` to ${quote(column)}, or a composite index that starts with it`,
  page: {
    meaning:
      "A subscription with a limit scans rows until it has enough that the caller may see. Along an index that starts with\n" +
      "the security column it finds them at once; along any other it may scan the rows of everybody, and is refused past a\n" +
      "configured number.",
    wrong:
      "namespace shop\n\n@permission(owner)\ncomponent Item {\n  owner: i64\n  price: i32 @index\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@permission(owner)\n@index(owner, price)\ncomponent Item {\n  owner: i64\n  price: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const emptySession = defineCode<{ namespace: string }>({
  code: "HT6004",
  severity: "warning",
  message: ({ namespace }) => `the session of namespace ${quote(namespace)} has no fields`,
  help: () => "declare the fields that `@rls` asks for, or remove it",
  page: {
    meaning: "A `session` without fields is the same as none.",
    wrong: "namespace shop\n\nsession {}\n",
    right: "namespace shop\n\nsession { guild: i64 }\n",
  },
});

export const uniqueDefault = defineCode<{ field: string }>({
  code: "HT6005",
  severity: "hint",
  message: ({ field }) => `${quote(field)} is unique and has a default: only one row can hold it`,
  help: () => "remove the default, so that every insert must give a value",
  page: {
    meaning:
      "A column of its own `@unique` index with a constant default works for the first insert that leaves it out; the\n" +
      "second violates the index.",
    wrong: 'namespace shop\n\ncomponent Item {\n  name: string(32) = "" @unique\n}\n\nsystem stock() uses Item\n',
    right: "namespace shop\n\ncomponent Item {\n  name: string(32) @unique\n}\n\nsystem stock() uses Item\n",
  },
});

export const hiddenAnyway = defineCode<{ field: string; component: string }>({
  code: "HT6006",
  severity: "hint",
  message: ({ field, component }) =>
    `\`@permission\` on ${quote(field)} changes nothing: only admins may read component ${quote(component)}`,
  help: () => "remove it, or give the component a `@permission`",
  page: {
    meaning:
      "A component without `@permission` and `@rls` is read by admins only, all columns alike. Hiding one of its columns\n" +
      "changes nothing; most often the component's own attribute was forgotten.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32 @permission(admin)\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@permission(everybody)\ncomponent Item {\n  price: i32 @permission(admin)\n}\n\nsystem stock() uses Item\n",
  },
});
