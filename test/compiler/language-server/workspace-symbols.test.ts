import { afterEach, expect, test } from "vitest";
import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const FILES = {
  "schema/items.hetu": "namespace items\nenum Rank { low, high_rank }\nsession { rank: Rank }\n",
  "schema/game.hetu":
    "namespace game\ncomponent PlayerRank { rank: items.Rank }\nsystem promote(who: i64) uses PlayerRank\n",
};

async function found(query: string): Promise<readonly string[]> {
  const symbols = await editor?.connection.sendRequest<WorkspaceSymbol[]>("workspace/symbol", { query });
  return (symbols ?? []).map(({ name, containerName }) => `${containerName ?? ""}.${name}`);
}

test("names of all namespaces are found by letters in their order, declarations before members", async () => {
  editor = await Editor.open(FILES);
  expect(await found("rank")).toEqual([
    "game.PlayerRank",
    "items.Rank",
    "game.PlayerRank.rank",
    "items.Rank.high_rank",
    "items.session.rank",
  ]);
  expect(await found("PLRK")).toEqual(["game.PlayerRank"]);
  expect(await found("who")).toEqual(["game.promote.who"]);
  expect(await found("nothing of that kind")).toEqual([]);
});

test("no letters ask for every declaration", async () => {
  editor = await Editor.open(FILES);
  expect(await found("")).toEqual(["game.PlayerRank", "game.promote", "items.Rank", "items.session"]);
});

test("a symbol has its kind and the place of its name, in the text as it is typed", async () => {
  editor = await Editor.open(FILES);
  await editor.type("schema/items.hetu", "namespace items\r\n\r\n/* \u{1F600} */ enum <[Grade]> { low }\r\n");
  const { ranges, positionAt, textDocument } = editor.file("schema/items.hetu");
  const symbols = await editor.connection.sendRequest<WorkspaceSymbol[]>("workspace/symbol", { query: "grade" });
  const range = { start: positionAt(ranges[0]?.start ?? 0), end: positionAt(ranges[0]?.end ?? 0) };
  expect(symbols).toEqual([
    { name: "Grade", kind: SymbolKind.Enum, containerName: "items", location: { uri: textDocument.uri, range } },
  ]);
  expect(await found("rank")).not.toContain("items.Rank");
});
