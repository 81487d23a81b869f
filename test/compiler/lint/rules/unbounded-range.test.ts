import { expect, it } from "vitest";
import { findings, server } from "../linted.js";

const schema = `namespace game
component Item { owner: i64 @index }
@permission(user)
system list() uses Item
@permission(admin)
system all() uses Item
@every(1m)
system sweep() uses Item
system inner() uses Item
@permission(everybody)
endpoint ask() calls inner
`;

const list = (call: string): string => server(`async list(ctx) { const options = {}; return ${call}; },`);

it.each([
  'ctx.Item.range("owner")',
  'ctx.Item.range("owner", null)',
  'ctx.Item.range("owner", undefined, null, { desc: true })',
  'ctx.Item.range("owner", [], [])',
])("tells of %s in what users may call", (call) => {
  expect(findings({ schema, code: list(call) })).toEqual([`HT8004 ${call}`]);
});

it.each([
  'ctx.Item.range("owner", 1n)',
  'ctx.Item.range("owner", null, 5n)',
  'ctx.Item.range("owner", null, null, { limit: 10 })',
  'ctx.Item.range("owner", null, null, options)',
  'ctx.Item.range("owner", null, null, { ...options })',
])("takes %s, which is bounded or may be", (call) => {
  expect(findings({ schema, code: list(call) })).toEqual([]);
});

it("looks at what users reach through an endpoint, and not at what only the server and admins run", () => {
  const body = ["all", "sweep", "inner"]
    .map((name) => `async ${name}(ctx) { await ctx.Item.range("owner"); },`)
    .join("\n");
  const found = findings({ schema, code: server(body) });
  expect(found).toEqual(['HT8004 ctx.Item.range("owner")']);
});
