import { expect, test } from "vitest";
import { DiagnosticTag } from "vscode-languageserver-types";
import { after, current, offered, open, PATH } from "./asked.js";

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
  const [problem] = await current().problems(PATH, (all) => all.length === 1);
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
  const editor = await open({
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

test("what could as well not be there is greyed out, and what is deprecated struck through where it is used", async () => {
  const editor = await open({
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
