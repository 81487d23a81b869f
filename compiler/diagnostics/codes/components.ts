import { defineCode, quote } from "../define.js";

/** HT4101 to HT4199: ranges, indexes, visibility and row-level security. */

export const rangeNotNumeric = defineCode<{ field: string; type: string }>({
  code: "HT4101",
  severity: "error",
  message: ({ field, type }) => `${quote("@range")} does not belong on ${quote(field)}, which is ${quote(type)}`,
  help: () => "only integers and floats have a range",
  page: {
    meaning: "`@range` bounds a number. Strings and bytes are bounded by their size, enums by their values.",
    wrong: "namespace shop\n\nendpoint find(name: string(8) @range(1, 8)): i64\n",
    right: "namespace shop\n\nendpoint find(name: string(8)): i64\n",
  },
});

export const rangeBound = defineCode<{ type: string; value: string; bounds: string | undefined }>({
  code: "HT4102",
  severity: "error",
  message: ({ type, value, bounds }) =>
    bounds === undefined
      ? `${value} is no bound for ${quote(type)}, which holds whole numbers`
      : `${value} is no bound for ${quote(type)}, which holds ${bounds}`,
  help: () => "choose a bound that the type can hold",
  page: {
    meaning: "Both bounds of `@range` must be values of the field's type.",
    wrong: "namespace shop\n\nendpoint price(count: u8 @range(0, 1000)): i32\n",
    right: "namespace shop\n\nendpoint price(count: u16 @range(0, 1000)): i32\n",
  },
});

export const rangeEmpty = defineCode<{ min: string; max: string }>({
  code: "HT4103",
  severity: "error",
  message: ({ min, max }) => `nothing lies in a range from ${min} to ${max}`,
  help: ({ min, max }) => `write ${quote(`@range(${max}, ${min})`)}, the lower bound first`,
  page: {
    meaning: "`@range(min, max)` is inclusive; its lower bound must not be above the upper one.",
    wrong: "namespace shop\n\nendpoint price(count: i32 @range(9, 1)): i32\n",
    right: "namespace shop\n\nendpoint price(count: i32 @range(1, 9)): i32\n",
  },
});

export const defaultOutsideRange = defineCode<{ field: string; value: string; min: string; max: string }>({
  code: "HT4104",
  severity: "error",
  message: ({ field, value, min, max }) =>
    `the default ${value} of ${quote(field)} is outside of its range, ${min} to ${max}`,
  help: () => "choose a default within the range, or widen the range",
  page: {
    meaning: "A range holds for every write, and so for the default.",
    wrong: "namespace shop\n\ncomponent Item {\n  count: i32 = 0 @range(1, 9)\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  count: i32 = 1 @range(1, 9)\n}\n\nsystem stock() uses Item\n",
  },
});

export const notIndexable = defineCode<{ field: string; type: string }>({
  code: "HT4105",
  severity: "error",
  message: ({ field, type }) => `${quote(field)} cannot be indexed: it is ${quote(type)}`,
  help: () => "index a column of another type; a short key of bytes can be a `string` in hexadecimal",
  page: {
    meaning: "`bytes` have no index. All other types of a column have one, in the order of their values.",
    wrong: "namespace shop\n\ncomponent Item {\n  hash: bytes(32) @unique\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  hash: string(64) @unique\n}\n\nsystem stock() uses Item\n",
  },
});

