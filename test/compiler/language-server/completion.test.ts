import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
} from "vscode-languageserver-types";
import { accepted, completionsAt, GAME, labelsOf, openGame, proposalsAt, REST } from "./completing.js";
import { Editor } from "./editor.js";

let editor: Editor;
beforeAll(async () => {
  editor = await openGame();
});
afterAll(() => editor.close());

const at = (text: string, trigger?: string): Promise<CompletionItem[]> => proposalsAt(editor, text, trigger);
const labels = async (text: string, trigger?: string): Promise<string[]> => labelsOf(await at(text, trigger));

describe("declarations", () => {
  const KEYWORDS = ["component", "endpoint", "enum", "error", "event", "struct", "system"];

  test("where a declaration may start its keyword is offered, and whole declarations", async () => {
    const items = await at("<|>");
    const keywords = items.filter(({ kind }) => kind === CompletionItemKind.Keyword);
    expect(keywords.map(({ label }) => label).sort()).toEqual(KEYWORDS);
    const component = items.find(({ label }) => label === "component { … }");
    expect(component).toMatchObject({ kind: CompletionItemKind.Snippet, insertTextFormat: InsertTextFormat.Snippet });
    expect(component?.textEdit?.newText).toContain("component ${2:Name} {");
  });

  test("before half-typed text behind the cursor only keywords are offered", async () => {
    expect(await labels("comp<|> Place { x: i32 }")).toEqual(KEYWORDS);
  });

  test("behind attributes only what may have them is offered", async () => {
    expect(await labels("@volatile\n<|>")).toEqual(["component", "component { … }"]);
    expect(await labels("@permission(user) @once\nsys<|>")).toEqual(["system", "system …()"]);
  });

  test("a file without a namespace is offered one first", async () => {
    expect((await completionsAt(editor, GAME, "<|>"))[0]?.label).toBe("namespace");
    expect(labelsOf(await completionsAt(editor, GAME, "namespace <|>"))).toEqual(["items"]);
    expect(labelsOf(await completionsAt(editor, GAME, "namespace it<|>\nenum A { b }"))).toEqual(["items"]);
  });

  test("a second session is not offered", async () => {
    expect(await labels("<|>")).not.toContain("session");
    expect(labelsOf(await completionsAt(editor, GAME, "namespace game\n<|>"))).toContain("session");
  });

  test("nothing is offered where a new name is written", async () => {
    for (const text of [
      "component <|>",
      "component Na<|> { x: i32 }",
      "enum Side { le<|> }",
      "struct S { <|> }",
      "struct S {\n  x: i32\n  fi<|>\n}",
      "system go(<|>)",
      "system go(a: i32, <|>) uses Position",
      "component C { x: i32 @was(o<|>) }",
    ]) {
      expect(await labels(text), text).toEqual([]);
    }
  });

  test("a component is offered the column of its owner", async () => {
    expect(await labels("@permission(owner)\ncomponent C {\n  <|>\n}")).toEqual(["owner: i64"]);
    expect(await labels("component C {\n  owner: i64\n  <|>\n}")).toEqual([]);
  });
});

describe("types", () => {
  test("own types come first, then the built-in ones, then those of other namespaces", async () => {
    const offered = await labels("struct S { x: <|> }");
    expect(offered.slice(0, 2)).toEqual(["Point", "Team"]);
    expect(offered.slice(2, 5)).toEqual(["bool", "bytes(N)", "f32"]);
    expect(offered.slice(-3)).toEqual(["items.Rarity", "items.Reward", "items"]);
  });

  test("columns and session fields are offered no structs", async () => {
    for (const text of ["component C { x: <|> }", "session { x: <|> }"]) {
      const offered = await labels(text);
      expect(offered).toEqual(expect.arrayContaining(["Team", "items.Rarity"]));
      expect(offered).not.toContain("Point");
      expect(offered).not.toContain("items.Reward");
      expect(offered).not.toContain("Position");
    }
  });

  test("behind a namespace and a point its types are offered", async () => {
    expect(await labels("struct S { x: items.<|> }")).toEqual(["Rarity", "Reward"]);
    expect(await labels("system s(x: items.Re<|>) uses Position")).toEqual(["Rarity", "Reward"]);
    expect(await labels("struct S { x: nowhere.<|> }")).toEqual([]);
  });

  test("parameters, results, and fields without anything behind them are offered types", async () => {
    for (const text of [
      "system s(x: <|>) uses Position",
      "system s(x: i32, y?: <|>",
      "system s(): <|>",
      "endpoint e(): P<|>",
      "component C {\n  x: <|>\n  y: i32\n}",
      "component C {\n  x: <|>",
      "error E { why: st<|> }",
    ]) {
      expect(await labels(text), text).toContain("string(N)");
    }
  });

  test("`string(N)` leaves the size to be filled in, unless it is there", async () => {
    const insert = async (text: string): Promise<string | undefined> =>
      (await at(text)).find(({ filterText }) => filterText === "string")?.textEdit?.newText;
    expect(await insert("struct S { x: <|> }")).toBe("string(${1:32})");
    expect(await insert("struct S { x: byt<|>es(8) }")).toBe("string");
    expect(await labels("struct S { x: string(<|>) }")).toEqual([]);
  });

  test("behind a type nothing is offered", async () => {
    for (const text of [
      "struct S { x: i32 <|> }",
      "modle S { x: <|> }",
      "struct S { x: i32[<|>] }",
      "struct S { x<|>: i32 }",
    ]) {
      expect(await labels(text), text).toEqual([]);
    }
  });

  test("an enum is offered the integers that it may be based on", async () => {
    expect(await labels("enum E: <|> { a }")).toEqual(["i16", "i32", "i8", "u16", "u32", "u8"]);
    expect(await labels("enum E: u<|>")).toContain("u8");
  });
});

