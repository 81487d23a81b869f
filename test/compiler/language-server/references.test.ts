import { afterEach, describe, expect, test } from "vitest";
import { DocumentHighlightKind, type DocumentHighlight, type Location } from "vscode-languageserver-types";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** Every `<[…]>` of the files, as places, in the order of the files. */
function markedPlaces(of: Editor, paths: readonly string[]): Location[] {
  return paths.flatMap((path) => {
    const { ranges, positionAt, textDocument } = of.file(path);
    return ranges.map(({ start, end }) => ({
      uri: textDocument.uri,
      range: { start: positionAt(start), end: positionAt(end) },
    }));
  });
}

/** Opens files of which one has a cursor: the places that are found, and the marked ones. */
async function found(
  files: Readonly<Record<string, string>>,
  includeDeclaration = true,
): Promise<{ places: Location[]; expected: Location[] }> {
  editor = await Editor.open(files);
  const paths = Object.keys(files);
  const { textDocument, position } = editor.file(paths.find((path) => files[path]?.includes("<|>")) ?? "");
  const places = await editor.connection.sendRequest<Location[]>("textDocument/references", {
    textDocument,
    position,
    context: { includeDeclaration },
  });
  return { places, expected: markedPlaces(editor, paths) };
}

describe("all places that name a thing", () => {
  test("are found in all files and namespaces, the declaration first", async () => {
    const { places, expected } = await found({
      "schema/b.hetu": "namespace items\nenum <[Rank]> { low }\nstruct Card { rank: <[Rank]>[], name: string(3) }\n",
      "schema/a.hetu":
        "namespace game\n// Rank\nenum Rank { low }\nstruct Hand { own: Rank, theirs: items.<[Ra<|>nk]> }\n",
    });
    expect(places).toEqual([expected[0], expected[2], expected[1]]);
  });

  test("go without the declaration when an editor asks so", async () => {
    const { places, expected } = await found(
      {
        "schema/a.hetu": "namespace game\nerror Fu<|>ll {}\nsystem a() rejects <[Full]>\nsystem b() rejects <[Full]>\n",
      },
      false,
    );
    expect(places).toEqual(expected);
  });

  test("tell a column from a parameter and a field of the same name", async () => {
    const { places, expected } = await found({
      "schema/a.hetu":
        "namespace game\n@index(<[zone]>, x)\ncomponent A { <[zo<|>ne]>: u16, x: i32 }\ncomponent B { zone: u16 @index }\nsystem go(zone: u16) uses A\n",
    });
    expect(places).toEqual([expected[1], expected[0]]);
  });

  test("of a suffix of copies are the calls that share its tables", async () => {
    const { places, expected } = await found({
      "schema/a.hetu":
        "namespace game\ncomponent A { x: i32 }\nsystem put() uses A\nsystem b() calls put:<[Shop<|>]>\nsystem c() calls put:<[Shop]>, put:Inn\n",
    });
    expect(places).toEqual(expected);
  });

  test("are none of what leads nowhere, and of an unknown file", async () => {
    const { places } = await found({ "schema/a.hetu": "namespace game\nstruct A { x: Mis<|>sing }\n" });
    expect(places).toEqual([]);
    const gone = { uri: "untitled:Untitled-1" };
    const asked = { textDocument: gone, position: { line: 0, character: 0 }, context: { includeDeclaration: true } };
    expect(await editor?.connection.sendRequest("textDocument/references", asked)).toBeNull();
  });
});

test("a file's mentions of a name light up, the declaration as written, the others as read", async () => {
  editor = await Editor.open({
    "schema/a.hetu":
      "namespace game\r\n/* \u{1F600} */ enum <[Team]> { red }\r\ncomponent A { team: <[Te<|>am]> = red }\r\nsystem f(t: <[Team]>): <[Team]>\r\n",
    "schema/b.hetu": "namespace game\nstruct B { team: Team }\n",
  });
  const { textDocument, position } = editor.file("schema/a.hetu");
  const lights = await editor.connection.sendRequest<DocumentHighlight[]>("textDocument/documentHighlight", {
    textDocument,
    position,
  });
  expect(lights.map(({ range }) => range)).toEqual(markedPlaces(editor, ["schema/a.hetu"]).map(({ range }) => range));
  const { Write, Read } = DocumentHighlightKind;
  expect(lights.map(({ kind }) => kind)).toEqual([Write, Read, Read, Read]);
});

describe("a column and the attributes that name it are typed together", () => {
  const ask = async (text: string): Promise<unknown> => {
    editor = await Editor.open({ "schema/a.hetu": text, "schema/b.hetu": "namespace game\nsession { guild: i64 }\n" });
    const { textDocument, position } = editor.file("schema/a.hetu");
    return editor.connection.sendRequest("textDocument/linkedEditingRange", { textDocument, position });
  };

  test("in one file", async () => {
    const answer = await ask("namespace game\n@index(<[a]>, b)\ncomponent A { <[a<|>]>: i32, b: i32 }\n");
    const [first, second] = editor === undefined ? [] : markedPlaces(editor, ["schema/a.hetu"]);
    expect(answer).toMatchObject({ ranges: [second?.range, first?.range] });
  });

  test("but no name that other files have, too, and none that stands alone", async () => {
    expect(await ask("namespace game\n@rls(g == ctx.guil<|>d)\ncomponent A { g: i64 }\n")).toBeNull();
    await editor?.close();
    expect(await ask("namespace game\ncomponent A { al<|>one: i64 }\n")).toBeNull();
  });
});
