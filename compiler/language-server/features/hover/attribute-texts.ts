import type { AttributeSpec } from "../../../check/attributes/table.js";

/** What an attribute means, for hover and completion. */
export interface AttributeText {
  /** Markdown. */
  readonly meaning: string;
  /** How it is written, on the thing that it belongs to. */
  readonly example: string;
}

/** By the form in the table of attributes: an attribute has one for each place where it means something else. */
export const ATTRIBUTE_TEXTS: Readonly<Record<string, AttributeText>> = {
  "@unique": {
    meaning:
      "An index on this column that refuses a second row with the same value. It serves as an index too, so `@index` beside it is an error. A unique column has no default.",
    example: "owner: i64 @unique",
  },
  "@index": {
    meaning: "An index on this column: rows are found and ordered by it without reading the others.",
    example: "x: f32 = 0 @index",
  },
  "@unique(first_column, second_column)": {
    meaning:
      "An index on several columns, in this order, that refuses a second row with the same values in all of them. Queries may name the first columns only. May stand more than once.",
    example: "@unique(owner, item)\ncomponent Inventory { owner: i64, item: i32 }",
  },
  "@index(first_column, second_column)": {
    meaning:
      "An index on several columns, in this order. Queries may name the first columns only; rows with the same values are ordered by `id`. May stand more than once.",
    example: "@index(zone, x)\ncomponent Position { zone: u16, x: f32 }",
  },
  "@range(min, max)": {
    meaning:
      "The least and the greatest value, both allowed, of an integer or a float. Checked on every write or call; a default must fit.",
    example: "count: u32 = 1 @range(0, 999)",
  },
  "@permission(admin | owner)": {
    meaning:
      "Who gets this column, of those who see the row: only admins, or also the user in `owner`. It is never sent to other clients, and absent or optional in their types.",
    example: "email: string(64) @permission(owner)",
  },
  "@permission(everybody | user | owner | admin)": {
    meaning:
      "Who may subscribe to rows: everybody, also before logging in; every logged-in user; each user to the rows with their id in `owner: i64`; or admins only, which is the default.",
    example: "@permission(owner)\ncomponent Inventory { owner: i64 @index, item: i32 }",
  },
  "@permission(everybody | user | admin)": {
    meaning:
      "Who may call it over the wire: everybody, also before logging in; every logged-in user; or admins only. Without it nobody may: only other systems call it.",
    example: "@permission(user)\nsystem move_to(x: f32, y: f32) uses Position",
  },
  "@was(old_name, older_name)": {
    meaning:
      "Its name in the schema before, and the ones before that, the newest first: stored data is taken along under the new name instead of being dropped. The old names must be gone.",
    example: "experience: u32 = 0 @was(xp)",
  },
  '@deprecated("why")': {
    meaning: "Marks it as deprecated, with the reason, in the code that is generated for every language.",
    example: 'older: i32 = 0 @deprecated("use `medium`")',
  },
  "@rls(column == ctx.name)": {
    meaning:
      "Row-level security in place of `@permission`: logged-in users see the rows that pass all `@rls` of the component, admins see every row. On the left a column, on the right `ctx.caller`, the user's id, or a field of the `session`. A value that is not set hides the row.",
    example: "@rls(guild == ctx.guild)\ncomponent GuildNotice { guild: i64 @index, text: string(256) }",
  },
  "@volatile": {
    meaning: "Its rows are gone whenever the server instance starts fresh or migrates.",
    example: "@volatile\ncomponent OnlineUser { owner: i64 @unique }",
  },
  "@backend(name)": {
    meaning:
      "Keeps its rows in a named store of the server's configuration (`server.backends`). All components of one cluster are in one store.",
    example: "@backend(archive)\ncomponent Audit { at: timestamp = now @index }",
  },
  "@retry(times)": {
    meaning:
      "How many times a transaction that met a conflict is run again; 9,999 when left out, at most 1,000,000. `0` runs it once.",
    example: "@retry(20)\nsystem move_to(x: f32, y: f32) uses Position",
  },
  "@once": {
    meaning:
      "A call happens at most once, however often a client sends it: its result is kept for 7 days, in the same transaction. Only together with `@permission`.",
    example: "@permission(user) @once\nsystem buy(item: i32) uses Inventory",
  },
  "@stale(5s)": {
    meaning:
      "It only reads, and may be answered from a state that is at most so old, on a replica where there is one: 500 ms to 1 hour. What it reads is not validated, so it never conflicts.",
    example: "@permission(everybody) @stale(10s)\nsystem standings(): i64[] uses Score",
  },
  "@limit(times: 20, per: 1s)": {
    meaning:
      "How often one connection may call it, in any span of that length: 1 to 1,000,000 times per 1 ms to 30 days. A call over it is rejected with `RATE_LIMITED`.",
    example: "@permission(user) @limit(times: 20, per: 1s)\nsystem move_to(x: f32, y: f32) uses Position",
  },
  "@on(start)": {
    meaning:
      "The engine runs it: on `start` once for each start of the instance, on `connect` and `disconnect` for each connection, also after a worker's death. It takes no parameters and gives no result.",
    example: "@on(disconnect)\nsystem went_offline() uses OnlineUser",
  },
  "@every(60s)": {
    meaning:
      "The engine runs it at this interval, once for the whole deployment: every 10 ms to 365 days. A tick that nobody could run is made up for once. It takes no parameters and gives no result.",
    example: "@every(60s)\nsystem reap_sessions() uses OnlineUser",
  },
  '@cron("0 3 * * *")': {
    meaning:
      "The engine runs it at these times, in UTC: minute, hour, day, month and weekday; once for the whole deployment. A time at which nobody could run it is made up for once. It takes no parameters and gives no result.",
    example: '@cron("0 3 * * 1-5")\nsystem nightly() uses Audit',
  },
  "@timeout(5s)": {
    meaning: "Ends a call that takes longer and undoes what it did: 1 ms to 24 hours.",
    example: "@permission(user) @timeout(500ms)\nsystem search(text: string(40)) uses Position",
  },
};

/** The text of an attribute, as Markdown. */
export function attributeText(spec: AttributeSpec): string {
  const text = ATTRIBUTE_TEXTS[spec.form];
  if (text === undefined) return `\`${spec.form}\``;
  return `${text.meaning}\n\n\`\`\`hetu\n${text.example}\n\`\`\``;
}

/** What the words mean that `@permission` and `@on` choose from. */
export const CHOICE_TEXTS: Readonly<Record<string, string>> = {
  everybody: "Everybody, also before logging in.",
  user: "Everybody who is logged in.",
  owner: "The user whose id is in the column `owner: i64`.",
  admin: "Admins only.",
  start: "Once for each start of the server instance.",
  connect: "For each new connection.",
  disconnect: "For each connection that ends, also after a worker's death.",
};

/** The text of such a word; empty when it is none. */
export function choiceText(word: string): string {
  return (Object.hasOwn(CHOICE_TEXTS, word) ? CHOICE_TEXTS[word] : undefined) ?? "";
}
