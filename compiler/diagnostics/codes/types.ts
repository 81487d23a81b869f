import { defineCode, didYouMean, quote, quotePath } from "../define.js";

/** HT3001 to HT3099: types, enums, structs and defaults. */

export const sizeMissing = defineCode<{ type: string }>({
  code: "HT3001",
  severity: "error",
  message: ({ type }) => `${quote(type)} needs a size`,
  help: ({ type }) => `write ${quote(`${type}(32)`)}: at most 32 ${type === "string" ? "code points" : "bytes"}`,
  page: {
    meaning:
      "`string` and `bytes` are always limited: `string(N)` holds at most N code points, `bytes(N)` at most N bytes. The\n" +
      "limit is what protects the server from whatever a client sends.",
    wrong: "namespace shop\n\nstruct Item { name: string }\n",
    right: "namespace shop\n\nstruct Item { name: string(32) }\n",
  },
});

export const sizeNotTaken = defineCode<{ type: string }>({
  code: "HT3002",
  severity: "error",
  message: ({ type }) => `${quote(type)} takes no size`,
  help: ({ type }) => `write ${quote(type)}; only \`string(N)\` and \`bytes(N)\` have a size`,
  page: {
    meaning: "Only `string` and `bytes` have a size in parentheses. The width of a number is part of its name.",
    wrong: "namespace shop\n\nstruct Item { price: i32(4) }\n",
    right: "namespace shop\n\nstruct Item { price: i32 }\n",
  },
});

export const sizeOutOfRange = defineCode<{ type: string; size: string; min: number; max: number }>({
  code: "HT3003",
  severity: "error",
  message: ({ type, size, min, max }) =>
    `the size of ${quote(type)} is a whole number from ${min} to ${max}, not ${size}`,
  help: ({ max }) => `choose a size up to ${max}; longer values belong into several rows or a file store`,
  page: {
    meaning: "The N of `string(N)` and `bytes(N)` is a whole number from 1 to 65,535.",
    wrong: "namespace shop\n\nstruct Item { name: string(100000) }\n",
    right: "namespace shop\n\nstruct Item { name: string(1000) }\n",
  },
});

export const enumBaseInvalid = defineCode<{ base: string }>({
  code: "HT3004",
  severity: "error",
  message: ({ base }) => `${quote(base)} cannot be the base of an enum`,
  help: () => "the base is one of `i8`, `i16`, `i32`, `u8`, `u16`, `u32`; left out it is `i32`",
  page: {
    meaning: "An enum is stored and sent as an integer of 8 to 32 bits.",
    wrong: "namespace shop\n\nenum Color: i64 { red, green }\n",
    right: "namespace shop\n\nenum Color: u8 { red, green }\n",
  },
});

export const enumEmpty = defineCode<{ name: string }>({
  code: "HT3005",
  severity: "error",
  message: ({ name }) => `enum ${quote(name)} has no values`,
  help: () => "declare at least one value",
  page: {
    meaning: "No value could ever be of an empty enum, and a column of it could never be written.",
    wrong: "namespace shop\n\nenum Color {}\n",
    right: "namespace shop\n\nenum Color { red }\n",
  },
});

export const enumValueOutOfRange = defineCode<{ name: string; value: string; base: string; min: string; max: string }>({
  code: "HT3006",
  severity: "error",
  message: ({ name, value, base, min, max }) =>
    `value ${quote(name)} is ${value}, but ${quote(base)} holds ${min} to ${max}`,
  help: () => "give it a smaller number, or give the enum a wider base",
  page: {
    meaning:
      "Each value must fit the enum's base, the ones that count on from the previous value too. The base is `i32` when it\n" +
      "is left out.",
    wrong: "namespace shop\n\nenum Color: u8 { red = 255, green }\n",
    right: "namespace shop\n\nenum Color: u16 { red = 255, green }\n",
  },
});

