import { afterEach, describe, expect, test } from "vitest";
import type { Location, LocationLink } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const WITH_LINKS = { textDocument: { definition: { linkSupport: true } } };

/** Opens files of which one has a cursor, and says which texts the name there leads to, as `path: text`. */
async function leadsTo(files: Readonly<Record<string, string>>): Promise<string[]> {
  editor = await Editor.open(files, WITH_LINKS);
  const path = Object.keys(files).find((each) => files[each]?.includes("<|>")) ?? "";
  const { textDocument, position } = editor.file(path);
  const links = await editor.connection.sendRequest<LocationLink[]>("textDocument/definition", {
    textDocument,
    position,
  });
  return links.map(({ targetUri, targetSelectionRange: { start, end } }) => {
    const found = Object.keys(files).find((each) => editor?.uri(each) === targetUri) ?? targetUri;
    const lines = editor?.file(found).text.split(/\r\n|\n/) ?? [];
    return `${found}:${start.line + 1}: ${lines[start.line]?.slice(start.character, end.character) ?? ""}`;
  });
}

describe("a name leads to its declaration", () => {
  test("in another file of the namespace", async () => {
    const a = "namespace game\ncomponent Shop { owner: i64 }\n";
    const b = "namespace game\nsystem buy() uses Sh<|>op\n";
    expect(await leadsTo({ "schema/a.hetu": a, "schema/b.hetu": b })).toEqual(["schema/a.hetu:2: Shop"]);
  });

  test("in another namespace, behind its name", async () => {
    const a = "namespace items\nenum Rank { low }\n";
    const b = "namespace game\nenum Rank { high }\nstruct Card { rank: items.Rank<|> }\n";
    expect(await leadsTo({ "schema/a.hetu": a, "schema/b.hetu": b })).toEqual(["schema/a.hetu:2: Rank"]);
  });

  test("from a namespace to each file that states it", async () => {
    const b = "namespace game\nstruct Card { rank: <|>items.Rank }\n";
    expect(
      await leadsTo({
        "schema/a.hetu": "namespace items\nenum Rank { low }\n",
        "schema/b.hetu": b,
        "schema/c.hetu": "// more\nnamespace items\n",
      }),
    ).toEqual(["schema/a.hetu:1: items", "schema/c.hetu:2: items"]);
  });

  test("from a default to the enum's value, from a rule to the column and to the session's field", async () => {
    const text = (rule: string, value: string): string =>
      `namespace game\nenum Team { red, blue }\nsession { guild: i64 }\n@rls(${rule})\ncomponent A { home: i64 @index\n  team: Team = ${value} }\n`;
    expect(await leadsTo({ "schema/a.hetu": text("home == ctx.guild", "bl<|>ue") })).toEqual(["schema/a.hetu:2: blue"]);
    await editor?.close();
    expect(await leadsTo({ "schema/a.hetu": text("h<|>ome == ctx.guild", "blue") })).toEqual(["schema/a.hetu:5: home"]);
    await editor?.close();
    expect(await leadsTo({ "schema/a.hetu": text("home == ctx.guild<|>", "blue") })).toEqual([
      "schema/a.hetu:3: guild",
    ]);
  });

  test("with CRLF, and behind characters outside the basic plane", async () => {
    const text =
      "namespace game\r\n/* \u{1F600} */ error Full {} system buy() /* \u{1F600}\u{1F600} */ rejects Fu<|>ll\r\n";
    expect(await leadsTo({ "schema/a.hetu": text })).toEqual(["schema/a.hetu:2: Full"]);
  });

  test("behind a mark of the byte order", async () => {
    expect(
      await leadsTo({ "schema/a.hetu": "\ufeffnamespace game\nerror Full {}\nsystem buy() rejects <|>Full\n" }),
    ).toEqual(["schema/a.hetu:2: Full"]);
  });

  test("in a text that is half typed", async () => {
    const text = "namespace game\ncomponent Shop { owner: i64\nsystem buy( uses <|>Shop\ncomponent ";
    expect(await leadsTo({ "schema/a.hetu": text })).toEqual(["schema/a.hetu:2: Shop"]);
  });

  test("unless it is the language's, or leads nowhere", async () => {
    for (const type of ["i6<|>4", "Nothing<|>", "string<|>(3)"]) {
      expect(await leadsTo({ "schema/a.hetu": `namespace game\nstruct A { x: ${type} }\n` })).toEqual([]);
      await editor?.close();
    }
    editor = undefined;
  });
});

test("a link spans the whole declaration and the name that was asked about", async () => {
  editor = await Editor.open(
    {
      "schema/a.hetu":
        "namespace game\n<[@volatile\ncomponent <[Shop]> {\n  owner: i64\n}]>\nsystem buy() uses <[Sh<|>op]>\n",
    },
    WITH_LINKS,
  );
  const { textDocument, position, ranges, positionAt } = editor.file("schema/a.hetu");
  const [whole, name, origin] = ranges.map(({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }));
  expect(await editor.connection.sendRequest("textDocument/definition", { textDocument, position })).toEqual([
    {
      originSelectionRange: origin,
      targetUri: textDocument.uri,
      targetRange: whole,
      targetSelectionRange: name,
    },
  ]);
});

test("an editor without links gets places", async () => {
  editor = await Editor.open({ "schema/a.hetu": "namespace game\nerror <[Full]> {}\nsystem buy() rejects <|>Full\n" });
  const { textDocument, position, positionAt, ranges } = editor.file("schema/a.hetu");
  const places = await editor.connection.sendRequest<Location[]>("textDocument/definition", { textDocument, position });
  const [name] = ranges.map(({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }));
  expect(places).toEqual([{ uri: textDocument.uri, range: name }]);
});

test("a file that nobody knows leads nowhere", async () => {
  editor = await Editor.open({ "schema/a.hetu": "namespace game\n" });
  const textDocument = { uri: editor.uri("schema/gone.hetu") };
  const answer = await editor.connection.sendRequest("textDocument/definition", {
    textDocument,
    position: { line: 3, character: 3 },
  });
  expect(answer).toBeNull();
});