describe("defaults", () => {
  test("they are the named values of the column's type", async () => {
    expect(await labels("component C { x: Team = <|> }")).toEqual(["red", "blue"]);
    expect(await labels("component C { x: items.Rarity = co<|> }")).toEqual(["common", "rare"]);
    expect(await labels("component C { x: bool = <|> }")).toEqual(["false", "true"]);
    expect(await labels("component C { x: timestamp = <|> @index }")).toEqual(["now"]);
    expect(await labels("component C {\n  x: Team = <|>\n  y: i32\n}")).toEqual(["red", "blue"]);
  });

  test("a type without named values, and what takes no default, is offered none", async () => {
    expect(await labels("component C { x: i32 = <|> }")).toEqual([]);
    expect(await labels("component C { x: i32 = 1<|> }")).toEqual([]);
    expect(await labels("struct S { x: Team = <|> }")).toEqual([]);
    expect(await labels("enum E { a = <|> }")).toEqual([]);
  });

  test("a deprecated value is struck out", async () => {
    const blue = (await at("component C { x: Team = <|> }")).find(({ label }) => label === "blue");
    expect(blue?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(blue?.detail).toBe("Team = 1");
  });
});

describe("clauses", () => {
  test("behind parameters, results and names the clauses that are not there yet are offered", async () => {
    expect(await labels("system s() <|>")).toEqual(["uses", "calls", "rejects", "emits"]);
    expect(await labels("system s(): i64 us<|>")).toEqual(["uses", "calls", "rejects", "emits"]);
    expect(await labels("system s() uses Position <|> emits Moved")).toEqual(["calls", "rejects"]);
    expect(await labels("endpoint e() <|>")).toEqual(["calls", "rejects"]);
    expect(await labels("@stale(5s)\nsystem s() <|>")).toEqual(["uses", "calls", "rejects"]);
  });

  test("on a line of its own a clause or the next declaration may come", async () => {
    expect(await labels("system s()\n  uses Position\n  <|>")).toEqual(
      expect.arrayContaining(["calls", "rejects", "emits", "component"]),
    );
  });

  test("each clause is offered names of its kind in the own namespace", async () => {
    expect(await labels("system s() uses <|>")).toEqual(["Position", "Score"]);
    expect(await labels("system s() calls <|>")).toEqual(["enter", "login", "read_all"]);
    expect(await labels("system s() rejects <|>")).toEqual(["Closed", "Full"]);
    expect(await labels("system s() emits Mo<|>")).toEqual(["Moved"]);
    expect(await labels("endpoint e() calls <|>\n")).toEqual(["enter", "login", "read_all"]);
  });

  test("names that the clause has already are left out, before and behind the cursor", async () => {
    expect(await labels("system s() uses Position, <|>")).toEqual(["Score"]);
    expect(await labels("system s() uses <|>, Score")).toEqual(["Position"]);
    expect(await labels("system s()\n  rejects Closed,\n  F<|>")).toEqual(["Full"]);
  });

  test("a stale system is offered stale systems only", async () => {
    expect(await labels("@stale(1s)\nsystem s() calls <|>")).toEqual(["read_all"]);
  });

  test("the own namespace may stand in front, another one may not", async () => {
    expect(await labels("system s() uses game.<|>")).toEqual(["Position", "Score"]);
    expect(await labels("system s() uses items.<|>")).toEqual([]);
  });

  test("behind a system and a colon the copies of the namespace are offered", async () => {
    expect(await labels("system s() calls login:<|>")).toEqual(["Shop"]);
  });

  test("a deprecated system is struck out", async () => {
    const items = await at("system s() calls <|>");
    const struckOut = items.filter(({ tags }) => tags?.includes(CompletionItemTag.Deprecated));
    expect(struckOut.map(({ label }) => label)).toEqual(["enter"]);
  });
});

describe("nothing", () => {
  test("is offered in comments and strings", async () => {
    for (const text of [
      "// uses <|>",
      "/// @<|>",
      "/* component <|> */",
      "struct S { x: i32 } // @<|>",
      'component C { x: string(9) = "<|>" }',
      'component C { x: string(9) = "tr<|>',
      '@deprecated("@<|>")\ncomponent C { x: i32 }',
      '@cron("<|>")\nsystem s() uses Position',
    ]) {
      expect(await labels(text), text).toEqual([]);
    }
  });

  test("is offered when a space was typed where a list would be in the way", async () => {
    expect(await labels("<|>", " ")).toEqual([]);
    expect(await labels("system s() <|>", " ")).toEqual([]);
    expect(await labels("system s() uses <|>", " ")).toEqual(["Position", "Score"]);
    expect(await labels("struct S { x: <|> }", " ")).toContain("Team");
  });
});

test("what is chosen is shown as it is declared, with its comment", async () => {
  const item = (await at("system s() uses <|>")).find(({ label }) => label === "Position");
  expect(item?.documentation).toBeUndefined();
  const resolved: CompletionItem = await editor.connection.sendRequest("completionItem/resolve", item);
  expect(JSON.stringify(resolved.documentation)).toContain("component Position {");
  expect(JSON.stringify(resolved.documentation)).toContain("Where a player stands.");
  const login = (await at("system s() calls <|>")).find(({ label }) => label === "login");
  const call: CompletionItem = await editor.connection.sendRequest("completionItem/resolve", login);
  expect(call.detail).toBe("()");
});

test("the typed word is replaced as a whole behind line breaks and characters of other planes", async () => {
  for (const text of [
    'namespace game\r\n\r\ncomponent C {\r\n  a: string(9) = "😀"\r\n  b: Te<|>am\r\n}\r\n',
    'namespace game\nenum Team { a }\ncomponent C { a: string(9) = "😀" b: i3<|> }',
    "namespace game\n/* 😀😀 */ enum E: i<|>",
  ]) {
    const items = await completionsAt(editor, GAME, text);
    const item = items.find(({ label }) => label === "i32");
    const want = text.replace(/\w*<\|>\w*/, "i32");
    expect(accepted(editor.file(GAME).text, item as CompletionItem)).toBe(want);
  }
});

test.each([
  ["component C { a: st<|>ring(5) @index }", "i32", "component C { a: i32 @index }"],
  ["component C { a: st<|>ring(5) }", "Team", "component C { a: Team }"],
  ["component C { a: st<|>ring(5) }", "bytes", "component C { a: bytes(5) }"],
  ["struct S { a: string<|>(5)[] }", "Point", "struct S { a: Point[] }"],
  ["struct S { a: items.Re<|>(5)[] }", "Reward", "struct S { a: items.Reward[] }"],
])("of `%s` the type %s leaves a size only where it takes one", async (text, label, expected) => {
  const item = (await at(text)).find((each) => each.label === label || each.filterText === label);
  expect(accepted(editor.file(GAME).text, item as CompletionItem)).toBe(`namespace game\n\n${expected}${REST}`);
});

test("a file that the project does not have is offered nothing", async () => {
  const { textDocument } = editor.file(GAME);
  const list: CompletionList | null = await editor.connection.sendRequest("textDocument/completion", {
    textDocument: { uri: textDocument.uri.replace("game", "gone") },
    position: { line: 0, character: 0 },
  });
  expect(list?.items ?? []).toEqual([]);
});

test("an editor without snippets is given texts that are whole as they are", async () => {
  const plain = await Editor.open({ [GAME]: `namespace game${REST}` });
  try {
    const insert = async (text: string, label: string): Promise<string | undefined> => {
      const items = await completionsAt(plain, GAME, `namespace game\n${text}${REST}`);
      expect(items.every(({ insertTextFormat }) => insertTextFormat === InsertTextFormat.PlainText)).toBe(true);
      return items.find((item) => item.label === label)?.textEdit?.newText;
    };
    expect(await insert("component C { x: <|> }", "string(N)")).toBe("string(32)");
    expect(await insert("@<|>\nsystem s() uses Score", "permission")).toBe("permission(user)");
    expect(await insert("@<|>\nsystem s() uses Score", "cron")).toBe('cron("0 3 * * *")');
    expect(await insert("component C {\n  x: i32 @<|>\n}\n", "was")).toBe("was()");
    expect(await insert("component C {\n  x: i32 @<|>\n}\n", "deprecated")).toBe('deprecated("")');
    expect(await insert("component C {\n  x: i32 @<|>\n}\n", "range")).toBe("range(0, 100)");
    expect(await insert("@<|>\ncomponent C {}\n", "index")).toBe("index()");
    expect(await insert("<|>", "system …()")).toBe("@permission(user)\nsystem name() uses Component");
  } finally {
    await plain.close();
  }
});
