import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = "namespace game\ncomponent Item { x: i32 }\nsystem act() uses Item\n";
const IMPORTS = `import * as mail from "mail";
import { hash } from "node:crypto";
import { mine } from "./mine.js";
import { generated } from "../generated/thing.js";
import { aliased } from "@/aliased.js";
`;

const act = (body: string) => ({
  "server/index.ts": server(`async act(ctx) { ctx.Item; ${body} },`, IMPORTS),
  "server/mine.ts": "export const mine = async (_: unknown) => 1;",
});

it.each(["mail.send(1)", "hash(ctx.caller)"])("tells of await %s", (call) => {
  expect(findings({ schema, code: act(`await ${call};`) })).toEqual([`HT8008 ${call}`]);
});

it.each([
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
