import { expect, it } from "vitest";
import { findings, linted, server } from "../linted.js";

const schema = `namespace game
component Item { x: i32 }
system act() uses Item
system other() uses Item
@permission(user)
endpoint ask()
@stale(1s)
system look() uses Item
system alone()
@once
@permission(user)
system once() uses Item
system inner() uses Item
system outer() uses Item calls inner
`;

const IMPORTS = `import fs from "node:fs";
import { writeFile, readFile } from "fs/promises";
import { exec as run } from "node:child_process";
import { writeFileSync as save } from "node:fs";
import { log } from "node:console";
import net from "node:net";
const local = { fetch: () => 1 };
const tell = () => { alert("x"); };
const settle = async (c: any) => { await c.commit(); };
class Mailer { send() { alert("x"); } }
const mailer = new Mailer();
let counter = 0;
const counts: Record<string, number> = {};
const list: number[] = [];
`;

const act = (body: string): string =>
  server(`async act(ctx) { ctx.Item; ${body} }, other(ctx) { ctx.Item; },`, IMPORTS);

it.each([
  'fetch("https://example.org")',
  "setTimeout(() => undefined, 10)",
  'console.log("x")',
  "globalThis.console.warn(1)",
  "process.stdout.write('x')",
  'new WebSocket("ws://x")',
  'fs.writeFileSync("a", "b")',
  'writeFile("a", "b")',
  'run("ls")',
  'save("a", "b")',
  "log(1)",
  "counter += 1",
  "counter++",
  "--counts['a']",
  "list.push(1)",
])("tells of %s", (effect) => {
  expect(findings({ schema, code: act(`${effect};`) })).toEqual([`HT8006 ${effect}`]);
});

it.each([
  'await ctx.commit(); console.log("x");',
  "await ctx.commit(); if (ctx.caller) { fetch('x'); }",
  'if (ctx.attempt === 1) console.log("x");',
  "console.log(`attempt ${ctx.attempt}`);",
  'fs.readFileSync("a");',
  "local.fetch();",
  "const fetch = () => 1; fetch();",
  "ctx.send(1, 2, 3);",
  "await ctx.commit().then(() => console.log(1));",
  "try { await ctx.commit(); } finally { ctx.Item; } console.log(1);",
  "await settle(ctx); console.log(1);",
  "const late = () => console.log(1); await ctx.commit(); late();",
  "const after: any[] = []; after.push(() => console.log(1)); await ctx.commit(); after.forEach((each) => each());",
  "net.isIP('::1');",
  "let counter = 0; counter += 1; const list = []; list.push(1);",
  "counter = 5;",
])("says nothing of %s", (body) => {
  expect(findings({ schema, code: act(body) })).toEqual([]);
});

it.each([
  "tell();",
  "[1].forEach(tell);",
  "mailer.send();",
  "const soon = () => tell(); soon();",
  "try { await ctx.commit(); } catch { ctx.Item; } tell();",
  "ctx.commit(); tell();",
])("finds the effect behind %s", (body) => {
  expect(findings({ schema, code: act(body) })).toEqual(['HT8006 alert("x")']);
});

it("leaves systems alone that never run again, since they touch no rows", () => {
  const code = server(
    "look(ctx) { ctx.Item; console.log(1); }, alone(ctx) { console.log(2); }, once(ctx) { ctx.Item; console.log(3); },",
  );
  expect(findings({ schema, code })).toEqual(["HT8006 console.log(1)", "HT8006 console.log(3)"]);
});

it.each([
  ["other", true],
  ["once", false],
  ["inner", false],
  ["look", false],
])("proposes `ctx.commit()` where it is allowed: in `%s` %s", (name, isAllowed) => {
  const [found] = linted({ schema, code: server(`${name}(ctx) { ctx.Item; fetch("x"); },`) });
  expect([found?.code, found?.help?.includes("ctx.commit()")]).toEqual(["HT8006", isAllowed]);
});

it("still tells of what stands before the commit, and in another branch", () => {
  expect(
    findings({ schema, code: act("console.log(1); if (ctx.caller) { await ctx.commit(); } console.info(2);") }),
  ).toEqual(["HT8006 console.log(1)", "HT8006 console.info(2)"]);
});

it("follows functions of other files, tells of each place once, and leaves endpoints alone", () => {
  const code = {
    "server/index.ts": server(
      "async act(ctx) { ctx.Item; tell(); }, async other(ctx) { ctx.Item; tell(); }, async ask() { console.log(3); },",
      'import { tell } from "./tell.js";',
    ),
    "server/tell.ts":
      "export function tell() { console.log(1); tell(); }\nexport function unused() { console.log(2); }\n",
  };
  expect(findings({ schema, code })).toEqual(["HT8006 console.log(1)"]);
});
