import { defineRow } from "../row.js";

export const componentAdded = defineRow({
  kind: "component-added",
  message: () => "the component is new",
  safe: { why: "Old clients do not ask for it, and its table begins empty.", help: "Nothing." },
});

export const componentRemoved = defineRow({
  kind: "component-removed",
  message: () => "the component is gone",
  clients: {
    why: "Queries of it end with a SchemaMismatchError: it is not on the server.",
    help: "Keep it, marked @deprecated, until no client asks for it.",
  },
  data: {
    effect: "loses data",
    why: "Its rows have no place in the new schema.",
    help: "If it was renamed, say so with @was; else `hetu upgrade` drops it when --drop names it.",
  },
});

export const componentRenamed = defineRow<{ readonly old: string; readonly now: string }>({
  kind: "component-renamed",
  message: ({ old, now }) => `component ${old} is now called ${now}`,
  clients: {
    why: "Clients ask by the old name: queries end with a SchemaMismatchError.",
    help: "Keep the name where clients are out, or ship them with the server.",
  },
  data: {
    effect: "needs a migration",
    why: "The rows lie under the old name.",
    help: "Run `hetu upgrade`: @was tells it where they are.",
  },
});

export const volatileAdded = defineRow({
  kind: "volatile-added",
  message: () => "the component is @volatile now",
  data: {
    effect: "loses data",
    why: "Volatile tables are emptied at every start, the rows of before as well.",
    help: "Leave @volatile away if the rows are worth anything; else `hetu upgrade` deletes them when --drop names the component.",
  },
});

export const volatileRemoved = defineRow({
  kind: "volatile-removed",
  message: () => "the component is not @volatile any more",
  safe: { why: "Its table begins empty once more and keeps its rows from then on.", help: "Nothing." },
});

export const backendChanged = defineRow<{ readonly old: string | undefined; readonly now: string | undefined }>({
  kind: "backend-changed",
  message: ({ old, now }) => `the component was in ${backend(old)} and is now in ${backend(now)}`,
  data: {
    effect: "needs a migration",
    why: "On Redis its rows have to move to the other server; the embedded store has one folder and moves nothing.",
    help: "Run `hetu upgrade`: it moves them.",
  },
});

export const clustersJoined = defineRow<{ readonly tables: readonly string[] }>({
  kind: "clusters-joined",
  message: ({ tables }) => `${tables.join(" and ")} now belong to one cluster`,
  safe: {
    why: "No row changes. On Redis those of one cluster lie together, so the server starts once they have moved.",
    help: "On Redis, run `hetu upgrade`; otherwise nothing.",
  },
});

export const copyAdded = defineRow<{ readonly table: string }>({
  kind: "copy-added",
  message: ({ table }) => `a call makes the separate table ${table}`,
  safe: { why: "The table begins empty.", help: "Nothing." },
});

export const copyRemoved = defineRow<{ readonly table: string }>({
  kind: "copy-removed",
  message: ({ table }) => `no call makes the separate table ${table} any more`,
  clients: {
    why: "Queries of the copy are refused with UNKNOWN_COMPONENT.",
    help: "Keep a call with this suffix while clients ask for the copy.",
  },
  data: {
    effect: "loses data",
    why: "The rows of the copy have no place in the new schema.",
    help: "Keep a call with this suffix, or let `hetu upgrade --drop` name them.",
  },
});

function backend(name: string | undefined): string {
  return name === undefined ? "the default store" : `backend ${name}`;
}
