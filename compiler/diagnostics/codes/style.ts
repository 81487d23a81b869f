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

export const unusedType = defineCode<{ type: string }>({
  code: "HT6007",
  severity: "hint",
  message: ({ type }) => `${type} is never used`,
  help: () => "make it the type of a field, a parameter or a result, or remove it",
  page: {
    meaning:
      "An enum or a struct is the type of no field, parameter or result, in any namespace. Clients and servers get code\n" +
      "for it all the same. What is meant to stay carries `@deprecated`. Nothing is said in a namespace where no client\n" +
      "and no trigger can start anything: it holds types for others, or has only been begun.",
    wrong: "namespace shop\n\nenum Color { red, blue }\n\n@permission(user)\nendpoint price(item: i32): i32\n",
    right:
      "namespace shop\n\nenum Color { red, blue }\n\n@permission(user)\nendpoint price(item: i32, color: Color): i32\n",
  },
});

export const unusedError = defineCode<{ error: string }>({
  code: "HT6008",
  severity: "hint",
  message: ({ error }) => `error ${quote(error)} is never used: nothing rejects with it`,
  help: ({ error }) => `add ${quote(`rejects ${error}`)} to a system or an endpoint, or remove it`,
  page: {
    meaning:
      "A system or an endpoint can throw only the errors that its `rejects` lists, so one that no `rejects` lists is never\n" +
      "thrown. What is meant to stay carries `@deprecated`.",
    wrong: "namespace shop\n\nerror SoldOut { item: i32 }\n\n@permission(user)\nendpoint price(item: i32): i32\n",
    right:
      "namespace shop\n\nerror SoldOut { item: i32 }\n\n@permission(user)\nendpoint price(item: i32): i32 rejects SoldOut\n",
  },
});

export const unusedEvent = defineCode<{ event: string }>({
  code: "HT6009",
  severity: "hint",
  message: ({ event }) => `event ${quote(event)} is never used: no system emits it`,
  help: ({ event }) => `add ${quote(`emits ${event}`)} to a system, or remove it`,
  page: {
    meaning:
      "A system can send only the events that its `emits` lists, so clients wait in vain for one that no `emits` lists.\n" +
      "What is meant to stay carries `@deprecated`.",
    wrong:
      "namespace shop\n\nevent Restocked { item: i32 }\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\nevent Restocked { item: i32 }\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nsystem stock() uses Item emits Restocked\n",
  },
});

export const unusedComponent = defineCode<{ component: string }>({
  code: "HT6010",
  severity: "hint",
  message: ({ component }) =>
    `component ${quote(component)} is never used: no system uses it, and no client may read it`,
  help: ({ component }) => `add ${quote(`uses ${component}`)} to a system, or remove it`,
  page: {
    meaning:
      "Rows are written by the systems whose `uses` lists their component. No system lists this one, so it gets no rows; and\n" +
      "without `@permission` and `@rls` no client but an admin could read those of earlier versions. Without the component,\n" +
      "`hetu upgrade` asks before it drops such rows. What is meant to stay carries `@deprecated`.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nendpoint price(item: i32): i32\n",
    right:
      "namespace shop\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nsystem price(item: i32): i32 uses Item\n",
  },
});

export const unusedCallable = defineCode<{ callable: string; kind: string }>({
  code: "HT6011",
  severity: "hint",
  message: ({ callable, kind }) =>
    kind === "system"
      ? `${callable} is never run: no client may call it, nothing calls it, and it has no trigger`
      : `${callable} is never run: no client may call it`,
  help: ({ kind }) =>
    kind === "system"
      ? "add `@permission(…)`, list it in the `calls` of another, or remove it"
      : "add `@permission(…)`, or remove it",
  page: {
    meaning:
      "A system is run by clients, which needs `@permission`, by the engine, which needs `@on`, `@every` or `@cron`, or by\n" +
      "one that lists it in `calls`; an endpoint by clients alone. Most often the `@permission` was forgotten. Nothing is said\n" +
      "in a namespace where nothing at all can be started, since it has only been begun. What is meant to stay carries\n" +
      "`@deprecated`.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nsystem buy() uses Item\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  owner: i64 @unique\n}\n\n@permission(user)\nsystem buy() uses Item\n\n@permission(admin)\nsystem stock() uses Item\n",
  },
});

export const deprecatedName = defineCode<{ what: string; why: string | undefined }>({
  code: "HT6012",
  severity: "hint",
  message: ({ what, why = "" }) => `${what} is deprecated${why === "" ? "" : `: ${why}`}`,
  help: () => "name what takes its place, or mark this as `@deprecated`, too",
  page: {
    meaning:
      "A type, a clause or a default names what carries `@deprecated`. That is allowed for as long as old clients need it;\n" +
      "what is new should name what takes its place. Nothing is said within what is `@deprecated` itself.",
    wrong:
      'namespace shop\n\n@deprecated("use Cost")\nstruct Price { gold: i32 }\n\nstruct Cost { gold: i32, gems: i32 }\n\nevent Sold { price: Price }\n',
    right:
      'namespace shop\n\n@deprecated("use Cost")\nstruct Price { gold: i32 }\n\nstruct Cost { gold: i32, gems: i32 }\n\nevent Sold { price: Cost }\n',
  },
});
