import { expect, it } from "vitest";
import { findings, linted, only, server } from "./linted.js";

const schema = (above = ""): string =>
  `namespace game\ncomponent Item { x: i32 }\ncomponent Log { x: i32 }\n${above}\n@permission(user)\nsystem act()\n  uses Item, Log\n`;
const code = (above = ""): string => server(`async act(ctx) {\n  ctx.Item;\n  ${above}\n  console.log(1);\n},`);
const EFFECT = "HT8006 console.log(1)";

it("takes a comment above the line in TypeScript, with its reason", () => {
  expect(findings({ schema: schema(), code: code("// hetuc-lint-ignore HT8006: a debug build") })).toEqual([
    "HT8005 Log",
  ]);
});

it("takes a comment above attributes and documentation in a schema", () => {
  const text = `namespace game
// hetuc-lint-ignore HT8002: imported as it is
/// Everything.
@permission(user)

component Player {
${Array.from({ length: 30 }, (_, at) => `  c${at}: i32\n`).join("")}}
system a() uses Player
system b() uses Player
`;
  expect(findings({ schema: text })).toEqual([]);
});

it("takes several codes in one comment, in any letter case", () => {
  const above = "// hetuc-lint-ignore HT8007, ht8006: a test";
  const body = server(`async act(ctx) {\n  ctx.Item; ctx.Log;\n  ${above}\n  console.log(Date.now());\n},`);
  expect(findings({ schema: schema(), code: body })).toEqual([]);
});

it("hides what a comment without a reason means, and asks for the reason", () => {
  const found = linted({ schema: schema(), code: code("// hetuc-lint-ignore HT8006") });
  expect(found.map(({ message }) => message)).toContain("the comment switches off HT8006 and does not say why");
  expect(found.map((each) => each.code)).not.toContain("HT8006");
});

it.each([
  ["// hetuc-lint-ignore: why", "the comment names no code"],
  ["// hetuc-lint-ignore HT8007: why", "the comment switches off HT8007, which is not found here"],
])("tells of %s", (above, message) => {
  const found = linted({ schema: schema(), code: code(above) });
  expect(found.filter((each) => each.code === "HT8010").map((each) => each.message)).toEqual([message]);
  expect(found.map((each) => each.code)).toContain("HT8006");
});

it("says nothing of a comment for a rule that does not run", () => {
  expect(findings({ schema: schema("// hetuc-lint-ignore HT8006: server code only") })).toEqual([]);
  const settings = only("HT8007", "off");
  expect(findings({ schema: schema(), code: code("// hetuc-lint-ignore HT8007: why"), settings })).toContain(EFFECT);
});

it("switches a rule off, or makes its findings errors, by level", () => {
  expect(findings({ schema: schema(), code: code(), settings: only("HT8005", "off") })).toEqual([EFFECT]);
  const found = linted({ schema: schema(), code: code(), settings: only("HT8006", "error") });
  expect(found.map((each) => [each.code, each.severity])).toEqual([
    ["HT8005", "warning"],
    ["HT8006", "error"],
  ]);
});

it.each(["act", "game.act"])("accepts the findings of `%s` that hetu.json names", (name) => {
  const ignore = [{ code: "HT8005", name, why: "soon" }];
  expect(findings({ schema: schema(), code: code(), settings: { ignore } })).toEqual([EFFECT]);
});

it("tells at its place in hetu.json of an accepted finding that is not there", () => {
  const ignore = [{ code: "HT8005", name: "gone", why: "soon" }];
  const found = linted({ schema: schema(), code: code(), settings: { ignore } });
  const [problem] = found.filter((each) => each.code === "HT8010");
  expect(problem?.message).toBe("`lint.ignore` switches off HT8005 of `gone`, which is not found");
  expect([problem?.span.file.path, problem?.span.file.text.slice(problem.span.start, problem.span.end)]).toEqual([
    "hetu.json",
    '"gone"',
  ]);
});
