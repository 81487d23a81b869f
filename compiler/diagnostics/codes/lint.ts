import { defineCode, quote, quoteList } from "../define.js";

/** HT8001 to HT8099: what `hetuc lint` says and `hetuc check` does not. The levels of a project may change severities. */

const SHOP = "namespace shop\n\ncomponent Item {\n  owner: i64 @index\n  price: i32\n}\n\n";
const CODE = 'import { implement } from "hetu";\nimport { schema } from "../generated/server-ts/shop/index.js";\n\n';

function server(...lines: readonly string[]): string {
  return `${CODE}export default implement(schema, {\n${lines.map((line) => `  ${line}\n`).join("")}});\n`;
}

function hub(wallets: (feature: string) => string): string {
  const features = ["chest", "farm", "forge", "guild", "house", "mail", "mine", "shop", "tower", "zoo"];
  const parts = features.map((name) => {
    const component = name.charAt(0).toUpperCase() + name.slice(1);
    return `component ${component} {\n  owner: i64 @unique\n}\n\nsystem visit_${name}() uses ${component}${wallets(name)}\n\n`;
  });
  return `namespace game\n\ncomponent Wallet {\n  owner: i64 @unique\n  gold: i32 = 0\n}\n\n${parts.join("")}`;
}

export const hubComponent = defineCode<{ component: string; systems: number; groups: readonly string[]; more: number }>(
  {
    code: "HT8001",
    severity: "warning",
    message: ({ component, systems, groups, more }) =>
      `component ${quote(component)} is used by ${systems} systems, and is all that ${groups.length + more} groups of them share`,
    help: ({ component, groups, more }) =>
      `the groups: ${quoteList(groups)}${more === 0 ? "" : ` and ${more} more`}\n` +
      `move the columns of ${quote(component)} that one group needs into a component of its own, let a group work on a copy ` +
      "(`calls name:Suffix`), or tell the others by an event instead of a row",
    page: {
      meaning:
        "What shares a table must live in one place: one component that everything touches makes one cluster of the whole\n" +
        "game, which cannot be spread over several stores, and on whose rows everything conflicts. A component is reported\n" +
        "when ten systems or more use it and it alone holds five groups of them together. What splits into groups of several\n" +
        "systems is HT5009, which `hetuc check` tells; that is not repeated.",
      wrong: hub(() => ", Wallet"),
      right: hub((name) => (["farm", "mine", "shop"].includes(name) ? ", Wallet" : "")),
    },
  },
);

/** Columns of a component that seem to be one thing. */
export interface ColumnGroup {
  /** `system`: no other names them. `word`: they begin with it. */
  readonly by: "system" | "word";
  readonly name: string;
  readonly columns: readonly string[];
}

export const godTable = defineCode<{
  component: string;
  columns: number;
  limit: number;
  systems: readonly string[];
  unread: readonly string[];
  parts: readonly ColumnGroup[];
}>({
  code: "HT8002",
  severity: "warning",
  message: ({ component, columns, limit, unread }) =>
    `component ${quote(component)} has ${columns} columns; more than ${limit} are seldom one thing` +
    (unread.length === 0 ? "" : `, and no code of the server names ${shortList(unread)}`),
  help: ({ component, systems, parts }) =>
    [
      ...parts.map(({ by, name, columns: own }) =>
        by === "system"
          ? `only ${quote(name)} names ${shortList(own)}`
          : `${own.length} begin with ${quote(`${name}_`)}: ${shortList(own)}`,
      ),
      `split it by what changes together: systems that write different columns of ${quote(component)} ` +
        `(${quoteList(systems)}) conflict on its rows, and each change reads and stores the whole row`,
    ].join("\n"),
  page: {
    meaning:
      "A row is read, checked for conflicts and stored as a whole. In a component that collects everything about a player,\n" +
      "two systems that have nothing to do with each other make each other run again. Reported for components of more than\n" +
      "24 columns that two systems or more use; a wide table that one system reads and writes is no trouble. Named are the\n" +
      "columns that the server's code, indexes and `@rls` never name (clients may read them), those that only one system\n" +
      "names, and, where that is not known, those that begin with the same word.",
    wrong: `namespace game\n\ncomponent Player {\n  owner: i64 @unique\n${columns(30)}}\n\nsystem fight() uses Player\n\nsystem trade() uses Player\n`,
    right: `namespace game\n\ncomponent Fighter {\n  owner: i64 @unique\n${columns(15)}}\n\ncomponent Trader {\n  owner: i64 @unique\n${columns(15)}}\n\nsystem fight() uses Fighter\n\nsystem trade() uses Trader\n`,
  },
});

