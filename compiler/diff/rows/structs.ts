import { OTHER_ENUM, OTHER_NUMBERS } from "../consequences.js";
import { defineRow } from "../row.js";

const OTHER_FORM = {
  why: "Structs are compared as a whole: what has one can be called, or heard, only where both sides have it alike.",
  help: "Make another struct and a system that uses it beside the old one.",
};

export const structAdded = defineRow({
  kind: "struct-added",
  message: () => "the struct is new",
  safe: { why: "By itself it travels nowhere.", help: "Nothing." },
});

export const structRemoved = defineRow({
  kind: "struct-removed",
  message: () => "the struct is gone",
  safe: { why: "What was of its type is of another one, which is told beside this.", help: "Nothing." },
});

export const structFieldAdded = defineRow({
  kind: "struct-field-added",
  message: () => "the field is new",
  clients: OTHER_FORM,
});

export const structFieldRemoved = defineRow({
  kind: "struct-field-removed",
  message: () => "the field is gone",
  clients: OTHER_FORM,
});

export const structFieldEnumChanged = defineRow<{ readonly old: string; readonly now: string }>({
  kind: "struct-field-changed",
  when: OTHER_ENUM,
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
});

export const structFieldChanged = defineRow<{ readonly old: string; readonly now: string }>({
  kind: "struct-field-changed",
  when: "otherwise",
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: OTHER_FORM,
});

export const structFieldsReordered = defineRow({
  kind: "struct-fields-reordered",
  message: () => "the fields stand in another order",
  clients: OTHER_FORM,
});
