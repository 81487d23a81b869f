import { OTHER_ENUM, OTHER_NUMBERS } from "../consequences.js";
import { defineRow } from "../row.js";

interface Texts {
  readonly old: string;
  readonly now: string;
}

const REFUSED =
  "Clients compare parameters and result before they call: the call rejects with a SchemaMismatchError and is not sent.";

export const callableAdded = defineRow({
  kind: "callable-added",
  message: () => "it is new",
  safe: { why: "Old clients do not call it.", help: "Nothing." },
});

export const callableRemoved = defineRow({
  kind: "callable-removed",
  message: () => "it is gone",
  clients: {
    why: "Calls reject with a SchemaMismatchError: it is not on the server.",
    help: "Keep it, marked @deprecated, until no client calls it.",
  },
});

export const callableHidden = defineRow({
  kind: "callable-hidden",
  message: () => "users may not call it any more",
  clients: {
    why: "It is told to no client any more: calls reject with a SchemaMismatchError, as if it were gone.",
    help: "Keep its permission and let it reject with an error of the schema.",
  },
});

export const callableShown = defineRow<{ readonly to: string }>({
  kind: "callable-shown",
  message: ({ to }) => `${to} may call it now`,
  safe: { why: "Old clients do not call it.", help: "Make sure that it checks what it is given." },
});

export const permissionRaised = defineRow({
  kind: "permission-raised",
  message: () => "everybody could call it, and now only users who are logged in",
  clients: {
    why: "A call before the login is rejected with FORBIDDEN.",
    help: "Keep it callable by everybody where clients call it before they log in.",
  },
});

export const permissionLowered = defineRow({
  kind: "permission-lowered",
  message: () => "everybody may call it now, also without a login",
  safe: { why: "Whoever could call it still can.", help: "Make sure that it does not count on a caller." },
});

export const paramAddedOptional = defineRow({
  kind: "param-added",
  when: "optional",
  message: () => "the optional parameter is new",
  safe: { why: "Old clients leave it out.", help: "Nothing." },
});

export const paramAddedRequired = defineRow({
  kind: "param-added",
  when: "required",
  message: () => "the parameter is new and must be given",
  clients: { why: REFUSED, help: "Make it optional, or add a system beside the old one." },
});

export const paramRemoved = defineRow({
  kind: "param-removed",
  message: () => "the parameter is gone",
  clients: { why: REFUSED, help: "Keep it and ignore it, or add a system beside the old one." },
});

export const paramRenamed = defineRow<Texts>({
  kind: "param-renamed",
  message: ({ old, now }) => `parameter ${old} is now called ${now}`,
  safe: { why: "Arguments travel by position.", help: "Nothing; code that names it changes with the next build." },
});

export const paramMoved = defineRow<{ readonly old: number; readonly now: number }>({
  kind: "param-moved",
  message: ({ old, now }) => `the parameter was number ${old} and is now number ${now}`,
  clients: {
    why: "Arguments travel by position: where the types are alike the server takes one for another, without any error.",
    help: "Put new parameters behind those that there are, optional; or add a system beside the old one.",
  },
});

export const paramEnumChanged = defineRow<Texts>({
  kind: "param-changed",
  when: OTHER_ENUM,
  message: ({ old, now }) => `the parameter was ${old} and is now ${now}`,
  clients: OTHER_NUMBERS,
});

export const paramMadeOptional = defineRow<Texts>({
  kind: "param-changed",
  when: "made optional",
  message: ({ old, now }) => `the parameter was ${old} and is now ${now}`,
  safe: { why: "Old clients always give it.", help: "Nothing." },
});

export const paramChanged = defineRow<Texts>({
  kind: "param-changed",
  when: "otherwise",
  message: ({ old, now }) => `the parameter was ${old} and is now ${now}`,
  clients: { why: REFUSED, help: "Add a system beside the old one." },
});

export const resultEnumChanged = defineRow<Texts>({
  kind: "result-changed",
  when: OTHER_ENUM,
  message: ({ old, now }) => `it gave ${old} and now gives ${now}`,
  clients: OTHER_NUMBERS,
});

export const resultMadeRequired = defineRow<Texts>({
  kind: "result-changed",
  when: "always given",
  message: ({ old, now }) => `it gave ${old} and now gives ${now}`,
  safe: { why: "Old clients take a result that need not be there.", help: "Nothing." },
});

export const resultChanged = defineRow<Texts>({
  kind: "result-changed",
  when: "otherwise",
  message: ({ old, now }) => `it gave ${old} and now gives ${now}`,
  clients: { why: REFUSED, help: "Add a system beside the old one." },
});

export const boundsWidened = defineRow<Texts>({
  kind: "bounds-widened",
  message: ({ old, now }) => `it took ${old} and now takes ${now}`,
  safe: { why: "What old clients send fits, and what they get is not checked for length or range.", help: "Nothing." },
});

export const boundsNarrowed = defineRow<Texts>({
  kind: "bounds-narrowed",
  message: ({ old, now }) => `it took ${old} and now takes ${now}`,
  clients: {
    why: "Old clients send what they were built to send: values outside are rejected with BAD_ARGUMENTS.",
    help: "Keep the bounds and check inside the system, which can reject in words.",
  },
});

export const rejectsChanged = defineRow<{ readonly what: string }>({
  kind: "rejects-changed",
  when: "some more or fewer",
  message: ({ what }) => what,
  safe: {
    why: "An error that an old client does not know reaches it as a CallRejectedError with its name as code.",
    help: "Make sure that old clients survive such a code.",
  },
});

export const rejectsExchanged = defineRow<{ readonly what: string }>({
  kind: "rejects-changed",
  when: "one for another",
  message: ({ what }) => what,
  clients: {
    why: "Clients that catch the one where they call are given the other, which they were not built to expect there.",
    help: "Go on rejecting with the old one while clients catch it.",
  },
});

export const limitLowered = defineRow<Texts>({
  kind: "limit-lowered",
  message: ({ old, now }) => `a connection could call it ${old}, and now ${now}`,
  clients: {
    why: "Clients that call as often as they could are rejected with RATE_LIMITED.",
    help: "Keep the limit at what old clients need.",
  },
});

export const limitRaised = defineRow<Texts>({
  kind: "limit-raised",
  message: ({ old, now }) => `a connection could call it ${old}, and now ${now}`,
  safe: { why: "Whoever kept to the old limit keeps to this one.", help: "Nothing." },
});

export const onceAdded = defineRow({
  kind: "once-added",
  message: () => "it is @once now",
  safe: {
    why: "Calls of old clients carry no id and run as before, without the promise of @once.",
    help: "Count on @once only when old clients are gone.",
  },
});

export const onceRemoved = defineRow({
  kind: "once-removed",
  message: () => "it is not @once any more",
  clients: {
    why: "Old clients call with an id, which is rejected with BAD_ARGUMENTS.",
    help: "Keep @once while old clients call it.",
  },
});

export const executionChanged = defineRow<{ readonly what: string }>({
  kind: "execution-changed",
  message: ({ what }) => what,
  safe: { why: "How the server runs it is no part of what clients are told.", help: "Nothing." },
});
