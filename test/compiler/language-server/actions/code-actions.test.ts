import { afterEach, expect, test } from "vitest";
import { type CodeAction, DiagnosticTag, type TextEdit } from "vscode-languageserver-types";
import { Editor } from "../editor.js";

const PATH = "schema/game.hetu";
let editor: Editor;
afterEach(() => editor.close());

/** What is offered at the range, or else the cursor, that is marked in the text. */
async function offered(source: string, only?: readonly string[]): Promise<CodeAction[]> {
  editor = await Editor.open({ [PATH]: source });
  return ask(only);
}

async function ask(only?: readonly string[]): Promise<CodeAction[]> {
  const file = editor.file(PATH);
  const { start, end } = file.ranges[0] ?? { start: file.cursors[0] ?? 0, end: file.cursors[0] ?? 0 };
  return editor.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: file.textDocument,
    range: { start: file.positionAt(start), end: file.positionAt(end) },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
}

/** The text after an action. */
function after(actions: readonly CodeAction[], title: string): string {
  const action = actions.find((each) => each.title === title);
  if (action === undefined)
    throw new Error(`not offered: ${title}; but: ${actions.map((each) => each.title).join(", ")}`);
  return edited(editor.file(PATH).text, action.edit?.changes?.[editor.uri(PATH)] ?? []);
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split(/(?<=\n)/);
  const offset = ({ line, character }: TextEdit["range"]["start"]): number =>
    lines.slice(0, line).join("").length + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
      text,
    );
}

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
  editor = await Editor.open({
    "schema/a.hetu": "namespace game\n\nsession {\n  level: i32\n}\n",
    [PATH]: "namespace game\n\n<|>session { guild: i64 }\n",
  });
  const [action] = await ask(["quickfix"]);
  expect(action?.title).toBe("Move its fields to the first `session`");
  const changes = action?.edit?.changes ?? {};
  expect(Object.keys(changes).sort()).toEqual([editor.uri("schema/a.hetu"), editor.uri(PATH)].sort());
  expect(edited(editor.file("schema/a.hetu").text, changes[editor.uri("schema/a.hetu")] ?? [])).toBe(
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

const ENTRY = "@permission(user)\nendpoint ask(): i64\n";

test("what is never used is greyed out, and goes with its comments and one empty line", async () => {
  const actions = await offered(
    [
      "namespace game",
      "",
      "struct Kept { a: i32 }",
      "",
      "// About colours.",
      "/// Two of them.",
      "enum Co<|>lor { red, blue } // never",
      "",
      "@permission(user)",
      "endpoint ask(kept: Kept): i64",
      "",
    ].join("\n"),
  );
  const [problem] = await editor.problems(PATH, (all) => all.length === 1);
  expect(problem).toMatchObject({ code: "HT6007", severity: 4, tags: [DiagnosticTag.Unnecessary] });
  expect(after(actions, "Remove the unused `Color`")).toBe(
    "namespace game\n\nstruct Kept { a: i32 }\n\n@permission(user)\nendpoint ask(kept: Kept): i64\n",
  );
});

test.each([
  [
    "one among others on its line",
    "struct Kept { a: i32 } struct Bag<|> { a: Kept } @permission(user) endpoint ask(): Kept\n",
    "struct Kept { a: i32 } @permission(user) endpoint ask(): Kept\n",
  ],
  ["the first one", `\n/// Of A.\nenum A<|> { b }\n\n${ENTRY}`, `\n${ENTRY}`],
  ["the last one, without a line break behind it", `${ENTRY}\nenum A<|> { b }`, ENTRY.trimEnd()],
])("an unused declaration is taken out: %s", async (_which, text, expected) => {
  const [removal] = await offered(`namespace game\n${text}`, ["quickfix"]);
  expect(after([removal ?? { title: "" }], removal?.title ?? "")).toBe(`namespace game\n${expected}`);
});

test("what another file stops using is told of where it is declared, and no more once it is used again", async () => {
  const uses = (type: string): string => `namespace game\n\n@permission(user)\nendpoint ask(kept: ${type}): i64\n`;
  editor = await Editor.open({
    "schema/types.hetu": "namespace game\n\nenum Side { left }\n\nenum Other { one }\n",
    [PATH]: uses("Side"),
  });
  for (const [used, unused] of [
    ["Side", "Other"],
    ["Other", "Side"],
    ["Side", "Other"],
  ] as const) {
    await editor.type(PATH, uses(used));
    const told = await editor.problems("schema/types.hetu", ([problem, ...others]) => {
      return others.length === 0 && JSON.stringify(problem?.message).includes(`enum \`${unused}\` is never used`);
    });
    expect(told).toMatchObject([{ code: "HT6007" }]);
  }
});

test("all that is never used can be removed at once", async () => {
  const actions = await offered(`namespace game\n\nenum A<|> { b }\n\nenum C { d }\n\n${ENTRY}\nenum E { f }\n`);
  expect(after(actions, "Fix all HT6007 in this file")).toBe(`namespace game\n\n${ENTRY}`);
});

test("a system that nobody runs can be opened to users, after it can be removed", async () => {
  const actions = await offered(`namespace game\n\n${ENTRY}\n/// Adds.\nendpoint ad<|>d(): i64\n`, ["quickfix"]);
  expect(actions.map(({ title }) => title)).toEqual([
    "Remove the unused `add`",
    "Let users call it with `@permission(user)`",
  ]);
  expect(after(actions, "Let users call it with `@permission(user)`")).toContain(
    "/// Adds.\n@permission(user) endpoint add()",
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
  await editor.type(PATH, "namespace game\n\nstruct C { d: i32 }\n\nfoo bar baz\n\nenum A { b }\n");
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
  const text = after(actions, "Extract to enum UnitKind");
  expect(text).toContain("enum UnitKind: u8 { value_0 = 0, value_1 = 1, value_2 = 2 }\n\ncomponent Unit {");
  expect(text).toContain("  unit_kind: UnitKind = value_1\n");
  await editor.type(PATH, text);
  expect(await editor.problems(PATH, (all) => all.length === 0)).toEqual([]);
});

test.each([
  ["a string", 'mood: string(8) = "calm"', "enum Mood: u8 { calm }", "mood: Mood = calm"],
  ["a number without a range", "mood: i32", "enum Mood: i32 { none }", "mood: Mood\n"],
])("%s becomes an enum of one value", async (_what, column, declared, typed) => {
  const actions = await offered(`namespace game\n\ncomponent Unit {\n  <|>${column}\n}\n\nsystem move() uses Unit\n`, [
    "refactor.extract",
  ]);
  const text = after(actions, "Extract to enum Mood");
  expect(text).toContain(declared);
  expect(text).toContain(typed);
});

test("what could as well not be there is greyed out, and what is deprecated struck through where it is used", async () => {
  editor = await Editor.open({
    [PATH]:
      'namespace game\n\n@deprecated("use Gold") component Money {\n  owner: i64 @unique\n}\n\nsystem pay() uses Money, Money\n',
  });
  const problems = await editor.problems(PATH, (all) => all.length === 3);
  const tagged = problems.map(({ tags, range }) => [tags, range.start.character]);
  expect(tagged).toEqual([
    [[DiagnosticTag.Deprecated], 18],
    [[DiagnosticTag.Unnecessary], 25],
    [[DiagnosticTag.Deprecated], 25],
  ]);
});

test("an unknown namespace can be a known one whose name is near", async () => {
  editor = await Editor.open({
    "schema/items.hetu": "namespace items\n\nstruct Item { price: i32 }\n",
    [PATH]: "namespace game\n\nstruct Bag { item: it<|>em.Item }\n",
  });
  expect(after(await ask(["quickfix"]), "Replace with items")).toContain("item: items.Item");
});

test("a component of another namespace can be left out of a clause", async () => {
  editor = await Editor.open({
    "schema/items.hetu": "namespace items\n\ncomponent Item {\n  owner: i64 @unique\n}\n\nsystem stock() uses Item\n",
    [PATH]: "namespace game\n\ncomponent Money {\n  owner: i64 @unique\n}\n\nsystem pay() uses items.It<|>em, Money\n",
  });
  expect(after(await ask(["quickfix"]), "Remove `items.Item`")).toContain("pay() uses Money\n");
});

test("a missing `}` at the end of a file is put there, also behind other declarations", async () => {
  const text = "namespace game\n\nstruct A { a: i32 }\n\nstruct B {\n  b: string(5)<|>\n";
  expect(after(await offered(text), "Add `}`")).toBe(`${text.replace("<|>", "")}}\n`);
});

test.each([
  ["struct A { a <|>i32 }", "Add `:`", "struct A { a: i32 }"],
  ["struct A { a <|>= i32 }", "Write `:`", "struct A { a : i32 }"],
  ["enum A { a<|>: 5 }", "Write `=`", "enum A { a = 5 }"],
])("the sign that is lacking in `%s` is offered", async (text, title, expected) => {
  expect(after(await offered(`namespace game\n${text}\n`), title)).toBe(`namespace game\n${expected}\n`);
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
  await editor.write(PATH, "namespace game\n");
  expect(after(await ask(["quickfix"]), "Rename to Player")).toBe(renamed);
});

test("no enum is made of a range that the default lies outside of", async () => {
  const actions = await offered("namespace game\ncomponent C { le<|>vel: u8 = 9 @range(1, 5) }\n", ["refactor"]);
  expect(actions).toEqual([]);
});

test("what a rule compares with a field that becomes an enum becomes one, too, and else nothing is offered", async () => {
  const schema = (rule: string, type: string): string =>
    `namespace game\n\nsession { side: ${type} }\n\n@rls(${rule})\ncomponent Unit {\n  te<|>am: u8 @index\n}\n\n@rls(side != ctx.side)\ncomponent Other {\n  side: u8 @index\n}\n\n@permission(user)\nsystem move() uses Unit, Other\n`;
  const text = after(await offered(schema("team == ctx.side", "u8"), ["refactor"]), "Extract to enum Team");
  expect(text).toContain("enum Team: u8 { none }");
  for (const typed of ["session { side: Team }", "  team: Team @index", "  side: Team @index"])
    expect(text).toContain(typed);
  await editor.type(PATH, text);
  expect(await editor.problems(PATH, (all) => all.length === 0)).toEqual([]);
  for (const [rule, type] of [
    ["team < ctx.side", "u8"],
    ["team == ctx.caller", "u8"],
  ] as const) {
    await editor.type(PATH, schema(rule, type));
    expect(await ask(["refactor"])).toEqual([]);
  }
});

test.each([
  ["struct A { b: Array<|><i32> }", "Write `i32[]`", "struct A { b: i32[] }"],
  ["struct A { b: List<|><List<Side>>, c: i32 }", "Write `Side[][]`", "struct A { b: Side[][], c: i32 }"],
  ["struct A { b: Optional<|><string(5)> }", "Write `b?: string(5)`", "struct A { b?: string(5) }"],
  ["endpoint a(b: Array<|><i32>)", "Write `i32[]`", "endpoint a(b: i32[])"],
  ["endpoint a(): List<|><i32>", "Write `i32[]`", "endpoint a(): i32[]"],
  ["struct A { b: <|>[i32] }", "Write `i32[]`", "struct A { b: i32[] }"],
  ["struct A { b: i32[<|>5] }", "Remove the size `5`", "struct A { b: i32[] }"],
  ["struct A { b: i<|>d }", "Replace with i64", "struct A { b: i64 }"],
  ["component A { i<|>d: i64, b: i32 }", "Remove this `id`", "component A { b: i32 }"],
  ["component A { version<|>: i64 @index }", "Rename to revision", "component A { revision: i64 @index }"],
  ["component A { b: i32 @permission(every<|>one) }", "Remove `@permission(everyone)`", "component A { b: i32 }"],
  ["@permission(any<|>) endpoint a()", "Write `admin`", "@permission(admin) endpoint a()"],
  ["@permission(every<|>one) endpoint a()", "Write `everybody`", "@permission(everybody) endpoint a()"],
  [
    "component A { b: i64 @unique }\nsystem s() us<|>e A",
    "Replace with `uses`",
    "component A { b: i64 @unique }\nsystem s() uses A",
  ],
  ["struct A { b: i32, @ran<|>ge(0, 1), c: i32 }", "Move it behind `b`", "struct A { b: i32 @range(0, 1), c: i32 }"],
  ["system s(b: i64, @range<|>(0, 1))", "Move it behind `b`", "system s(b: i64 @range(0, 1),)"],
  [
    "struct A {\n  b: i32, // of b\n  @range<|>(0, 1)\n  c: i32\n}",
    "Move it behind `b`",
    "struct A {\n  b: i32 @range(0, 1), // of b\n  c: i32\n}",
  ],
  [
    "struct A {\n  b: i32\n  @range<|>(0, 1) c: i32\n}",
    "Move it behind `c`",
    "struct A {\n  b: i32\n  c: i32 @range(0, 1)\n}",
  ],
  ["component A { @in<|>dex b: i32 }", "Move it behind `b`", "component A { b: i32 @index }"],
  ["component A { b: St<|>rng(4) }", "Replace with string", "component A { b: string(4) }"],
  ["component A { b: St<|>ring }", "Replace with string(32)", "component A { b: string(32) }"],
  ["component A { b: in<|>t(11) }", "Replace with i32", "component A { b: i32 }"],
  [
    "@permission(user) @limit(1<|>0, 1s)\nsystem s()",
    "Write `@limit(times: 10, per: 1s)`",
    "@permission(user) @limit(times: 10, per: 1s)\nsystem s()",
  ],
  ["event E<|>(a: i64)", "Write braces", "event E { a: i64 }"],
  ["error NoRight<|>", "Add `{}`", "error NoRight {}"],
  ["component A {}\nsystem s <|>uses A", "Add `()`", "component A {}\nsystem s() uses A"],
  [
    "session { b: i64 }\n@rls(ctx.b <|>< b)\ncomponent A { b: i64 @index }",
    "Write `b > ctx.b`",
    "session { b: i64 }\n@rls(b > ctx.b)\ncomponent A { b: i64 @index }",
  ],
  ["struct A { b: i64,<|>, c: i64 }", "Remove the comma", "struct A { b: i64, c: i64 }"],
  ["@stale(100m<|>s)\nsystem s()", "Write `500ms`", "@stale(500ms)\nsystem s()"],
  ["@retry(-<|>1)\nsystem s()", "Write `0`", "@retry(0)\nsystem s()"],
  ["enum A { b }\nstruct C { a: A<|>.b }", "Replace with A", "enum A { b }\nstruct C { a: A }"],
  ["struct A { <|>i64 b }", "Write `b: i64`", "struct A { b: i64 }"],
  ["component A {}\nsystem s() uses A use<|>s A", "Join the `uses` clauses", "component A {}\nsystem s() uses A"],
  [
    "component A {}\ncomponent B {}\nsystem s() uses A use<|>s A, B",
    "Join the `uses` clauses",
    "component A {}\ncomponent B {}\nsystem s() uses A, B",
  ],
  [
    "component A {}\nsystem s() uses A calls A<|>",
    "Remove `A`, which `uses` lists",
    "component A {}\nsystem s() uses A",
  ],
  ["struct A { b<|>： i64 }", "Replace a full-width colon with `:`", "struct A { b: i64 }"],
  ["endpoint a() <|>-> i64", "Replace an arrow with `:`", "endpoint a() : i64"],
  ["@permision<|>(user)\nendpoint a()", "Replace with @permission", "@permission(user)\nendpoint a()"],
  ["im<|>port items\nstruct A {}", "Remove `import items`", "struct A {}"],
])("of `%s` the first fix is: %s", async (text, title, expected) => {
  const actions = await offered(`namespace game\n${text}\n`, ["quickfix"]);
  expect(actions[0]?.title).toBe(title);
  expect(after(actions, title)).toBe(`namespace game\n${expected}\n`);
});

test.each([
  ["a declaration twice", "struct A {}\nstruct A<|> { b: i64 }", ["Remove this `A`"]],
  ["a value twice", "enum A { b, b<|> }", ["Remove this `b`"]],
  ["a session without fields", "ses<|>sion { }", ["Remove this `session`"]],
  ["a type that could be declared", "struct A { b: Nothing<|> }", ["Declare enum Nothing", "Declare struct Nothing"]],
  ["the type of a column", "component A { b: Nothing<|> }", ["Declare enum Nothing"]],
  ["a type of another language with a size", "component A { b: Thing<|>(4) }", []],
  [
    "a name that rows go by",
    "enum A { Red<|> }\ncomponent B { a: A }",
    ["Rename to red (stored data does not follow)"],
  ],
  ["a reason that nobody knows", "@depre<|>cated\nstruct A {}", ['Write `@deprecated("")`']],
  [
    "a system that could be declared",
    "component A {}\nsystem s() uses A calls nothing<|>, other_thing",
    ["Declare system nothing"],
  ],
])("nothing is preferred of what loses or guesses: %s", async (_what, text, titles) => {
  const actions = await offered(`namespace game\n${text}\n`, ["quickfix"]);
  const errors = actions.filter(({ diagnostics }) => diagnostics?.[0]?.severity !== 4);
  expect(errors.map(({ title, isPreferred }) => [title, isPreferred])).toEqual(titles.map((each) => [each, undefined]));
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
  await editor.type(PATH, `${text.slice(0, part)}<|>${text.slice(part)}`);
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
