import { afterEach, expect, test } from "vitest";
import type { InlayHint } from "vscode-languageserver-types";
import { applied } from "./applied.js";
import { Editor, type EditorOptions } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** The hints of a file; those of its marked range, when it has one. */
async function hints(source: string, options: EditorOptions = {}): Promise<InlayHint[]> {
  await editor?.close();
  editor = await Editor.open({ "schema/a.hetu": source }, {}, options);
  const { textDocument, ranges, text, positionAt } = editor.file("schema/a.hetu");
  const { start, end } = ranges[0] ?? { start: 0, end: text.length };
  return editor.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
    textDocument,
    range: { start: positionAt(start), end: positionAt(end) },
  });
}

/** The text with each hint in `‹›` where it is shown. */
async function shown(source: string, options?: EditorOptions): Promise<string> {
  const all = await hints(source, options);
  return applied(
    editor?.file("schema/a.hetu").text ?? "",
    all.map(({ position, label }) => ({ range: { start: position, end: position }, newText: `‹${String(label)}›` })),
  );
}

test("an enum shows its base and the numbers that are not written", async () => {
  expect(
    await shown("namespace game\r\n/* \u{1F600} */ enum A { a, b = 0x10, c, d = -1, e }\r\nenum B: u8 { x }\r\n"),
  ).toBe(
    "namespace game\r\n/* \u{1F600} */ enum A‹: i32› { a‹= 0›, b = 0x10, c‹= 17›, d = -1, e‹= 0› }\r\nenum B: u8 { x‹= 0› }\r\n",
  );
});

test("a component shows that only admins read it, and what a migration fills", async () => {
  expect(
    await shown(
      "namespace game\nenum Team { red = 1, blue = 0 }\nenum Odd { x = 1, y = 2 }\ncomponent A {\n  owner: i64 @unique\n  x: f32 @index\n  name: string(3)\n  on: bool\n  team: Team\n  odd: Odd\n  y: i32 = 5\n  bad: Missing\n}\n",
      { initializationOptions: { inlayHints: ["permission", "migrationValue"] } },
    ),
  ).toBe(
    'namespace game\nenum Team { red = 1, blue = 0 }\nenum Odd { x = 1, y = 2 }\n‹@permission(admin)›component A {\n  owner: i64 @unique\n  x: f32 @index‹migrates as 0›\n  name: string(3)‹migrates as ""›\n  on: bool‹migrates as false›\n  team: Team‹migrates as blue›\n  odd: Odd‹migrates as x›\n  y: i32 = 5\n  bad: Missing\n}\n',
  );
});

test("what is written or cleared shows nothing", async () => {
  for (const text of [
    "@permission(admin)\ncomponent A { x: i32 = 0 }",
    "@rls(x == ctx.caller)\ncomponent A { x: i64 = 0 @index }",
    "@permission(user) @volatile\ncomponent A { x: i32 }",
    "struct A { x: i32 }\nsystem f(x: i32)",
  ]) {
    expect(await hints(`namespace game\n${text}\n`)).toEqual([]);
  }
});

test("each kind can be switched off, and all at once", async () => {
  const text = "namespace game\nenum A { a }\ncomponent B { x: i32 }\n";
  const kinds = {
    enumBase: ": i32",
    enumNumber: "= 0",
    permission: "@permission(admin)",
    migrationValue: "migrates as 0",
  };
  expect((await hints(text)).map(({ label }) => label)).toEqual(Object.values(kinds));
  for (const [kind, label] of Object.entries(kinds)) {
    const only = await hints(text, { initializationOptions: { inlayHints: [kind] } });
    expect(only.map((hint) => hint.label)).toEqual([label]);
  }
  expect(await hints(text, { initializationOptions: { inlayHints: false } })).toEqual([]);
});

test("a hint can be written into the text, where the language has words for it", async () => {
  const text = "namespace game\nenum A { a }\ncomponent B { x: i32 }\n";
  const edits = (await hints(text)).flatMap(({ textEdits }) => textEdits ?? []);
  expect(applied(text, edits)).toBe(
    "namespace game\nenum A: i32 { a = 0 }\n@permission(admin) component B { x: i32 }\n",
  );
});

test("a range shows its own hints only", async () => {
  const all = await hints("namespace game\nenum A { a }\nenum B { <[b, c]>, d }\n");
  expect(all.map(({ position: { line, character } }) => [line, character])).toEqual([
    [2, 10],
    [2, 13],
  ]);
});

test("a half-typed enum shows what can be told", async () => {
  expect(await shown("namespace game\nenum A: u8 { a, b = , c\n")).toBe(
    "namespace game\nenum A: u8 { a‹= 0›, b = , c\n",
  );
});