const MOST_NAMED = 8;

function shortList(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return quoteList(names.slice(0, MOST_NAMED)) + (more > 0 ? ` and ${more} more` : "");
}

function columns(count: number): string {
  return Array.from({ length: count }, (_, at) => `  value_${at + 1}: i32 = 0\n`).join("");
}

export const rangeFilteredInCode = defineCode<{
  system: string;
  component: string;
  index: string;
  method: string;
  column: string | undefined;
  served: string | undefined;
}>({
  code: "HT8003",
  severity: "warning",
  message: ({ system, component, index, method }) =>
    `system ${quote(system)} reads every row of ${quote(component)} by index ${quote(index)}, then picks with ${quote(`.${method}()`)}`,
  help: ({ column, served }) =>
    served !== undefined
      ? `let the index pick: ${quote(`range("${served}", …)`)}`
      : column !== undefined
        ? `put \`@index\` on ${quote(column)} and ask it: ${quote(`range("${column}", …)`)}`
        : "give `range` the bounds of what is wanted, on an index over the columns of the condition",
  page: {
    meaning:
      "A range without bounds reads the whole table, and the transaction has then read every row: any insert or change of\n" +
      "any of them while it runs makes it run again. With bounds on an index of the condition's columns it reads what it\n" +
      "needs.",
    wrong: [
      `${SHOP}system cheap(): i32 uses Item\n`,
      server(
        "async cheap(ctx) {",
        '  const items = await ctx.Item.range("owner");',
        "  return items.filter((item) => item.price < 5).length;",
        "},",
      ),
    ],
    right: [
      `${SHOP.replace("price: i32", "price: i32 @index")}system cheap(): i32 uses Item\n`,
      server("async cheap(ctx) {", '  return (await ctx.Item.range("price", null, 4)).length;', "},"),
    ],
  },
});

export const unboundedRange = defineCode<{ system: string; component: string; index: string; caller: string }>({
  code: "HT8004",
  severity: "warning",
  message: ({ system, component, index }) =>
    `system ${quote(system)} reads every row of ${quote(component)} (${quote(`range("${index}")`)} without bounds and limit)`,
  help: ({ caller }) => `${caller}: give \`range\` bounds or a \`limit\``,
  page: {
    meaning:
      "What clients may call must not cost more the longer the game runs. A range without bounds and without a limit reads\n" +
      "all rows there will ever be, for each call. Clients make the systems of `@on(connect)` and `@on(disconnect)` run, too.\n" +
      "In systems that only the server runs (`@on(start)`, `@every`, `@cron`, or without `@permission`), and in those for\n" +
      "admins, it is nobody's way to slow a server down, and is not reported.",
    wrong: [
      `${SHOP}@permission(user)\nsystem stock(): u32 uses Item\n`,
      server("async stock(ctx) {", '  return (await ctx.Item.range("owner")).length;', "},"),
    ],
    right: [
      `${SHOP}@permission(user)\nsystem stock(): u32 uses Item\n`,
      server(
        "async stock(ctx) {",
        '  return (await ctx.Item.range("owner", ctx.caller!, undefined, { limit: 100 })).length;',
        "},",
      ),
    ],
  },
});

