import { expect, it } from "vitest";
import { findings, linted, server } from "../linted.js";

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
@on(connect)
system hello() uses Item
@on(start)
system begin() uses Item
@permission(user)
@limit(times: 5, per: 1s)
system few() uses Item
`;

const list = (call: string): string => server(`async list(ctx) { const options = {}; return ${call}; },`);

it.each([
  'ctx.Item.range("owner")',
  'ctx.Item.range("owner", null)',
  'ctx.Item.range("owner", undefined, null, { desc: true })',
  'ctx.Item.range("owner", [], [])',
  "ctx.Item.range(`owner`)",
])("tells of %s in what users may call", (call) => {
  expect(findings({ schema, code: list(call) })).toEqual([`HT8004 ${call}`]);
});

it.each([
  'ctx.Item.range("owner", 1n)',
  'ctx.Item.range("owner", null, 5n)',
  'ctx.Item.range("owner", null, null, { limit: 10 })',
  'ctx.Item.range("owner", null, null, options)',
  'ctx.Item.range("owner", null, null, { ...options })',
  'ctx.Item.range("owner", null, null, { "limit": 10 })',
])("takes %s, which is bounded or may be", (call) => {
  expect(findings({ schema, code: list(call) })).toEqual([]);
});

it("looks at what users reach through an endpoint, and not at what only the server and admins run", () => {
  const body = ["all", "sweep", "begin", "inner"]
    .map((name) => `async ${name}(ctx) { await ctx.Item.range("owner"); },`)
    .join("\n");
  const found = findings({ schema, code: server(body) });
  expect(found).toEqual(['HT8004 ctx.Item.range("owner")']);
});

it.each([
  'async list({ Item }) { return Item.range("owner"); },',
  'async list(ctx) { const items = ctx.Item; return items.range("owner"); },',
  "list: (ctx) => all(ctx.Item),",
  "list: (ctx) => each(ctx), few: (ctx) => each(ctx),",
])("finds the table again in %s, and tells of it once", (body) => {
  const more = 'const all = (items: any) => items.range("owner");\nconst each = (c: any) => all(c.Item);';
  const found = findings({ schema, code: server(body, more) });
  expect(found).toEqual([expect.stringMatching(/^HT8004 (I|i)tems?\.range\("owner"\)$/)]);
});

it.each([
  ["list", "every user may call `list`, which has no `@limit`"],
  ["few", "every user may call `few`, as often as its `@limit` allows"],
  ["inner", "everybody may call `ask`, which has no `@limit`"],
  ["hello", "`hello` runs whenever a client connects"],
])("says of `%s` that %s", (name, why) => {
  const [found] = linted({ schema, code: server(`${name}(ctx) { return ctx.Item.range("owner"); },`) });
  expect(found?.help).toContain(why);
});
