import { defineRow } from "../row.js";

export const indexAdded = defineRow({
  kind: "index-added",
  message: () => "the index is new",
  safe: {
    why: "It is built when the schema is applied.",
    help: "Nothing; NaN in a row of a column that gets its first index is refused by name.",
  },
});

export const indexRemoved = defineRow({
  kind: "index-removed",
  message: () => "the index is gone",
  clients: {
    why: "Queries by it end with a SchemaMismatchError: it is no index on the server. Others go on.",
    help: "Keep it until no client asks by it.",
  },
});

export const indexHidden = defineRow({
  kind: "index-hidden",
  message: () => "the index has a column that not every reader gets, so only admins may ask by it",
  clients: {
    why: "Its bounds and order would tell what is in the column: queries by it end with a SchemaMismatchError.",
    help: "Keep an index over columns that every reader gets.",
  },
});

export const uniqueAddedCovered = defineRow({
  kind: "unique-added",
  when: "with all columns of one that there was",
  message: () => "the unique index is new, and no two rows were equal by some of its columns before",
  safe: { why: "Rows that differ by some of its columns differ by all of them.", help: "Nothing." },
});

export const uniqueAdded = defineRow({
  kind: "unique-added",
  when: "otherwise",
  message: () => "no two rows may be equal by it any more",
  data: {
    effect: "needs a migration",
    why: "Rows that are equal stand in its way; without such rows it is simply built.",
    help: "Remove duplicates in a system first; a start or `hetu upgrade` that is refused names two of them.",
  },
});

export const uniqueRemoved = defineRow({
  kind: "unique-removed",
  message: () => "several rows may be equal by it now",
  clients: {
    why: "A client that gets the row of a key is shown one of several, and is not told of the others.",
    help: "Keep it unique while clients use it in `get`.",
  },
});
