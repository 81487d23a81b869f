import { defineRow } from "../row.js";

export const componentHidden = defineRow({
  kind: "component-hidden",
  message: () => "only admins may read the component now",
  clients: {
    why: "What only admins read is told to no client: queries end with a SchemaMismatchError, as if it were gone.",
    help: "Keep it readable, perhaps with @rls and hidden columns, until no client asks for it.",
  },
});

export const componentShown = defineRow<{ readonly readers: string }>({
  kind: "component-shown",
  message: ({ readers }) => `${readers} may read the component now; before, only admins`,
  safe: { why: "Old clients do not ask for it.", help: "Make sure that its rows may be seen." },
});

export const readersRestricted = defineRow({
  kind: "readers-restricted",
  message: () => "the component was readable by everybody, and now by users who are logged in",
  clients: {
    why: "A query before the login is refused with FORBIDDEN, and starts by itself after it.",
    help: "Keep it readable by everybody where clients show it before they log in.",
  },
});

export const readersWidened = defineRow({
  kind: "readers-widened",
  message: () => "the component is now readable by everybody, also without a login",
  safe: { why: "Nobody loses a row.", help: "Make sure that its rows may be seen." },
});

export const rlsAdded = defineRow<{ readonly rule: string }>({
  kind: "rls-added",
  message: ({ rule }) => `rows are shown only where ${rule}`,
  clients: {
    why: "Clients get fewer rows than they were built for, without any error.",
    help: "Make sure that old clients can do without the rows that they are not shown.",
  },
});

export const rlsRemoved = defineRow<{ readonly rule: string }>({
  kind: "rls-removed",
  message: ({ rule }) => `rows are shown whether ${rule} or not`,
  clients: {
    why: "Clients that read the component as a whole get rows of others among those that they were built for, without any error.",
    help: "Make sure that old clients ask by an index for what they show, and that these rows may be seen.",
  },
});
