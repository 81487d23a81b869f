/** What the keywords and the names of the language mean: one paragraph of Markdown each. */
export const KEYWORD_TEXTS: Readonly<Record<string, string>> = {
  namespace:
    "Says once, at the top of a file, which namespace its declarations are in; several files may state the same. One server instance serves one namespace and `core`.",
  enum: "Names for integers. Values start at 0 and go on from the one before; the base, an integer of 8 to 32 bits, is `i32` when left out. On the wire and in the database they are integers.",
  session:
    "What the server keeps for each connection, one declaration in a namespace. Systems set it through `ctx.session`, and `@rls` may compare columns with its fields. A change takes effect at commit.",
  component:
    "A table: each row has `id: i64`, given by the server, and these columns, which are never null. Clients subscribe to rows as `@permission` or `@rls` let them; by default only admins may.",
  struct:
    "A value with named fields, for parameters, results, errors and events, not for columns. It may contain lists and other structs, but never itself.",
  error:
    "A typed reject: a system that names it in `rejects` ends with it, nothing of its transaction is kept, and clients get the fields.",
  event:
    "A message to clients. A system that names it in `emits` sends it with `ctx.send` to a user, a connection or everybody; it is delivered after the commit.",
  system:
    "Server code that runs as one transaction. It touches only the components in `uses`, may call the systems in `calls` inside the same transaction, and is called over the wire when it has a `@permission`.",
  endpoint:
    "A call without a transaction of its own: each system that it runs commits by itself. It takes `calls` and `rejects`, never `uses`.",
  uses: "The components that the system touches. Anything else is a type error in the generated bindings. Systems that share a component are in one cluster.",
  calls:
    "The systems that it may call inside the same transaction. `pay:Shop` runs `pay` on separate tables, `<Component>:Shop`. It widens the cluster, not what the caller may touch.",
  rejects: "The errors that it may end with. Those of the systems that it calls are added by themselves.",
  emits: "The events that it may send. They are delivered after the commit, behind the changed rows.",
  true: "A value of `bool`.",
  false: "A value of `bool`.",
  now: "As the default of a `timestamp`: the start of the transaction that inserts the row.",
  ctx: "In `@rls`, the connection that looks at the rows: `ctx.caller` is the id of its user, the other names are fields of the `session`.",
  caller: "The id of the user who is logged in on the connection, an `i64`. Not set before logging in.",
};

/** The text of a word; empty when it is none of the language. */
export function keywordText(word: string): string {
  return (Object.hasOwn(KEYWORD_TEXTS, word) ? KEYWORD_TEXTS[word] : undefined) ?? "";
}
