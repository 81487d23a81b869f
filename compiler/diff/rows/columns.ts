import { OTHER_NUMBERS } from "../consequences.js";
import { defineRow } from "../row.js";

interface Types {
  readonly old: string;
  readonly now: string;
}

const OTHER_TYPE = {
  why: "It travels in another form: queries of the component end with a SchemaMismatchError that names the column.",
  help: "Add a column beside it and fill both while old clients are out.",
};

export const columnAdded = defineRow({
  kind: "column-added",
  when: "with a default",
  message: () => "the column is new",
  safe: { why: "Old clients skip it, and rows that exist get the default.", help: "Nothing." },
});

export const columnAddedWithoutDefault = defineRow({
  kind: "column-added",
  when: "without a default",
  message: () => "the column is new and has no default",
  data: {
    effect: "needs a migration",
    why: "Rows that exist have no value for it; the server does not invent one.",
    help: "Give it a default, or run `hetu upgrade`, which fills in the zero of its type.",
  },
});

export const columnRemoved = defineRow({
  kind: "column-removed",
  message: () => "the column is gone",
  clients: {
    why: "Clients that have the column cannot use the component: queries end with a SchemaMismatchError.",
    help: "Keep it, marked @deprecated, until no client asks for it.",
  },
  data: {
    effect: "loses data",
    why: "Its values have no place in the new schema.",
    help: "If it was renamed, say so with @was; else `hetu upgrade` drops it when --drop names it.",
  },
});

export const columnRenamed = defineRow<Types>({
  kind: "column-renamed",
  message: ({ old, now }) => `column ${old} is now called ${now}`,
  clients: {
    why: "Clients map columns by name: queries of the component end with a SchemaMismatchError.",
    help: "Keep the name where clients are out, or ship them with the server.",
  },
  data: {
    effect: "needs a migration",
    why: "The values are stored under the old name.",
    help: "Run `hetu upgrade`: @was tells it where they are.",
  },
});

export const columnTypeWidenedInPlace = defineRow<Types>({
  kind: "column-type-widened",
  when: "a longer text, or an enum with the same values",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  safe: { why: "It travels and is stored as before.", help: "Nothing." },
});

export const columnTypeWidened = defineRow<Types>({
  kind: "column-type-widened",
  when: "a larger number",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_TYPE,
  data: {
    effect: "needs a migration",
    why: "Every value fits, but is stored in another form.",
    help: "Run `hetu upgrade`: it converts them.",
  },
});

export const columnTypeShortened = defineRow<Types>({
  kind: "column-type-narrowed",
  when: "a shorter text",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  data: {
    effect: "loses data",
    why: "Values that are longer do not fit; nothing is ever cut off by itself.",
    help: "Keep the length; `hetu upgrade` asks for --convert-lossy where a row has such a value.",
  },
});

export const columnTypeNarrowed = defineRow<Types>({
  kind: "column-type-narrowed",
  when: "a smaller number",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_TYPE,
  data: {
    effect: "loses data",
    why: "Values that are out of range, or not exact, do not fit.",
    help: "Keep the type; `hetu upgrade` asks for --convert-lossy where a row has such a value.",
  },
});

export const columnTypeConverted = defineRow<Types>({
  kind: "column-type-changed",
  when: "each value has its like",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_TYPE,
  data: {
    effect: "needs a migration",
    why: "Every value can be told in the other type, but is stored in another form.",
    help: "Run `hetu upgrade`: it converts them.",
  },
});

export const columnEnumBaseChanged = defineRow<Types>({
  kind: "column-type-changed",
  when: "an enum with the same values in another base",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  data: {
    effect: "needs a migration",
    why: "Clients see the same numbers; rows hold them in another form.",
    help: "Run `hetu upgrade`: it converts them.",
  },
});

export const columnEnumRenumbered = defineRow<Types>({
  kind: "column-type-changed",
  when: "an enum with the same names for other numbers",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
  data: {
    effect: "needs a migration",
    why: "Stored numbers would mean other values.",
    help: "Run `hetu upgrade`: rows keep their values by name.",
  },
});

export const columnEnumChanged = defineRow<Types>({
  kind: "column-type-changed",
  when: "an enum that lacks some of the names",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
  data: {
    effect: "loses data",
    why: "Rows that hold a value that is not in the other enum have no place for it.",
    help: "Write a migration for them; without one `hetu upgrade` asks for --convert-lossy where a row holds one.",
  },
});

export const columnTypeChanged = defineRow<Types>({
  kind: "column-type-changed",
  when: "otherwise",
  message: ({ old, now }) => `the column was ${old} and is now ${now}`,
  clients: OTHER_TYPE,
  data: {
    effect: "loses data",
    why: "Some or all values of the one type have no like in the other.",
    help: "Write a migration for them; without one `hetu upgrade` asks for --convert-lossy.",
  },
});

export const columnHidden = defineRow({
  kind: "column-hidden",
  message: () => "only admins get the column now",
  clients: {
    why: "It is told to no client any more: queries of the component end with a SchemaMismatchError.",
    help: "Keep it visible; the server may write a harmless value.",
  },
});

export const columnRestricted = defineRow({
  kind: "column-restricted",
  message: () => "only the owner of a row gets the column now",
  clients: {
    why: "Others get rows without it, which a client that counts on it cannot read.",
    help: "Add a column with @permission(owner) beside it, and empty this one.",
  },
});

export const columnShown = defineRow<{ readonly to: string }>({
  kind: "column-shown",
  message: ({ to }) => `${to} that see the row get the column now`,
  safe: { why: "Old clients skip it, or can do with and without it.", help: "Make sure that its values may be seen." },
});

export const defaultChanged = defineRow<Types>({
  kind: "default-changed",
  message: ({ old, now }) => `the default was ${old} and is now ${now}`,
  safe: { why: "Rows that exist keep their values; rows that are inserted get the new one.", help: "Nothing." },
});

export const columnRangeChanged = defineRow<Types>({
  kind: "column-range-changed",
  message: ({ old, now }) => `the range was ${old} and is now ${now}`,
  safe: {
    why: "Only writes are checked: rows that exist keep values outside of it, and clients do not write columns.",
    help: "Where the range got narrower, put old rows right in a system.",
  },
});

export const columnOrderChanged = defineRow({
  kind: "column-order-changed",
  message: () => "the columns stand in another order",
  safe: { why: "Clients map them by name when they connect, and rows are brought along.", help: "Nothing." },
});