export const unneededUse = defineCode<{ system: string; clause: "uses" | "calls"; name: string; property: string }>({
  code: "HT8005",
  severity: "warning",
  message: ({ system, clause, name, property }) =>
    `system ${quote(system)} ${clause} ${quote(name)}, but its code never touches ${quote(property)}`,
  help: ({ clause, name }) =>
    `remove ${quote(name)} from ${quote(clause)}: it ties the system to tables that it does not need`,
  page: {
    meaning:
      "Each name in `uses` joins the system to the cluster of that component, and each in `calls` to the tables of that\n" +
      "system; together they decide where it may run. What the code never touches only makes clusters larger. The code is followed through helper functions that get `ctx`; where it\n" +
      "cannot be known what they do with it, nothing is reported.",
    wrong: [
      `${SHOP}component Log {\n  text: string(80)\n}\n\nsystem add(price: i32) uses Item, Log\n`,
      server("async add(ctx, price) {", "  await ctx.Item.insert({ owner: 1n, price });", "},"),
    ],
    right: [
      `${SHOP}component Log {\n  text: string(80)\n}\n\nsystem add(price: i32) uses Item\n\nsystem tell(text: string(80)) uses Log\n`,
      server(
        "async add(ctx, price) {",
        "  await ctx.Item.insert({ owner: 1n, price });",
        "},",
        "",
        "async tell(ctx, text) {",
        "  await ctx.Log.insert({ text });",
        "},",
      ),
    ],
  },
});

/** Where effects go. `ctx.commit` is refused to `@once` and `@stale` systems, and where another system has called. */
function afterwards(mayCommit: boolean): string {
  const endpoint = "in an endpoint, which has no transaction";
  return mayCommit ? `behind \`await ctx.commit()\`, or ${endpoint}` : endpoint;
}

export const effectBeforeCommit = defineCode<{
  system: string;
  effect: string;
  kind: "call" | "change";
  mayCommit: boolean;
  /** `@stale` systems have neither `ctx.attempt` nor `ctx.send`, and write no rows. */
  isStale: boolean;
}>({
  code: "HT8006",
  severity: "warning",
  message: ({ system, effect, kind }) =>
    `system ${quote(system)} ${kind === "call" ? "calls" : "changes"} ${quote(effect)} before its commit; ` +
    "it happens again with each attempt, also when nothing is committed",
  help: ({ effect, kind, mayCommit, isStale }) =>
    isStale
      ? `do it ${afterwards(mayCommit)}`
      : kind === "change"
        ? `keep it in a row, which is rolled back; or change it ${afterwards(mayCommit)}`
        : effect.startsWith("console.")
          ? `do it ${afterwards(mayCommit)}; or name \`ctx.attempt\` in it, so that the log can be read`
          : `do it ${afterwards(mayCommit)}; clients are told with \`ctx.send\`, which waits for the commit`,
  page: {
    meaning:
      "A system runs again from the top when what it read has changed meanwhile, and what it did outside of `ctx` is not\n" +
      "rolled back: mails go out twice, files are written for calls that were refused, timers run after the transaction is\n" +
      "over, counters count attempts. Reported are `fetch`, timers, sockets, `console`, the modules of Node that reach out\n" +
      "(files, processes, network), and `+=`, `++`, `push` and the like on variables outside of all functions. Code behind\n" +
      "`await ctx.commit()` runs once, and so does code under a condition on `ctx.attempt`. A system that touches no rows\n" +
      "meets no conflict and never runs again.",
    wrong: [
      `${SHOP}system add(price: i32) uses Item\n`,
      server(
        "async add(ctx, price) {",
        "  await ctx.Item.insert({ owner: 1n, price });",
        "  console.log(price);",
        "},",
      ),
    ],
    right: [
      `${SHOP}system add(price: i32) uses Item\n`,
      server(
        "async add(ctx, price) {",
        "  await ctx.Item.insert({ owner: 1n, price });",
        "  await ctx.commit();",
        "  console.log(price);",
        "},",
      ),
    ],
  },
});

