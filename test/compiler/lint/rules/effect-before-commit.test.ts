import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema =
  "namespace game\ncomponent Item { x: i32 }\nsystem act() uses Item\nsystem other() uses Item\n@permission(user)\nendpoint ask()\n";

const IMPORTS = `import fs from "node:fs";
import { writeFile, readFile } from "fs/promises";
import { exec as run } from "node:child_process";
const local = { fetch: () => 1 };
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
])("says nothing of %s", (body) => {
  expect(findings({ schema, code: act(body) })).toEqual([]);
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
