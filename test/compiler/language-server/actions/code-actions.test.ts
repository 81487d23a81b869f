import { expect, test } from "vitest";
import { applied } from "../applied.js";
import { after, ask, current, offered, open, PATH } from "./asked.js";

test("an unknown component can be another one or be declared, with the problem that it puts right", async () => {
  const actions = await offered(
    "namespace game\n\ncomponent Money {\n  owner: i64 @unique\n}\n\nsystem pay() uses Mo<|>ny\n",
    ["quickfix"],
  );
  expect(actions.map(({ title }) => title)).toEqual(["Replace with Money", "Declare component Mony"]);
  expect(actions[0]).toMatchObject({
    kind: "quickfix",
    isPreferred: true,
    diagnostics: [{ code: "HT2011", source: "hetuc" }],
  });
  expect(after(actions, "Declare component Mony")).toContain("component Mony {\n  owner: i64 @unique\n}\n\nsystem pay");
});

test("a second session gives its fields to the first one, in another file", async () => {
  const editor = await open({
    "schema/a.hetu": "namespace game\n\nsession {\n  level: i32\n}\n",
    [PATH]: "namespace game\n\n<|>session { guild: i64 }\n",
  });
  const [action] = await ask(["quickfix"]);
  expect(action?.title).toBe("Move its fields to the first `session`");
  const changes = action?.edit?.changes ?? {};
  expect(Object.keys(changes).sort()).toEqual([editor.uri("schema/a.hetu"), editor.uri(PATH)].sort());
  expect(applied(editor.file("schema/a.hetu").text, changes[editor.uri("schema/a.hetu")] ?? [])).toBe(
    "namespace game\n\nsession {\n  level: i32\n  guild: i64\n}\n",
  );
});

test("a second session takes its docs and comments along, to a first one on one line", async () => {
  const actions = await offered(
    [
      "namespace game",
      "",
      "session { level: i32, // of the player",
      "}",
      "",
      "// Asked by rules.",
      "/// What a guild may see.",
      "<|>session {",
      "  // first",
      "  /// The guild.",
      "  guild: i64, // joined",
      "  level: i32 // again",
      "  rank: u8",
      "  // last",
      "}",
      "",
      "enum A { b }",
      "",
    ].join("\n"),
    ["quickfix"],
  );
  expect(after(actions, "Move its fields to the first `session`")).toBe(
    [
      "namespace game",
      "",
      "// Asked by rules.",
      "/// What a guild may see.",
      "session { level: i32, // of the player",
      "  // first",
      "  /// The guild.",
      "  guild: i64, // joined",
      "  rank: u8",
      "  // last",
      "}",
      "",
      "enum A { b }",
      "",
    ].join("\n"),
  );
});

test("names in the wrong case are renamed everywhere", async () => {
  const actions = await offered(
    "namespace game\n\nenum te<|>am { red }\n\nstruct Side { team: team, other: team[] }\n",
    ["quickfix"],
  );
  expect(after(actions, "Rename to Team")).toBe(
    "namespace game\n\nenum Team { red }\n\nstruct Side { team: Team, other: Team[] }\n",
  );
});

test("all problems of one code in a file can be put right at once", async () => {
  const actions = await offered("namespace game\n\nstruct Side { a: str<|>ing, b: string, c: string }\n", ["quickfix"]);
  expect(after(actions, "Fix all HT3001 in this file")).toContain("{ a: string(32), b: string(32), c: string(32) }");
});

test("fixing all touches only what can be meant one way", async () => {
  const text = "namespace game;\n\nstruct Side { a: string, b: i32(4)； c: Colour }\n";
  const actions = await offered(text, ["source.fixAll"]);
  expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.hetu"]);
  const fixed = after(actions, "Fix all plain problems");
  expect(fixed).toContain("b: i32");
  expect(fixed).not.toContain("(4)");
  expect(fixed).toContain("a: string,");
  expect(fixed).toContain("c: Colour");
});

test("an unknown namespace can be a known one whose name is near", async () => {
  await open({
    "schema/items.hetu": "namespace items\n\nstruct Item { price: i32 }\n",
    [PATH]: "namespace game\n\nstruct Bag { item: it<|>em.Item }\n",
  });
  expect(after(await ask(["quickfix"]), "Replace with items")).toContain("item: items.Item");
});

test("a component of another namespace can be left out of a clause", async () => {
  await open({
    "schema/items.hetu": "namespace items\n\ncomponent Item {\n  owner: i64 @unique\n}\n\nsystem stock() uses Item\n",
    [PATH]: "namespace game\n\ncomponent Money {\n  owner: i64 @unique\n}\n\nsystem pay() uses items.It<|>em, Money\n",
  });
  expect(after(await ask(["quickfix"]), "Remove `items.Item`")).toContain("pay() uses Money\n");
});

test("a missing `}` at the end of a file is put there, also behind other declarations", async () => {
  const text = "namespace game\n\nstruct A { a: i32 }\n\nstruct B {\n  b: string(5)<|>\n";
  expect(after(await offered(text), "Add `}`")).toBe(`${text.replace("<|>", "")}}\n`);
});

test("what is declared before a declaration leaves its comments with it", async () => {
  const text = "namespace game\n\n// Of the shop.\n\n// Pays.\n/* At once. */\n/// Pays.\nsystem pay(how: How<|>)\n";
  expect(after(await offered(text), "Declare enum How")).toBe(
    text.replace("<|>", "").replace("// Pays.\n", "enum How { none }\n\n// Pays.\n"),
  );
});

test("of permissions and row-level security, which exclude each other, the rule stays rather", async () => {
  const actions = await offered(
    "namespace game\n@permission(everybody) @rls<|>(owner == ctx.caller) component C { owner: i64 @index }\n",
    ["quickfix"],
  );
  expect(actions[0]?.title).toBe("Remove `@permission(everybody)`");
});

test("a name in the wrong case keeps its data by `@was` once it has been saved, and only then", async () => {
  const text = "namespace game\ncomponent <[player]> { owner: i64 @unique }\n";
  const renamed = "namespace game\ncomponent Player { owner: i64 @unique }\n";
  expect(after(await offered(text, ["quickfix"]), "Rename to Player")).toBe(
    renamed.replace("component", "@was(player)\ncomponent"),
  );
  await current().write(PATH, "namespace game\n");
  expect(after(await ask(["quickfix"]), "Rename to Player")).toBe(renamed);
});