export const clockInSystem = defineCode<{ system: string; clock: string }>({
  code: "HT8007",
  severity: "warning",
  message: ({ system, clock }) => `system ${quote(system)} asks the clock: ${quote(clock)}`,
  help: () => "use `ctx.now`: milliseconds as well, and the same in all attempts and for all rows of the transaction",
  page: {
    meaning:
      "A transaction is one instant: `ctx.now`. Another clock gives another time with each attempt and each line, so that\n" +
      "two rows of one call disagree, and defaults of `now` differ from what the code stored. `performance.now()` is for\n" +
      "measuring and is not reported; neither is `Math.random()`, since only the attempt that commits counts.",
    wrong: [
      `${SHOP}system add() uses Item\n`,
      server("async add(ctx) {", "  await ctx.Item.insert({ owner: 1n, price: Date.now() % 100 });", "},"),
    ],
    right: [
      `${SHOP}system add() uses Item\n`,
      server("async add(ctx) {", "  await ctx.Item.insert({ owner: 1n, price: ctx.now % 100 });", "},"),
    ],
  },
});

export const foreignAwait = defineCode<{ system: string; awaited: string; module: string; mayCommit: boolean }>({
  code: "HT8008",
  severity: "warning",
  message: ({ system, awaited, module }) =>
    `system ${quote(system)} waits inside its transaction for ${quote(awaited)} of ${quote(module)}`,
  help: ({ mayCommit }) =>
    "do it in an endpoint, which then calls the system with the result" +
    (mayCommit ? ", or behind `await ctx.commit()`" : ""),
  page: {
    meaning:
      "The longer a transaction is open, the likelier others change what it has read, and it runs again, waiting again.\n" +
      "Reported is an `await` of a function that comes from a package or a module of Node, or of a method of what such a\n" +
      "function has made, and is not given `ctx`. An endpoint waits without a transaction.",
    wrong: [
      `${SHOP}system add(name: string(20)) uses Item\n`,
      `import { priceOf } from "price-service";\n${server(
        "async add(ctx, name) {",
        "  const price = await priceOf(name);",
        "  await ctx.Item.insert({ owner: 1n, price });",
        "},",
      )}`,
    ],
    right: [
      `${SHOP}system add(price: i32) uses Item\n\n@permission(user)\nendpoint order(name: string(20)) calls add\n`,
      `import { priceOf } from "price-service";\n${server(
        "async add(ctx, price) {",
        "  await ctx.Item.insert({ owner: 1n, price });",
        "},",
        "",
        "async order(ctx, name) {",
        "  await ctx.call.add(await priceOf(name));",
        "},",
      )}`,
    ],
  },
});

export const missingDoc = defineCode<{ what: string; name: string; who: string }>({
  code: "HT8009",
  severity: "warning",
  message: ({ what, name }) => `${what} ${quote(name)} has no documentation`,
  help: ({ who }) => `write a \`///\` line above it: ${who} see it in their editor`,
  page: {
    meaning:
      "`///` lines arrive in the SDKs of all targets. Whoever writes a client has nothing else to read. Asked of what\n" +
      "clients see: systems and endpoints with `@permission`, components that not only admins read, and events. Off until\n" +
      "hetu.json says otherwise, since many teams document late.",
    wrong: "namespace shop\n\n@permission(user)\nendpoint ping()\n",
    right: "namespace shop\n\n/// Answers when the server is there.\n@permission(user)\nendpoint ping()\n",
  },
});

/** `comment`: how the comment is written right; `undefined` for an entry of hetu.json. */
export const badIgnore = defineCode<{ problem: string; comment: string | undefined }>({
  code: "HT8010",
  severity: "warning",
  message: ({ problem }) => problem,
  help: ({ comment }) =>
    comment === undefined
      ? "remove it from `lint.ignore` of hetu.json, or write the name as the finding has it"
      : `write ${quote(comment)} on the line above the finding, or remove it`,
  page: {
    meaning:
      "What is switched off says why, so that the next reader can judge whether it still holds; and what switches off\n" +
      "nothing any more is removed. Comments and the list `lint.ignore` of hetu.json are judged alike, of rules that ran.",
    wrong: `${SHOP}// hetuc-lint-ignore HT8002\nsystem add(price: i32) uses Item\n`,
    right: `${SHOP}system add(price: i32) uses Item\n`,
  },
});
