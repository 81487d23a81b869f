import { expect, it } from "vitest";
import { findings, linted, server } from "../linted.js";

const schema = `namespace game
component Item {
  owner: i64 @index
  unit_price: i32
  kind: i32 @index
}
system pick() uses Item
`;

const pick = (body: string): string => server(`async pick(ctx) { ${body} },`);
const RANGE = 'HT8003 ctx.Item.range("owner")';

it.each([
  '(await ctx.Item.range("owner")).filter((item) => item.unitPrice < 5);',
  'const items = await ctx.Item.range("owner"); return items.find(({ kind }) => kind === 1);',
  'const items = (await ctx.Item.range("owner"))!; if (items.some(function (row) { return 3 >= row.kind; })) return;',
])("tells of %s", (body) => {
  expect(findings({ schema, code: pick(body) })).toEqual([RANGE]);
});

it.each([
  '(await ctx.Item.range("kind", 1)).filter((item) => item.unitPrice < 5);',
  '(await ctx.Item.range("owner")).map((item) => item.unitPrice < 5);',
  '(await ctx.Item.range("owner")).filter((item) => wanted.has(item.kind));',
  '(await ctx.Item.range("owner")).filter((item) => item.other === 1);',
  'const items = await ctx.Item.range("owner"); { const items = [{ kind: 1 }]; items.filter((each) => each.kind === 1); }',
])("says nothing of %s", (body) => {
  expect(findings({ schema, code: pick(body) })).toEqual([]);
});

it("names the index that would serve, or the column that needs one", () => {
  const help = (column: string) =>
    linted({ schema, code: pick(`(await ctx.Item.range("owner")).filter((item) => item.${column} === 1);`) })[0]?.help;
  expect(help("kind")).toContain('range("kind", …)');
  expect(help("unitPrice")).toContain("`@index` on `unit_price`");
});
