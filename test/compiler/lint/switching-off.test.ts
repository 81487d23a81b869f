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

it("takes a comment behind the code of its line, and one between stars", () => {
  for (const text of [
    "console.log(1); // hetuc-lint-ignore HT8006: x",
    "/* hetuc-lint-ignore HT8006: x */\nconsole.log(1);",
  ]) {
    const body = server(`async act(ctx) {\n  ctx.Item; ctx.Log;\n  ${text}\n},`);
    expect(findings({ schema: schema(), code: body })).toEqual([]);
  }
  const quoted = server('async act(ctx) {\n  ctx.Item; ctx.Log; console.log("// hetuc-lint-ignore HT8006: x");\n},');
  expect(findings({ schema: schema(), code: quoted })).toHaveLength(1);
});

it("takes a comment above a declaration for all of it, and one within for the next line", () => {
  const above = schema("// hetuc-lint-ignore HT8005: soon");
  expect(findings({ schema: above, code: code() })).toEqual([EFFECT]);
  const within = schema().replace("  uses Item", "  // hetuc-lint-ignore HT8005: soon\n  uses Item");
  expect(findings({ schema: within, code: code() })).toEqual([EFFECT]);
  const elsewhere = schema().replace("component Log", "// hetuc-lint-ignore HT8005: soon\ncomponent Log");
  expect(findings({ schema: elsewhere, code: code() })).toContain("HT8005 Log");
});

it("tells of the code in a comment of several that is not found", () => {
  const found = linted({ schema: schema(), code: code("// hetuc-lint-ignore HT8006, HT8007: why") });
  expect(found.map(({ message }) => message)).toContain("the comment switches off HT8007, which is not found here");
  expect(found.map((each) => each.code)).not.toContain("HT8006");
});

it("still tells of a shared function what another system than the accepted one does", () => {
  const two = `${schema()}system other() uses Item\n`;
  const body = server(
    "act(ctx) { ctx.Item; ctx.Log; tell(); }, other(ctx) { ctx.Item; tell(); },",
    "function tell() { fetch('x'); }",
  );
  const ignore = [{ code: "HT8006", name: "act", why: "soon" }];
  const [found] = linted({ schema: two, code: body, settings: { ignore } });
  expect(found?.message).toContain("system `other` calls `fetch`");
});

it("hides what a comment without a reason means, and asks for the reason", () => {
  const found = linted({ schema: schema(), code: code("// hetuc-lint-ignore HT8006") });
  expect(found.map(({ message }) => message)).toContain("the comment switches off HT8006 and does not say why");
  expect(found.map((each) => each.code)).not.toContain("HT8006");
  expect(found.find((each) => each.code === "HT8010")?.help).toBe(
    "write `// hetuc-lint-ignore HT8006: why it is right here` on the line above the finding, or remove it",
  );
});

it.each([
  ["// hetuc-lint-ignore: why", "the comment names no code"],
  ["// hetuc-lint-ignore HT8007: why", "the comment switches off HT8007, which is not found here"],
  ["// hetuc-lint-ignore HT806: why", "there is no rule HT806; did you mean HT8006?"],
  ["// hetuc-lint-ignore HT2009: why", "HT2009 is told by `hetuc check`, and no comment switches it off"],
  ["// hetuc-lint-disable HT8006: why", "`hetuc-lint-disable` switches off nothing; it is `hetuc-lint-ignore`"],
  ["// hetu-lint-ignore HT8006: why", "`hetu-lint-ignore` switches off nothing; it is `hetuc-lint-ignore`"],
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
  expect(problem?.help).toContain("remove it from `lint.ignore`");
  expect([problem?.span.file.path, problem?.span.file.text.slice(problem.span.start, problem.span.end)]).toEqual([
    "hetu.json",
    '"gone"',
  ]);
});
