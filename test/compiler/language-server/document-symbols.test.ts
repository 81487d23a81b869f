import { afterEach, expect, test } from "vitest";
import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

test("the outline has every declaration with its members", async () => {
  editor = await Editor.open({
    "schema/game.hetu":
      "namespace game\n\nenum Team: u8 { red, blue }\n\ncomponent Position {\n  owner: i64 @unique\n}\n",
  });
  const symbols = await editor.connection.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", {
    textDocument: editor.file("schema/game.hetu").textDocument,
  });
  expect(symbols.map(({ name, kind }) => [name, kind])).toEqual([
    ["Team", SymbolKind.Enum],
    ["Position", SymbolKind.Class],
  ]);
  expect(symbols[0]?.children?.map(({ name }) => name)).toEqual(["red", "blue"]);
});

test("problems come and go as one types", async () => {
  editor = await Editor.open({ "schema/game.hetu": "namespace game\ncomponent Position { owner: i65 }\n" });
  const [problem] = await editor.problems("schema/game.hetu", ({ length }) => length > 0);
  expect(problem).toMatchObject({ code: "HT2009", range: { start: { line: 1, character: 28 } } });
  await editor.type("schema/game.hetu", "namespace game\ncomponent Position { owner: i64 }\n");
  expect(await editor.problems("schema/game.hetu", ({ length }) => length === 0)).toEqual([]);
});