export const enumValueRepeated = defineCode<{ name: string; first: string; value: string }>({
  code: "HT3007",
  severity: "error",
  message: ({ name, first, value }) => `values ${quote(first)} and ${quote(name)} are both ${value}`,
  help: () => "give one of them another number; a value without a number is one more than the previous",
  page: {
    meaning: "The numbers of an enum are what is stored and sent, so no two names may share one.",
    wrong: "namespace shop\n\nenum Color { red = 1, green = 0, blue }\n",
    right: "namespace shop\n\nenum Color { red = 1, green = 0, blue = 2 }\n",
  },
});

export const enumValueNotInteger = defineCode<{ name: string; value: string }>({
  code: "HT3008",
  severity: "error",
  message: ({ name, value }) => `value ${quote(name)} is ${value}, which is not written as a whole number`,
  help: () => "write a decimal or hexadecimal integer, such as `5` or `0x1f`",
  page: {
    meaning: "Enums are integers; a value is given in decimal or in hexadecimal.",
    wrong: "namespace shop\n\nenum Color { red = 1.5 }\n",
    right: "namespace shop\n\nenum Color { red = 1 }\n",
  },
});

export const structRecursion = defineCode<{ path: readonly string[] }>({
  code: "HT3009",
  severity: "error",
  message: ({ path }) => `struct ${quote(path[0] ?? "")} contains itself: ${quotePath(path)}`,
  help: () => "keep a number that refers to the other value, or put the nested values into rows of a component",
  page: {
    meaning:
      "A struct must not hold itself, neither directly nor through other structs, lists or optional fields: its depth would\n" +
      "have no limit, and whoever reads it from the wire would have to guard against that.",
    wrong: "namespace shop\n\nstruct Folder { name: string(32), folders: Folder[] }\n",
    right: "namespace shop\n\nstruct Folder { name: string(32), parent: i64 }\n",
  },
});

export const columnType = defineCode<{ field: string; type: string; place: string }>({
  code: "HT3010",
  severity: "error",
  message: ({ field, type, place }) => `${quote(field)} in ${place} cannot be ${type}`,
  help: () => "use a built-in type or an enum; what is nested or repeated belongs into rows of a component of its own",
  page: {
    meaning:
      "The columns of a component and the fields of the session hold single values: built-in types and enums. Structs and\n" +
      "lists are for parameters, results, errors and events.",
    wrong: "namespace shop\n\ncomponent Cart {\n  items: i32[]\n}\n\nsystem add() uses Cart\n",
    right:
      "namespace shop\n\n@index(cart, item)\ncomponent CartItem {\n  cart: i64\n  item: i32\n}\n\nsystem add() uses CartItem\n",
  },
});

export const columnOptional = defineCode<{ field: string; place: string }>({
  code: "HT3011",
  severity: "error",
  message: ({ field, place }) => `${quote(field)} in ${place} cannot be optional`,
  help: ({ place }) =>
    place.startsWith("component")
      ? "a column is never null: give it a default that means `none`, or a component of its own"
      : "every field of the session is unset until the server sets it: leave the `?` out",
  page: {
    meaning:
      "A column always has a value. A field with a default may be left out of an insert, which is what `?` is most often\n" +
      "wanted for. Fields of the session are optional anyway.",
    wrong: "namespace shop\n\ncomponent Item {\n  note?: string(32)\n}\n\nsystem stock() uses Item\n",
    right: 'namespace shop\n\ncomponent Item {\n  note: string(32) = ""\n}\n\nsystem stock() uses Item\n',
  },
});

export const optionalNotLast = defineCode<{ name: string; later: string }>({
  code: "HT3012",
  severity: "error",
  message: ({ name, later }) => `optional parameter ${quote(name)} comes before ${quote(later)}, which is not optional`,
  help: () => "move the optional parameters to the end",
  page: {
    meaning: "Arguments are sent by position, so only the last ones can be left out.",
    wrong: "namespace shop\n\nendpoint price(count?: i32, item: i32): i32\n",
    right: "namespace shop\n\nendpoint price(item: i32, count?: i32): i32\n",
  },
});

