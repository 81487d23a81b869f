import { afterEach, describe, expect, test } from "vitest";
import { type FoldingRange, FoldingRangeKind, type SelectionRange } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** What can be folded, as `first-last` of lines from 1, with the kind. */
async function folds(text: string): Promise<string[]> {
  editor = await Editor.open({ "schema/a.hetu": text });
  const { textDocument } = editor.file("schema/a.hetu");
  const ranges = await editor.connection.sendRequest<FoldingRange[]>("textDocument/foldingRange", { textDocument });
  return ranges.map(
    ({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1}${kind === undefined ? "" : ` ${kind}`}`,
  );
}

describe("folds", () => {
  test("are bodies up to the line before what closes them", async () => {
    expect(
      await folds(
        "namespace game\nenum A {\n  x\n}\nsession { y: i32 }\n@volatile\ncomponent B {\n  x: i32 }\nstruct C {\n}\n",
      ),
    ).toEqual(["2-3", "7-8"]);
  });

  test("are parameters and clauses apart", async () => {
    expect(
      await folds(
        "namespace game\r\nsystem f(\r\n  a: i32,\r\n): i32\r\n  uses A,\r\n    B\r\n  calls g\r\nsystem g() uses A\r\n",
      ),
    ).toEqual(["2-3", "4-7"]);
  });

  test("are comments of several lines", async () => {
    const text =
      "/*\n * \u{1F600}\n */\nnamespace game\n/// One\n/// two.\nerror A {} // not\n// this\n// but this\n\n// alone\n/// Doc\nerror B {}\n";
    const { Comment } = FoldingRangeKind;
    expect(await folds(text)).toEqual([`1-3 ${Comment}`, `5-6 ${Comment}`, `8-9 ${Comment}`]);
  });

  test("of a half-typed text are those that can be told", async () => {
    expect(await folds("namespace game\nstruct A {\n  x: i32\n  y:\n}\ncomponent B {\n  x: i32\n\n")).toContain("2-4");
  });
});

/** The texts that are selected step by step, from the cursor outwards. */
async function selections(source: string): Promise<string[]> {
  editor = await Editor.open({ "schema/a.hetu": source });
  const { textDocument, position, text } = editor.file("schema/a.hetu");
  const answer = await editor.connection.sendRequest<SelectionRange[]>("textDocument/selectionRange", {
    textDocument,
    positions: [position],
  });
  const lines = text.split("\n");
  const offset = (at: { line: number; character: number }): number =>
    lines.slice(0, at.line).join("\n").length + Math.min(at.line, 1) + at.character;
  const steps: string[] = [];
  for (let step: SelectionRange | undefined = answer[0]; step !== undefined; step = step.parent) {
    steps.push(text.slice(offset(step.range.start), offset(step.range.end)));
  }
  return steps;
}

describe("selections grow", () => {
  test("from a name to its type, field, body, declaration, documentation and file", async () => {
    const text = "namespace game\n/// Doc\n@volatile\ncomponent A { x: i32, hand: items.Ca<|>rd[] = 1 @index }";
    const whole = text.replace("<|>", "");
    const [, declaration = ""] = whole.split("/// Doc\n");
    expect(await selections(text)).toEqual([
      "Card",
      "items.Card",
      "items.Card[]",
      "hand: items.Card[] = 1 @index",
      " x: i32, hand: items.Card[] = 1 @index ",
      "{ x: i32, hand: items.Card[] = 1 @index }",
      declaration,
      `/// Doc\n${declaration}`,
      whole,
    ]);
  });

  test("from a word in a string to what is in its quotes, the string, the argument's attribute", async () => {
    expect((await selections('namespace game\n@deprecated("use \u{1F600} th<|>is")\nerror A {}')).slice(0, 5)).toEqual([
      "this",
      "use \u{1F600} this",
      '"use \u{1F600} this"',
      '("use \u{1F600} this")',
      '@deprecated("use \u{1F600} this")',
    ]);
  });

  test("from nothing between declarations to the file", async () => {
    expect(await selections("namespace game\n\n<|>\n\nerror A {}")).toEqual(["", "namespace game\n\n\n\nerror A {}"]);
  });

  test("of several cursors each by itself", async () => {
    editor = await Editor.open({ "schema/a.hetu": "namespace <|>game\nerror <|>Full {}\n" });
    const { textDocument, cursors, positionAt } = editor.file("schema/a.hetu");
    const positions = cursors.map(positionAt);
    const answer = await editor.connection.sendRequest<SelectionRange[]>("textDocument/selectionRange", {
      textDocument,
      positions,
    });
    expect(answer.map(({ range }) => range.start)).toEqual(positions);
  });
});
