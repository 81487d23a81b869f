import { afterAll, beforeAll, expect, test } from "vitest";
import type { SignatureHelp } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

const GAME = "schema/game.hetu";

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.open({ [GAME]: "namespace game\n" });
});
afterAll(() => editor.close());

/** The label of what is called, with the parameter that the cursor is at in brackets. */
async function at(text: string): Promise<string | undefined> {
  const { textDocument, position } = await editor.type(GAME, `namespace game\n${text}`);
  const help: SignatureHelp | null = await editor.connection.sendRequest("textDocument/signatureHelp", {
    textDocument,
    position,
  });
  const signature = help?.signatures[help.activeSignature ?? 0];
  if (signature === undefined) return undefined;
  const parameter = signature.parameters?.[help?.activeParameter ?? 0];
  return parameter === undefined ? signature.label : signature.label.replace(String(parameter.label), "[$&]");
}

test("the parameters of an attribute are shown, with the one that is being written", async () => {
  expect(await at("component C { x: i32 @range(<|>) }")).toBe("@range([min: number], max: number)");
  expect(await at("component C { x: i32 @range(0, <|>) }")).toBe("@range(min: number, [max: number])");
  expect(await at("component C { x: i32 @range(0, 1<|>0) }")).toBe("@range(min: number, [max: number])");
  expect(await at("@retry(<|>\nsystem s() uses A")).toBe("@retry([times: 0 to 1,000,000])");
  expect(await at("@stale(5<|>s)\nsystem s() uses A")).toBe("@stale([age: 500ms to 1h])");
});

test("what an attribute takes depends on what it stands on", async () => {
  expect(await at("@permission(<|>)\nsystem s() uses A")).toBe("@permission([who: everybody | user | admin])");
  expect(await at("component C { x: i32 @permission(<|>) }")).toBe("@permission([who: admin | owner])");
});

test("named arguments are told by their name, wherever they stand", async () => {
  const label = "@limit(times: 1 to 1,000,000, per: 1ms to 30d)";
  expect(await at("@limit(<|>)\nsystem s() uses A")).toBe(label.replace(/times.*000(?=, per)/, "[$&]"));
  expect(await at("@limit(per: <|>)\nsystem s() uses A")).toBe(label.replace(/per.*30d/, "[$&]"));
  expect(await at("@limit(per: 1s, <|>)\nsystem s() uses A")).toBe(label.replace(/times.*000(?=, per)/, "[$&]"));
});

test("any number of columns are all the last parameter", async () => {
  expect(await at("@index(a, b, <|>)\ncomponent C { a: i32, b: i32 }")).toBe("@index([column, …])");
});

test("strings and rules are arguments like others", async () => {
  expect(await at('@cron("*/5 <|>")\nsystem s() uses A')).toBe("@cron([expression: string])");
  expect(await at("@rls(a == ctx.<|>)\ncomponent C { a: i64 }")).toBe("@rls([rule: column == ctx.name])");
});

test("the size of a string and of bytes is shown", async () => {
  expect(await at("struct S { x: string(<|>) }")).toBe("string([N: 1 to 65,535])");
  expect(await at("struct S { x: bytes(3<|>2)[] }")).toBe("bytes([N: 1 to 65,535])");
  expect(await at("system s(x: string(<|>")).toBe("string([N: 1 to 65,535])");
});

test("nothing is shown outside of such parentheses and in comments", async () => {
  for (const text of [
    "system s(<|>) uses A",
    "system s(x: i32 <|>) uses A",
    "@range(0, 1)<|>",
    "struct S { x: i32(<|>) }",
    "// @range(<|>",
    "@nowhere(<|>)\nsystem s() uses A",
    "@volatile(<|>)\ncomponent C { x: i32 }",
    "<|>",
  ]) {
    expect(await at(text), text).toBeUndefined();
  }
});

test("places are right behind characters of other planes", async () => {
  expect(await at('component C { a: string(4) = "😀" x: i32 @range(0, <|>) }\r\n')).toBe(
    "@range(min: number, [max: number])",
  );
});
