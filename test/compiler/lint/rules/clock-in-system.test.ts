import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = "namespace game\ncomponent Item { x: i32 }\nsystem act() uses Item\n";
const act = (body: string): string => server(`async act(ctx) { ctx.Item; ${body} },`);

it.each(["Date.now()", "new Date()", "new Date", "Date()", "globalThis.Date.now()"])("tells of %s", (clock) => {
  expect(findings({ schema, code: act(`const at = ${clock};`) })).toEqual([`HT8007 ${clock}`]);
});

it.each(["new Date(ctx.now)", "performance.now()", "Math.random()", "Date.parse('2020-01-01')"])(
  "takes %s",
  (value) => {
    expect(findings({ schema, code: act(`const at = ${value};`) })).toEqual([]);
  },
);