export const defaultNotAllowed = defineCode<{ field: string; place: string; help: string | undefined }>({
  code: "HT3013",
  severity: "error",
  message: ({ field, place }) => `${quote(field)} cannot have a default: it is ${place}`,
  help: ({ field, help }) =>
    help ?? `only columns have defaults; \`${field}?: …\` makes it optional where that is allowed`,
  page: {
    meaning:
      "A default says what a column holds when an insert leaves it out. Fields of structs, errors and events and parameters\n" +
      "are optional with `?` instead; fields of the session are unset until the server sets them.",
    wrong: "namespace shop\n\nendpoint price(item: i32, count: i32 = 1): i32\n",
    right: "namespace shop\n\nendpoint price(item: i32, count?: i32): i32\n",
  },
});

export const defaultWrongKind = defineCode<{ field: string; type: string; value: string; expected: string }>({
  code: "HT3014",
  severity: "error",
  message: ({ field, type, value }) => `${quote(value)} is no default for ${quote(field)}, which is ${quote(type)}`,
  help: ({ expected }) => `write ${expected}`,
  page: {
    meaning:
      "A default is a literal of the column's type: `true` or `false`, an integer, a number, a string in double quotes (for\n" +
      "`bytes` its UTF-8), the name of an enum's value, or for a timestamp `now` or milliseconds since 1970.",
    wrong: 'namespace shop\n\ncomponent Item {\n  price: i32 = "1"\n}\n\nsystem stock() uses Item\n',
    right: "namespace shop\n\ncomponent Item {\n  price: i32 = 1\n}\n\nsystem stock() uses Item\n",
  },
});

export const defaultOutOfRange = defineCode<{ field: string; type: string; value: string; min: string; max: string }>({
  code: "HT3015",
  severity: "error",
  message: ({ field, type, value, min, max }) =>
    `${quote(value)} does not fit ${quote(field)}: ${quote(type)} holds ${min} to ${max}`,
  help: () => "choose a value within the bounds, or a wider type",
  page: {
    meaning: "A default is checked like every write: what does not fit the type is refused, never wrapped or cut.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: u8 = 256\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: u16 = 256\n}\n\nsystem stock() uses Item\n",
  },
});

export const defaultTooLong = defineCode<{ field: string; type: string; length: number; unit: string }>({
  code: "HT3016",
  severity: "error",
  message: ({ field, type, length, unit }) =>
    `the default of ${quote(field)} has ${length} ${unit}, too many for ${quote(type)}`,
  help: () => "shorten the default, or give the type a larger size",
  page: {
    meaning: "A default string must fit its column: `string(N)` counts code points, `bytes(N)` the bytes of its UTF-8.",
    wrong: 'namespace shop\n\ncomponent Item {\n  unit: string(2) = "piece"\n}\n\nsystem stock() uses Item\n',
    right: 'namespace shop\n\ncomponent Item {\n  unit: string(8) = "piece"\n}\n\nsystem stock() uses Item\n',
  },
});

export const defaultUnknownValue = defineCode<{
  enumName: string;
  value: string;
  suggestion: string | undefined;
  known: readonly string[];
}>({
  code: "HT3017",
  severity: "error",
  message: ({ enumName, value }) => `enum ${quote(enumName)} has no value ${quote(value)}`,
  help: ({ suggestion, known }) => didYouMean(suggestion) ?? `its values are ${known.map(quote).join(", ")}`,
  page: {
    meaning:
      "The default of a column of an enum is the bare name of one of the enum's values, without the enum's name.",
    wrong:
      "namespace shop\n\nenum Color { red, green }\n\ncomponent Paint {\n  color: Color = gren\n}\n\nsystem stock() uses Paint\n",
    right:
      "namespace shop\n\nenum Color { red, green }\n\ncomponent Paint {\n  color: Color = green\n}\n\nsystem stock() uses Paint\n",
  },
});

export const nowNotTimestamp = defineCode<{ field: string; type: string }>({
  code: "HT3018",
  severity: "error",
  message: ({ field, type }) => `${quote("now")} is no default for ${quote(field)}, which is ${quote(type)}`,
  help: () => "make it a `timestamp`: `now` is the start of the transaction",
  page: {
    meaning: "`now` stands for the start of the transaction that inserts the row; only a `timestamp` can hold that.",
    wrong: "namespace shop\n\ncomponent Item {\n  sold: i64 = now\n}\n\nsystem stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  sold: timestamp = now\n}\n\nsystem stock() uses Item\n",
  },
});
