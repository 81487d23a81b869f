import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = "namespace game\ncomponent Item { x: i32 }\nsystem act() uses Item\n";
const IMPORTS = `import * as mail from "mail";
import { hash } from "node:crypto";
import { mine } from "./mine.js";
import { generated } from "../generated/thing.js";
import { aliased } from "@/aliased.js";
import { pool } from "./pool.js";
`;

const act = (body: string) => ({
  "server/index.ts": server(`async act(ctx) { ctx.Item; ${body} },`, IMPORTS),
  "server/mine.ts": "export const mine = async (_: unknown) => 1;",
  "server/pool.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();',
});

it.each([
  "mail.send(1)",
  "hash(ctx.caller)",
  'pool.query({ text: "x", values: [ctx.caller] })',
  "mail.send(1).catch(() => undefined)",
])("tells of await %s", (call) => {
  expect(findings({ schema, code: act(`await ${call};`) })).toEqual([`HT8008 ${call}`]);
});

it("tells of each call that is awaited together with others", () => {
  expect(findings({ schema, code: act("await Promise.all([mail.send(1), ctx.Item.get({ id: 1n })]);") })).toEqual([
    "HT8008 mail.send(1)",
  ]);
});

it.each([
  "const items = ctx.Item; await mail.within({ items })",
  "await ctx.Item.insert({ x: 1 })",
  "await mine(2)",
  "await generated()",
  "await aliased()",
  "await mail.within(ctx.Item)",
  "await mail.each(async () => ctx.Item)",
  "mail.format(1)",
  "await ctx.commit(); await mail.send(1)",
])("says nothing of %s", (body) => {
  expect(findings({ schema, code: act(`${body};`) })).toEqual([]);
});
