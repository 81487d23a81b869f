import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = "namespace game\ncomponent Item { x: i32 }\ncomponent Log { x: i32 }\nsystem act() uses Item, Log\n";
const LOG = ["HT8005 Log"];

const MODULE = { "server/part.ts": "export async function act(ctx: any) { ctx.Item; }\nexport default { act };" };

const cases: readonly [string, readonly string[], string, Readonly<Record<string, string>>?][] = [
  ["a component that is never touched", LOG, server("async act(ctx) { await ctx.Item.insert({ x: 1 }); },")],
  ["a pattern that leaves it out", LOG, server("async act({ Item }) { await Item.insert({ x: 1 }); },")],
  [
    "another name for ctx",
    LOG,
    server("async act(ctx) { const c = ctx!; const { Item } = c; await Item.get({ id: 1n }); },"),
  ],
  [
    "a function of the same file that gets ctx",
    LOG,
    server("act: (ctx) => help(1, ctx),", "async function help(n: number, c: any) { await c.Item.insert({ x: n }); }"),
  ],
  [
    "a function that is defined elsewhere",
    LOG,
    server("act,", 'import { act } from "./act.js";'),
    { "server/act.ts": "export const act = async (ctx: any) => { await ctx['Item'].get({ id: 1n }); };" },
  ],
  [
    "an object that is spread from elsewhere",
    LOG,
    server("...rest,", 'import { rest } from "./rest.js";'),
    { "server/rest.ts": "export const rest = { act(ctx: any) { return ctx.Item.get({ id: 1n }); } } as const;" },
  ],
  [
    "functions that call one another",
    LOG,
    server(
      "act: (ctx) => odd(ctx),",
      "const odd = (c: any): any => c.Item && even(c);\nconst even = (c: any): any => odd(c);",
    ),
  ],
  ["a module that is spread", LOG, server("...part,", 'import * as part from "./part.js";'), MODULE],
  ["the default of a module", LOG, server("...part,", 'import part from "./part.js";'), MODULE],
  [
    "a function that makes the object",
    LOG,
    server("...make(),", "const make = () => ({ act(ctx: any) { ctx.Item; } });"),
  ],
  [
    "names that are exported again",
    LOG,
    server("act,", 'import { act } from "./all.js";'),
    {
      "server/all.ts": 'export * from "./one.js";',
      "server/one.ts": "const mine = async (ctx: any) => { ctx.Item; };\nexport { mine as act };",
    },
  ],
  [
    "a default function",
    LOG,
    server("act,", 'import act from "./one.js";'),
    {
      "server/one.ts": "export default async (ctx: any) => { ctx.Item; };",
    },
  ],
  [
    "`implement` of the whole package",
    LOG,
    `import * as hetu from "hetu";
import { schema } from "../generated/server-ts/game/index.js";
export default hetu.implement(schema, { act(ctx) { ctx.Item; } });`,
  ],
  [
    "JavaScript",
    LOG,
    server("...part,", 'import * as part from "./part.js";'),
    {
      "server/part.js": "export async function act(ctx) { await help(ctx); }\nconst help = async (c) => c.Item;",
    },
  ],
  [
    "paths of tsconfig.json",
    LOG,
    server("act,", 'import { act } from "~parts/one";'),
    {
      "tsconfig.json": '{ "extends": "./base.json" }',
      "base.json":
        '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "bundler", "paths": { "~parts/*": ["./server/*"] } } }',
      "server/one.ts": "export const act = async (ctx: any) => { ctx.Item; };",
    },
  ],
  [
    "two instances, of which neither touches it",
    LOG,
    server("act(ctx) { ctx.Item; },", 'import "./two.js";'),
    {
      "server/two.ts": server("act(ctx) { ctx.Item; },"),
    },
  ],
  [
    "two instances, of which one touches it",
    [],
    server("act(ctx) { ctx.Item; },", 'import "./two.js";'),
    {
      "server/two.ts": server("act(ctx) { ctx.Log; },"),
    },
  ],
];

it.each(cases)("sees through %s", (_, expected, code, more = {}) => {
  expect(findings({ schema, code: { "server/index.ts": code, ...more } })).toEqual(expected);
});

const unknown: readonly [string, string][] = [
  ["goes to a package", server("act: (ctx) => help(ctx),", 'import { help } from "helpers";')],
  ["is kept", server("act(ctx) { kept = ctx; },", "let kept: unknown;")],
  ["becomes part of an object", server("act(ctx) { use({ ctx }); },", "declare function use(x: unknown): void;")],
  ["is spread", server("act(ctx) { const { Item, ...rest } = ctx; rest; },")],
  [
    "goes to a method of a class",
    server("act(ctx) { new Game().act(ctx); },", "class Game { act(c: any) { c.Item; } }"),
  ],
  ["goes to a function that may be replaced", server("act(ctx) { help(ctx); },", "let help = (c: any) => c.Item;")],
  ["is read by a name that is made up", server("act(ctx) { const name = 'Log'; (ctx as any)[name]; },")],
  ["is taken from `arguments`", server("act() { arguments[0].Log; },")],
  ["is taken apart by a name that is made up", server("act(ctx) { const n = 'Log', { Item, [n]: log } = ctx; },")],
  ["is one of the rest", server("act(ctx) { help(1, ctx); },", "function help(...all: any[]) { all[1].Log; }")],
  [
    "is given to a function among several",
    server("act(ctx) { (ctx.caller ? a : b)(ctx); },", "const a = (c: any) => c.Item, b = a;"),
  ],
  [
    "is given as part of a bound function",
    server("act(ctx) { help.bind(null, ctx)(); },", "function help(c: any) { c.Log; }"),
  ],
];

it.each(unknown)("is silent when ctx %s", (_, code) => {
  expect(findings({ schema, code })).toEqual([]);
});

it("takes a parameter that hides ctx for what it is", () => {
  const code = server("act(ctx) { ctx.Item; [1].map((ctx: any) => ctx.Log); },");
  expect(findings({ schema, code })).toEqual(LOG);
});

it.each([
  ["...others(),", "declare function others(): object;"],
  ["...self,", "const self = { ...self };"],
  ["...make(),", "const make = () => ({ ...make() });"],
  ["act: a,", "const a = b; const b = a;"],
  ["act(ctx) { ctx.Item; }, ...others,", "declare const others: object;"],
])("is silent about systems whose code is not found: %s", (body, more) => {
  expect(findings({ schema, code: server(body, more) })).toEqual([]);
});

it("takes a name in quotes, in a pattern, for what it is", () => {
  expect(findings({ schema, code: server("act(ctx) { const { Item, 'Log': log } = ctx; },") })).toEqual([]);
});

const calling = `namespace game
component Item { x: i32 }
system pay() uses Item
system buy() uses Item calls pay, pay:Shop
`;

it.each([
  ["await ctx.call.pay();", ["HT8005 pay:Shop"]],
  ['const { call } = ctx; await call["pay:Shop"]();', ["HT8005 pay"]],
  ["const c = ctx.call; await c.pay();", ["HT8005 pay:Shop"]],
  ["", ["HT8005 pay", "HT8005 pay:Shop"]],
  ["const { pay } = ctx.call;", []],
  ["const { call: { pay } } = ctx;", []],
  ["for (const name in ctx.call) await (ctx.call as any)[name]();", []],
])("looks for systems in `calls`, too: %s", (body, expected) => {
  expect(findings({ schema: calling, code: server(`async buy(ctx) { ctx.Item; ${body} },`) })).toEqual(expected);
});
