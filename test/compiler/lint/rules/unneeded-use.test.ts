import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = "namespace game\ncomponent Item { x: i32 }\ncomponent Log { x: i32 }\nsystem act() uses Item, Log\n";
const LOG = ["HT8005 Log"];

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
];

it.each(unknown)("is silent when ctx %s", (_, code) => {
  expect(findings({ schema, code })).toEqual([]);
});

it("takes a parameter that hides ctx for what it is", () => {
  const code = server("act(ctx) { ctx.Item; [1].map((ctx: any) => ctx.Log); },");
  expect(findings({ schema, code })).toEqual(LOG);
});

it("is silent about systems whose code is not found", () => {
  expect(findings({ schema, code: server("...others(),", "declare function others(): object;") })).toEqual([]);
});