export const indexKeyTooLarge = defineCode<{ index: string; size: number; max: number }>({
  code: "HT4106",
  severity: "error",
  message: ({ index, size, max }) =>
    `a key of the index ${quote(index)} can have ${size} bytes; at most ${max} are allowed`,
  help: () => "a string counts 4 bytes a code point: make its size smaller, or index a hash of it",
  page: {
    meaning:
      "The largest key of an index is at most 1,024 bytes. Added up are the columns: `bool`, `i8` and `u8` 1 byte, 16-bit\n" +
      "integers 2, 32-bit integers and `f32` 4, 64-bit integers, `f64` and `timestamp` 8, an enum as its base, a\n" +
      "`string(N)` 4 × N. What the database adds to tell columns and rows apart is not counted.",
    wrong: "namespace shop\n\ncomponent Item {\n  name: string(300) @index\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  name: string(256) @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const indexTooFewColumns = defineCode<{ attribute: string; column: string }>({
  code: "HT4107",
  severity: "error",
  message: ({ attribute }) => `${quote(`@${attribute}`)} of a component takes two columns or more`,
  help: ({ attribute, column }) => `write ${quote(`@${attribute}`)} on the field ${quote(column)} itself`,
  page: {
    meaning:
      "An index on a single column is written on the field. Two ways to say the same would only be looked for in both.",
    wrong: "namespace shop\n\n@index(price)\ncomponent Item {\n  price: i32\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32 @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const indexColumnRepeated = defineCode<{ attribute: string; column: string }>({
  code: "HT4108",
  severity: "error",
  message: ({ attribute, column }) => `${quote(`@${attribute}`)} names the column ${quote(column)} more than once`,
  help: () => "remove one of the two",
  page: {
    meaning: "A column that comes again later in an index orders nothing: it is the same for all rows that got so far.",
    wrong:
      "namespace shop\n\n@index(shelf, price, shelf)\ncomponent Item {\n  shelf: i32\n  price: i32\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@index(shelf, price)\ncomponent Item {\n  shelf: i32\n  price: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const indexRepeated = defineCode<{ index: string }>({
  code: "HT4109",
  severity: "error",
  message: ({ index }) => `there is already an index on ${quote(index)}`,
  help: () => "keep one of them; `@unique` is an index too",
  page: {
    meaning:
      "Two indexes on the same columns in the same order do the same work twice. `@unique` makes an index, so `@index`\n" +
      "beside it adds nothing.",
    wrong: "namespace shop\n\ncomponent Item {\n  name: string(32) @unique @index\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  name: string(32) @unique\n}\n\nsystem stock() uses Item\n",
  },
});

export const ownerMissing = defineCode<{ component: string; found: string | undefined }>({
  code: "HT4110",
  severity: "error",
  message: ({ component, found }) =>
    found === undefined
      ? `\`@permission(owner)\` needs a column \`owner: i64\`, which component ${quote(component)} does not have`
      : `\`@permission(owner)\` needs a column \`owner: i64\`, but \`owner\` of component ${quote(component)} is ${quote(found)}`,
  help: () => "declare `owner: i64` and set it to the id of the user that the row belongs to",
  page: {
    meaning: "Whose a row is, is told by its column `owner: i64`, which is compared with the id of the logged-in user.",
    wrong: "namespace shop\n\n@permission(owner)\ncomponent Item {\n  price: i32\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@permission(owner)\ncomponent Item {\n  owner: i64 @index\n  price: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const rlsWithPermission = defineCode<{ component: string }>({
  code: "HT4111",
  severity: "error",
  message: ({ component }) => `component ${quote(component)} has both \`@permission\` and \`@rls\``,
  help: () => "keep one: `@rls` says who may read, so it takes the place of `@permission`",
  page: {
    meaning:
      "`@rls` shows logged-in users the rows that pass its rules; `@permission` would say something else about the same.\n" +
      "`@permission(owner)` is short for `@rls(owner == ctx.caller)`.",
    wrong:
      "namespace shop\n\n@permission(user)\n@rls(owner == ctx.caller)\ncomponent Item {\n  owner: i64 @index\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@rls(owner == ctx.caller)\ncomponent Item {\n  owner: i64 @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const rlsRoot = defineCode<{ root: string; member: string }>({
  code: "HT4112",
  severity: "error",
  message: ({ root }) => `the right side of \`@rls\` starts with \`ctx\`, not ${quote(root)}`,
  help: ({ member }) => `write ${quote(`ctx.${member}`)}`,
  page: {
    meaning:
      "A rule compares a column with what the server knows of the connection: `ctx.caller` or a field of the session.",
    wrong:
      "namespace shop\n\n@rls(owner == context.caller)\ncomponent Item {\n  owner: i64 @index\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@rls(owner == ctx.caller)\ncomponent Item {\n  owner: i64 @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const rlsOperator = defineCode<{ operator: string; column: string; type: string; allowed: readonly string[] }>({
  code: "HT4113",
  severity: "error",
  message: ({ operator, column, type }) =>
    `${quote(operator)} cannot compare ${quote(column)}, which is ${quote(type)}`,
  help: ({ allowed }) =>
    allowed.length === 0 ? "choose a column of another type" : `compare it with ${allowed.map(quote).join(" or ")}`,
  page: {
    meaning: "`bool` and enums have no order: only `==` and `!=` compare them. `bytes` are not compared at all.",
    wrong:
      "namespace shop\n\nsession { open: bool }\n\n@rls(open > ctx.open)\ncomponent Item {\n  open: bool @index\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\nsession { open: bool }\n\n@rls(open == ctx.open)\ncomponent Item {\n  open: bool @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const rlsTypesDiffer = defineCode<{ column: string; columnType: string; context: string; contextType: string }>({
  code: "HT4114",
  severity: "error",
  message: ({ column, columnType, context, contextType }) =>
    `${quote(column)} is ${quote(columnType)}, but ${quote(context)} is ${quote(contextType)}`,
  help: () => "give both the same type",
  page: {
    meaning: "Both sides of a rule have the same type; `ctx.caller` is `i64`. Strings may differ in size.",
    wrong:
      "namespace shop\n\n@rls(owner == ctx.caller)\ncomponent Item {\n  owner: i32 @index\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\n@rls(owner == ctx.caller)\ncomponent Item {\n  owner: i64 @index\n}\n\nsystem stock() uses Item\n",
  },
});

export const wasStillThere = defineCode<{ old: string; what: string; isOnlyName: boolean }>({
  code: "HT4115",
  severity: "error",
  message: ({ old, what }) => `\`@was(${old})\` names ${what} that is still there`,
  help: ({ old, isOnlyName }) =>
    `remove ${isOnlyName ? "the attribute" : `${quote(old)} from the attribute`}, or the old declaration`,
  page: {
    meaning:
      "`@was` says under which name the data is found in an older database. A name that is still in use has its own data.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  price: i32\n  cost:  i32 @was(price)\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  cost: i32 @was(price)\n}\n\nsystem stock() uses Item\n",
  },
});

export const wasRepeated = defineCode<{ old: string; isListedTwice: boolean }>({
  code: "HT4116",
  severity: "error",
  message: ({ old, isListedTwice }) =>
    isListedTwice ? `\`@was\` lists ${quote(old)} twice` : `more than one thing was called ${quote(old)}`,
  help: ({ isListedTwice }) =>
    isListedTwice ? "list it once" : "keep the name in the `@was` of the one that takes over the data",
  page: {
    meaning: "Data under an old name moves to one new place. One `@was` lists a name once.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  cost:  i32 @was(price)\n  value: i32 @was(price)\n}\n\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  cost:  i32 @was(price)\n  value: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const backendsDiffer = defineCode<{
  first: string;
  firstBackend: string;
  second: string;
  secondBackend: string;
}>({
  code: "HT4117",
  severity: "error",
  message: ({ first, firstBackend, second, secondBackend }) =>
    `${quote(first)} (${firstBackend}) and ${quote(second)} (${secondBackend}) are in one cluster, but in different stores`,
  help: () =>
    "give all components of the cluster the same `@backend`, or take them apart; `hetuc graph` shows the clusters",
  page: {
    meaning:
      "Components that one system touches, directly or through calls, are in one cluster; a transaction over two stores\n" +
      "could not be atomic.",
    wrong:
      "namespace shop\n\n@backend(archive)\ncomponent Sale {\n  price: i32\n}\n\ncomponent Item {\n  price: i32\n}\n\nsystem sell() uses Item, Sale\n",
    right:
      "namespace shop\n\n@backend(archive)\ncomponent Sale {\n  price: i32\n}\n\n@backend(archive)\ncomponent Item {\n  price: i32\n}\n\nsystem sell() uses Item, Sale\n",
  },
});
