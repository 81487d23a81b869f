import { expect, test } from "vitest";
import { after, ask, current, offered, PATH } from "./asked.js";

test("declarations are sorted by kind and take their comments along", async () => {
  const actions = await offered(
    [
      "// The licence.",
      "namespace game",
      "",
      "// About paying.",
      "/// Pays.",
      "system pay() uses Money // behind it",
      "",
      "/// Money.",
      "component Money {",
      "  // inside",
      "  owner: i64 @unique",
      "}",
      "// About colours.",
      "enum Color { red }",
      "// The end.",
      "",
    ].join("\n"),
    ["source.organizeDeclarations"],
  );
  expect(after(actions, "Sort declarations by kind")).toBe(
    [
      "// The licence.",
      "namespace game",
      "",
      "// About colours.",
      "enum Color { red }",
      "",
      "/// Money.",
      "component Money {",
      "  // inside",
      "  owner: i64 @unique",
      "}",
      "",
      "// About paying.",
      "/// Pays.",
      "system pay() uses Money // behind it",
      "// The end.",
      "",
    ].join("\n"),
  );
});

test("declarations that are in order, or cannot all be read, are left alone", async () => {
  expect(
    await offered("namespace game\n\nenum A { b }\n\nstruct C { d: i32 }\n", ["source.organizeDeclarations"]),
  ).toEqual([]);
  await current().type(PATH, "namespace game\n\nstruct C { d: i32 }\n\nfoo bar baz\n\nenum A { b }\n");
  expect(await ask(["source.organizeDeclarations"])).toEqual([]);
});

test("missing docs are empty lines to be filled in, with the line breaks of the file", async () => {
  const actions = await offered(
    "namespace game\r\n\r\n@permission(user)\r\nendpoint find_player(name: string(8)): i64\r\n\r\n/// Known.\r\nenum A { b }\r\n",
    ["source.addDocs"],
  );
  expect(after(actions, "Add empty `///` lines where docs are missing")).toBe(
    "namespace game\r\n\r\n///\r\n@permission(user)\r\nendpoint find_player(name: string(8)): i64\r\n\r\n/// Known.\r\nenum A { b }\r\n",
  );
});

test("a number with a range becomes an enum of its values", async () => {
  const actions = await offered(
    "namespace game\n\ncomponent Unit {\n  owner: i64 @unique\n  unit_<|>kind: u8 = 1 @range(0, 2)\n}\n\nsystem move() uses Unit\n",
    ["refactor"],
  );
  const text = after(actions, "Extract to enum UnitKind (stored data does not follow)");
  expect(text).toContain("enum UnitKind: u8 { value_0 = 0, value_1 = 1, value_2 = 2 }\n\ncomponent Unit {");
  expect(text).toContain("  unit_kind: UnitKind = value_1\n");
  await current().type(PATH, text);
  expect(await current().problems(PATH, (all) => all.length === 0)).toEqual([]);
});

const DATA = "stored data does not follow";
const INTERFACE = "changes the interface";

test.each([
  ["a string", 'mood: string(8) = "calm"', "enum Mood: u8 { calm }", "mood: Mood = calm", "", DATA],
  ["a number without a range", "mood: i32", "enum Mood: i32 { none }", "mood: Mood\n", "", DATA],
  ["a number that is not saved", "mood: i32", "enum Mood: i32 { none }", "mood: Mood\n", "@volatile ", INTERFACE],
])("%s becomes an enum of one value", async (_what, column, declared, typed, attribute, follows) => {
  const actions = await offered(
    `namespace game\n\n${attribute}component Unit {\n  <|>${column}\n}\n\nsystem move() uses Unit\n`,
    ["refactor.extract"],
  );
  const text = after(actions, `Extract to enum Mood (${follows})`);
  expect(text).toContain(declared);
  expect(text).toContain(typed);
});

test("no enum is made of a range that the default lies outside of", async () => {
  const actions = await offered("namespace game\ncomponent C { le<|>vel: u8 = 9 @range(1, 5) }\n", ["refactor"]);
  expect(actions).toEqual([]);
});

test("what a rule compares with a field that becomes an enum becomes one, too, and else nothing is offered", async () => {
  const schema = (rule: string, type: string): string =>
    `namespace game\n\nsession { side: ${type} }\n\n@rls(${rule})\ncomponent Unit {\n  te<|>am: u8 @index\n}\n\n@rls(side != ctx.side)\ncomponent Other {\n  side: u8 @index\n}\n\n@permission(user)\nsystem move() uses Unit, Other\n`;
  const text = after(
    await offered(schema("team == ctx.side", "u8"), ["refactor"]),
    "Extract to enum Team (stored data does not follow)",
  );
  expect(text).toContain("enum Team: u8 { none }");
  for (const typed of ["session { side: Team }", "  team: Team @index", "  side: Team @index"])
    expect(text).toContain(typed);
  await current().type(PATH, text);
  expect(await current().problems(PATH, (all) => all.length === 0)).toEqual([]);
  for (const [rule, type] of [
    ["team < ctx.side", "u8"],
    ["team == ctx.caller", "u8"],
  ] as const) {
    await current().type(PATH, schema(rule, type));
    expect(await ask(["refactor"])).toEqual([]);
  }
});

test.each([
  [
    "event Moved {\n  who: i64\n  /// From the left.\n  <[x: f32 // metres\n  y]>: f32 @range(0, 9)\n}",
    "struct MovedPart {\n  /// From the left.\n  x: f32 // metres\n  y: f32 @range(0, 9)\n}\n\nevent Moved {\n  who: i64\n  part: MovedPart\n}",
  ],
  [
    "struct EndPart { a: i32 }\n\n@permission(user)\nendpoint end(part: i32, <[x: i32, y?: f32]>): EndPart",
    "struct EndPart { a: i32 }\n\nstruct EndPart2 { x: i32, y?: f32 }\n\n@permission(user)\nendpoint end(part: i32, part2: EndPart2): EndPart",
  ],
])("%#: selected fields become a struct, and what is inlined again is what it was", async (source, expected) => {
  const actions = await offered(`namespace game\n\n${source}\n`, ["refactor.extract"]);
  const title = actions.map((each) => each.title).find((each) => each.startsWith("Extract to struct")) ?? "";
  expect(title).toContain("(changes the interface)");
  const text = after(actions, title);
  expect(text).toBe(`namespace game\n\n${expected}\n`);
  const part = text.lastIndexOf("part");
  await current().type(PATH, `${text.slice(0, part)}<|>${text.slice(part)}`);
  const inlined = await ask(["refactor.inline"]);
  const plain = source.replace(/<\[|\]>/g, "");
  expect(
    after(inlined, inlined[0]?.title ?? "").endsWith(plain.slice(plain.search(/\b(?:event|endpoint)/)) + "\n"),
  ).toBe(true);
});

test.each([
  ["columns, which cannot be structs", "component C { <[a: i32, b: i32]> }"],
  ["one field alone", "struct S { <[a: i32]>, b: i32 }"],
  ["parameters behind one that may be left out", "endpoint e(a?: i32, <[b?: i32, c?: i32]>)"],
  ["a list of structs", "struct P { a: i32 } struct S { <[p]>: P[] }"],
  ["a field of the name of another", "struct P { a: i32 } struct S { a: i32, <[p]>: P }"],
])("no struct is made of, or put in the place of, %s", async (_what, text) => {
  const actions = await offered(`namespace game\n${text}\n`, ["refactor"]);
  expect(actions.filter(({ title }) => title.includes("struct"))).toEqual([]);
});
