import { defineRow } from "../row.js";

interface Numbers {
  readonly old: number | string;
  readonly now: number | string;
}

export const enumAdded = defineRow({
  kind: "enum-added",
  message: () => "the enum is new",
  safe: { why: "By itself it travels nowhere.", help: "Nothing." },
});

export const enumRemoved = defineRow({
  kind: "enum-removed",
  message: () => "the enum is gone",
  safe: { why: "What was of its type is of another one, which is told beside this.", help: "Nothing." },
});

export const enumValueAdded = defineRow({
  kind: "enum-value-added",
  message: () => "the value is new",
  safe: {
    why: "Clients that do not know it get its number, and stored rows do not have it yet.",
    help: "Make sure that old clients survive a number where they expect a name.",
  },
});

export const enumValueRemoved = defineRow({
  kind: "enum-value-removed",
  message: () => "the value is gone",
  clients: {
    why: "A call with it is rejected with BAD_ARGUMENTS.",
    help: "Keep it, marked @deprecated, while clients send it.",
  },
  data: {
    effect: "loses data",
    why: "Rows that hold it would hold a number without a name.",
    help: "Keep it; `hetu upgrade` asks for --convert-lossy where a row holds it.",
  },
});

export const enumValueRenamedUnstored = defineRow<Numbers>({
  kind: "enum-value-renamed",
  when: "stored nowhere",
  message: ({ old, now }) => `the value was called ${old} and is now called ${now}`,
  safe: {
    why: "Clients see the number and keep their name for it.",
    help: "Make sure that the number means what it meant; give a value that means something else a number of its own.",
  },
});

export const enumValueRenamed = defineRow<Numbers>({
  kind: "enum-value-renamed",
  when: "stored",
  message: ({ old, now }) => `the value was called ${old} and is now called ${now}`,
  data: {
    effect: "loses data",
    why: "Clients see the number and keep their name for it. Stores go by names and do not guess that one replaces another.",
    help: "Keep the name, or write a migration that sets the new one.",
  },
});

export const enumValueRenumbered = defineRow<Numbers>({
  kind: "enum-value-renumbered",
  message: ({ old, now }) => `the value was ${old} and is now ${now}`,
  clients: {
    why: "Enums travel as numbers: clients take the number for another value, without any error.",
    help: "Keep the number; write `= n` behind the values that follow one that is new.",
  },
  data: {
    effect: "needs a migration",
    why: "Stored numbers would mean other values.",
    help: "Keep the number, or run `hetu upgrade`, which rewrites the rows.",
  },
});

export const enumBaseChanged = defineRow<Numbers>({
  kind: "enum-base-changed",
  message: ({ old, now }) => `the enum was stored as ${old} and is now stored as ${now}`,
  data: {
    effect: "needs a migration",
    why: "Clients see the same numbers; rows hold them in another form.",
    help: "Run `hetu upgrade`: it converts them.",
  },
});
