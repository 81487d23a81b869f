import { OTHER_ENUM, OTHER_NUMBERS } from "../consequences.js";
import { defineRow } from "../row.js";

interface Types {
  readonly old: string;
  readonly now: string;
}

const SKIPPED = { why: "Old clients skip it.", help: "Nothing." };

export const errorAdded = defineRow({
  kind: "error-added",
  message: () => "the error is new",
  safe: {
    why: "Old clients get it as a CallRejectedError with its name as code.",
    help: "Make sure that they survive a code that they do not know.",
  },
});

export const errorRemoved = defineRow({
  kind: "error-removed",
  message: () => "the error is gone",
  safe: { why: "Clients that wait for it never get it.", help: "Nothing." },
});

export const errorFieldAdded = defineRow({
  kind: "error-field-added",
  message: () => "the field is new",
  safe: SKIPPED,
});

export const errorFieldRemoved = defineRow({
  kind: "error-field-removed",
  message: () => "the field is gone",
  clients: {
    why: "Clients cannot read its fields: the rejection comes as a CallRejectedError with the name as code, not as the class that they catch.",
    help: "Keep it, marked @deprecated, or make another error.",
  },
});

export const errorFieldEnumChanged = defineRow<Types>({
  kind: "error-field-changed",
  when: OTHER_ENUM,
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
});

export const errorFieldChanged = defineRow<Types>({
  kind: "error-field-changed",
  when: "otherwise",
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: {
    why: "Clients cannot read its fields: the rejection comes as a CallRejectedError with the name as code, not as the class that they catch.",
    help: "Add a field beside it, or make another error.",
  },
});

export const eventAdded = defineRow({
  kind: "event-added",
  message: () => "the event is new",
  safe: { why: "Old clients do not listen to it.", help: "Nothing." },
});

export const eventRemoved = defineRow({
  kind: "event-removed",
  message: () => "the event is gone",
  clients: {
    why: "Clients that listen to it are told by `onError` that it is not on the server, and never hear it.",
    help: "Keep it, marked @deprecated, and go on sending it while clients listen.",
  },
});

export const eventFieldAdded = defineRow({
  kind: "event-field-added",
  message: () => "the field is new",
  safe: SKIPPED,
});

export const eventFieldRemoved = defineRow({
  kind: "event-field-removed",
  message: () => "the field is gone",
  clients: {
    why: "Clients cannot read the event: it is reported to `onError` and never told.",
    help: "Keep it, marked @deprecated, or make another event.",
  },
});

export const eventFieldEnumChanged = defineRow<Types>({
  kind: "event-field-changed",
  when: OTHER_ENUM,
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
});

export const eventFieldChanged = defineRow<Types>({
  kind: "event-field-changed",
  when: "otherwise",
  message: ({ old, now }) => `the field was ${old} and is now ${now}`,
  clients: {
    why: "Clients cannot read the event: it is reported to `onError` and never told.",
    help: "Add a field beside it, or make another event.",
  },
});

export const sessionChanged = defineRow<{ readonly what: string }>({
  kind: "session-changed",
  message: ({ what }) => what,
  safe: { why: "Only the server has it; connections begin anew with the new code.", help: "Nothing." },
});
