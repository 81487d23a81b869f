import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CompletionItem, type CompletionList } from "vscode-languageserver-types";
import { accepted, completionsAt, GAME, labelsOf, openGame, proposalsAt } from "./completing.js";
import type { Editor } from "./editor.js";

let editor: Editor;
beforeAll(async () => {
  editor = await openGame();
});
afterAll(() => editor.close());

const at = (text: string, trigger?: string): Promise<CompletionItem[]> => proposalsAt(editor, text, trigger);
const labels = async (text: string, trigger?: string): Promise<string[]> => labelsOf(await at(text, trigger));

describe("attributes", () => {
  test("a declaration is offered the attributes of its kind", async () => {
    expect(await labels("@<|>\ncomponent C { owner: i64 }")).toEqual([
      "backend",
      "deprecated",
      "index",
      "permission",
      "rls",
      "unique",
      "volatile",
      "was",
    ]);
    expect(await labels("@<|>\nendpoint e(): i64")).toEqual(["deprecated", "limit", "permission", "timeout"]);
    expect(await labels("@dep<|>\nenum E { a }")).toEqual(["deprecated"]);
  });

  test("without a declaration behind them all attributes of declarations are offered", async () => {
    const items = await completionsAt(editor, GAME, "namespace game\n\n@<|>");
    expect(labelsOf(items)).toEqual(expect.arrayContaining(["volatile", "once", "limit", "deprecated"]));
    expect(labelsOf(items)).not.toContain("range");
    const texts = items.map(({ textEdit }) => textEdit?.newText);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("what is there already is left out, before and behind the cursor, and what may be repeated is not", async () => {
    const offered = await labels(
      '@volatile @<|> @backend(a) @index(owner, x) @deprecated("x")\ncomponent C { owner: i64, x: i32 }',
    );
    expect(offered).toEqual(["index", "permission", "rls", "unique", "was"]);
  });

  test("what cannot stand beside another is left out", async () => {
    expect(await labels("@permission(user) @<|>\ncomponent C { owner: i64 }")).not.toContain("rls");
    expect(await labels("@on(start) @<|>\nsystem s() uses Position")).toEqual(["deprecated", "retry", "timeout"]);
    expect(await labels("component C { x: i32 @index @<|> }")).not.toContain("unique");
  });

  test("a field is offered what its place and its type allow", async () => {
    expect(await labels("component C { x: i32 @<|> }")).toEqual([
      "deprecated",
      "index",
      "permission",
      "range",
      "unique",
      "was",
    ]);
    expect(await labels("component C { x: bytes(8) @<|> }")).toEqual(["deprecated", "permission", "was"]);
    expect(await labels("component C { x: bool @<|> }")).not.toContain("range");
    expect(await labels("struct S { x: i32 @<|> }")).toEqual(["deprecated", "range"]);
    expect(await labels("system s(x: f32 @<|>) uses Position")).toEqual(["deprecated", "range"]);
    expect(await labels("enum E { a @<|> }")).toEqual(["deprecated"]);
    expect(await labels("session { a: i32 @<|> }")).toEqual(["deprecated"]);
  });

  test("an attribute at the start of a line in a body belongs to nothing", async () => {
    expect(await labels("component C {\n  x: i32\n  @<|>\n}")).toEqual([]);
  });

  test("behind a body that was never closed, attributes at the margin are of the next declaration", async () => {
    expect(await labels("component C {\n  x: i32\n\n@per<|>\nsystem s() uses Position")).toContain("permission");
  });

  test("an attribute comes with its arguments", async () => {
    const snippet = async (text: string, label: string): Promise<string | undefined> =>
      (await at(text)).find((item) => item.label === label)?.textEdit?.newText;
    expect(await snippet("component C { x: i32 @<|> }", "range")).toBe("range(${1:0}, ${2:100})");
    expect(await snippet("@<|>\nsystem s() uses Position", "limit")).toBe("limit(times: ${1:20}, per: ${2:1s})");
    expect(await snippet("@<|>\ncomponent C { x: i32 }", "permission")).toBe("permission(${1|user,everybody,admin|})");
    expect(await snippet("@<|>\ncomponent C { owner: i64 }", "permission")).toBe(
      "permission(${1|user,everybody,owner,admin|})",
    );
    expect(await snippet("@<|>\ncomponent C { a: i64, b: i32 }", "index")).toBe("index(${1|a,b|}, ${2|b,a|})");
    expect(await snippet("@<|>\ncomponent C { guild: i64 }", "rls")).toBe("rls(${1:guild} == ctx.${2:guild})");
    expect(await snippet("@<|>\ncomponent C { a: i64 }", "backend")).toBe("backend(${1:archive})");
    expect(await snippet("@<|>\ncomponent C { a: i64 }", "volatile")).toBe("volatile");
  });

  test.each([
    ["component C { x: i32 @range<|> }", "range", "range"],
    ["component C { x: string<|> }", "string", "string(N)"],
    ["component C { x: bytes<|> }", "bytes", "bytes(N)"],
  ])("a word that is typed in full comes first as it stands: `%s`", async (text, plain, longer) => {
    const items = await at(text);
    const first = labelsOf(items)[0];
    expect(first).toBe(plain);
    const [own, other] = [plain, longer].map((label) => items.filter((item) => item.label === label));
    expect(own?.[0]).toMatchObject({ preselect: true, insertTextFormat: 1, textEdit: { newText: plain } });
    expect(other?.at(-1)).toMatchObject({ insertTextFormat: 2 });
    expect(accepted(editor.file(GAME).text, own?.[0] as CompletionItem)).toBe(editor.file(GAME).text);
  });

  test("where the parentheses are there already only the name is replaced", async () => {
    const text = "@perm<|>ission(user)\ncomponent C { x: i32 }";
    const item = (await at(text)).find(({ label }) => label === "permission");
    expect(item?.textEdit?.newText).toBe("permission");
    expect(accepted(editor.file(GAME).text, item as CompletionItem)).toBe(editor.file(GAME).text);
  });
});

describe("arguments", () => {
  test("choices are offered by place", async () => {
    expect(await labels("@permission(<|>)\nsystem s() uses Position")).toEqual(["everybody", "user", "admin"]);
    expect(await labels("component C { owner: i64, x: i32 @permission(<|>) }")).toEqual(["admin", "owner"]);
    expect(await labels("@on(dis<|>)\nsystem s() uses Position")).toEqual(["start", "connect", "disconnect"]);
    expect(await labels("@permission(<|>\nsystem s() uses Position")).toEqual(["everybody", "user", "admin"]);
  });

  test("`owner` adds the column that it needs", async () => {
    const owner = (await at("@permission(<|>)\ncomponent C {\n  x: i32\n}")).find(({ label }) => label === "owner");
    expect(accepted(editor.file(GAME).text, owner as CompletionItem)).toContain(
      "@permission(owner)\ncomponent C {\n  owner: i64 @index\n  x: i32\n}",
    );
    const inLine = (await at("component C { x: i32 @permission(<|>) }")).find(({ label }) => label === "owner");
    expect(accepted(editor.file(GAME).text, inLine as CompletionItem)).toContain(
      "component C { owner: i64 @index, x: i32 @permission(owner) }",
    );
    const wrong = (await at("@permission(<|>)\ncomponent C { owner: i32 }")).find(({ label }) => label === "owner");
    expect(wrong?.additionalTextEdits).toBeUndefined();
    expect(JSON.stringify(wrong?.documentation)).toContain("another type");
    const there = (await at("@permission(<|>)\ncomponent C { owner: i64 }")).find(({ label }) => label === "owner");
    expect(there?.additionalTextEdits).toBeUndefined();
  });

  test("durations are within their bounds, with the number that has been typed", async () => {
    expect(await labels("@stale(<|>)\nsystem s() uses Position")).toEqual([
      "500ms",
      "1s",
      "5s",
      "10s",
      "1m",
      "5m",
      "1h",
    ]);
    expect(await labels("@every(2<|>)\nsystem s() uses Position")).toEqual(["2s", "2m", "2h", "2d"]);
    expect(await labels("@timeout(30<|>s)\nsystem s() uses Position")).toEqual(["30ms", "30s", "30m"]);
  });

  test("durations are asked for again with each digit, and words until they are typed in full, other lists are not", async () => {
    const isIncomplete = async (text: string): Promise<boolean> => {
      const { textDocument, position } = await editor.type(GAME, `namespace game\n${text}`);
      const list: CompletionList = await editor.connection.sendRequest("textDocument/completion", {
        textDocument,
        position,
      });
      return list.isIncomplete;
    };
    expect(await isIncomplete("@every(<|>)\nsystem s()")).toBe(true);
    expect(await isIncomplete("@on(<|>)\nsystem s()")).toBe(false);
    expect(await isIncomplete("component C { x: i32 @rang<|> }")).toBe(true);
    expect(await isIncomplete("component C { x: i32 @range<|> }")).toBe(false);
    expect(await isIncomplete("component C { x: i6<|> }")).toBe(false);
  });

  test("named arguments are offered once, and then what they take", async () => {
    expect(await labels("@limit(<|>)\nsystem s() uses Position")).toEqual(["per:", "times:"]);
    expect(await labels("@limit(times: 5, <|>)\nsystem s() uses Position")).toEqual(["per:"]);
    expect(await labels("@limit(<|>, per: 1s)\nsystem s() uses Position")).toEqual(["times:"]);
    expect(await labels("@limit(times: 5, per: <|>)\nsystem s() uses Position")).toContain("5s");
    expect(await labels("@limit(times: <|>)\nsystem s() uses Position")).toEqual([]);
  });

  test("indexes are offered the columns that they do not have yet", async () => {
    const component = "component C { a: i64, b: i32, raw: bytes(4), c: Team }";
    expect(await labels(`@index(<|>)\n${component}`)).toEqual(["a", "b", "c"]);
    expect(await labels(`@index(a, <|>, c)\n${component}`)).toEqual(["b"]);
    expect(await labels(`@unique(a, <|>\n${component}`)).toEqual(["b", "c"]);
  });

  test("a rule is offered columns, operators and what of the caller has the column's type", async () => {
    const component = "component C { owner: i64, level: u8, title: string(4), side: Team, ok: bool }";
    expect(await labels(`@rls(<|>)\n${component}`)).toEqual(["owner", "level", "title", "side", "ok"]);
    expect(await labels(`@rls(level <|>)\n${component}`)).toEqual(["==", "!=", "<", "<=", ">", ">="]);
    expect(await labels(`@rls(side <|>)\n${component}`)).toEqual(["==", "!="]);
    expect(await labels(`@rls(owner == <|>)\n${component}`)).toEqual(["ctx.caller", "ctx.guild"]);
    expect(await labels(`@rls(owner == ctx.<|>)\n${component}`)).toEqual(["caller", "guild"]);
    expect(await labels(`@rls(level <= ctx.<|>)\n${component}`)).toEqual(["level"]);
    expect(await labels(`@rls(title == ctx.<|>)\n${component}`)).toEqual(["name"]);
    expect(await labels(`@rls(side == ctx.t<|>\n${component}`)).toEqual(["team"]);
    expect(await labels(`@rls(ok == ctx.<|>)\n${component}`)).toEqual([]);
    expect(await labels(`@rls(owner == ctx.caller <|>)\n${component}`)).toEqual([]);
  });

  test("stores that other components name are offered", async () => {
    expect(await labels("@backend(<|>)\ncomponent C { x: i32 }")).toEqual(["archive"]);
  });
});
