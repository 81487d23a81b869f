import { afterEach, describe, expect, test } from "vitest";
import type { TextEdit } from "vscode-languageserver-types";
import { spacingChanges } from "../../../compiler/language-server/features/spacing-changes.js";
import { applied } from "./applied.js";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const OPTIONS = { tabSize: 8, insertSpaces: false };

async function formattingOf(
  source: string,
  method: "formatting" | "rangeFormatting" = "formatting",
): Promise<TextEdit[]> {
  editor = await Editor.open({ "schema/a.hetu": source });
  const { textDocument, ranges, positionAt } = editor.file("schema/a.hetu");
  const [stretch] = ranges.map(({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }));
  const range = method === "formatting" ? {} : { range: stretch };
  const params = { textDocument, options: OPTIONS, ...range };
  return editor.connection.sendRequest<TextEdit[]>(`textDocument/${method}`, params);
}

async function formatted(source: string, method?: "formatting" | "rangeFormatting"): Promise<string> {
  const edits = await formattingOf(source, method);
  return applied(editor?.file("schema/a.hetu").text ?? "", edits);
}

describe("formatting a document", () => {
  test("lays it out as `hetuc fmt` does, whatever the editor's indentation is", async () => {
    expect(await formatted("namespace  game\ncomponent A {\n\towner :i64 @unique // who\n\t x: i32=0,\n}\n")).toBe(
      "namespace game\n\ncomponent A {\n  owner: i64 @unique // who\n  x:     i32 = 0\n}\n",
    );
  });

  test("touches only lines that change", async () => {
    const edits = await formattingOf("namespace game\n\nerror Full {}\n\nerror  Empty {}\n\n\n\nerror Last {}\n");
    expect(edits).toEqual([
      { range: { start: { line: 4, character: 6 }, end: { line: 4, character: 7 } }, newText: "" },
      { range: { start: { line: 6, character: 0 }, end: { line: 8, character: 0 } }, newText: "" },
    ]);
  });

  test("of a formatted text changes nothing", async () => {
    expect(await formattingOf("namespace game\n\n/// \u{1F600} doc\nerror Full {}\n")).toEqual([]);
  });

  test("of a text with a syntax error changes nothing", async () => {
    expect(await formattingOf("namespace   game\nerror Full {\n")).toEqual([]);
    await editor?.close();
    expect(await formattingOf("<[namespace   game\nerror Full {\n]>", "rangeFormatting")).toEqual([]);
  });

  test("keeps a text that has problems of other kinds", async () => {
    expect(await formatted("namespace game\n\nstruct A  { x: Missing }\n")).toBe(
      "namespace game\n\nstruct A { x: Missing }\n",
    );
  });

  test("keeps the line breaks of the first line, and takes a mark of the byte order away", async () => {
    expect(
      await formatted("\ufeffnamespace game\r\n\r\nerror Full {\r\n}\r\n\r\n/* \u{1F600}\r\n */ error Empty {}\r\n"),
    ).toBe("namespace game\r\n\r\nerror Full {}\r\n\r\n/* \u{1F600}\r\n */ error Empty {}\r\n");
    await editor?.close();
    const edits = await formattingOf("namespace game\r\n\r\nerror Full {}\r\n\r\nerror  Empty {}\r\n");
    expect(edits).toMatchObject([{ range: { start: { line: 4, character: 6 }, end: { line: 4, character: 7 } } }]);
  });

  test("of an unknown file gives nothing", async () => {
    editor = await Editor.open({ "schema/a.hetu": "namespace game\n" });
    const params = { textDocument: { uri: editor.uri("schema/gone.hetu") }, options: OPTIONS };
    expect(await editor.connection.sendRequest("textDocument/formatting", params)).toBeNull();
  });
});

describe("formatting a range", () => {
  test("changes the declarations that touch it, and no others", async () => {
    const text = (b: string, c: string): string =>
      `namespace  game\n\nerror   A {}\n\n${b}\n\n\n${c}\n\nerror   D {}\n`;
    expect(await formatted(text("error   B {<[ }", "error  ]> C {}"), "rangeFormatting")).toBe(
      text("error B {}", "error C {}").replace("\n\n\n", "\n\n"),
    );
  });

  test("indents a declaration that it touches only the end of, its documentation and its comment with it", async () => {
    expect(
      await formatted(
        "namespace game\n\nerror   A {}\n   /// Doc\n   error   B {}<[   // c  \n]>\nerror   C {}\n",
        "rangeFormatting",
      ),
    ).toBe("namespace game\n\nerror   A {}\n/// Doc\nerror B {} // c\n\nerror   C {}\n");
  });

  test("between declarations changes nothing", async () => {
    expect(await formattingOf("namespace  game\n\n<[\n]>\n\nerror   A {}\n", "rangeFormatting")).toEqual([]);
  });
});

test("texts that differ in more than white space and commas have no changes of that kind", () => {
  expect(spacingChanges("a b", "a c")).toBeUndefined();
  expect(spacingChanges("a, b", "a\nb")).toEqual([{ start: 1, end: 3, text: "\n" }]);
});
