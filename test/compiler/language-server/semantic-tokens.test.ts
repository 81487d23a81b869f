import { afterEach, describe, expect, test } from "vitest";
import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver-types";
import { tokensDelta } from "../../../compiler/language-server/features/semantic-tokens/encode.js";
import { Editor } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const PATH = "schema/a.hetu";

/** What editors read from five numbers a token: `text type.modifier.modifier`. */
function decoded(within: Editor, data: readonly number[], path = PATH): string[] {
  const { legend } = within.capabilities.semanticTokensProvider as {
    legend: { tokenTypes: string[]; tokenModifiers: string[] };
  };
  const lines = within.file(path).text.split(/\r\n|\n/);
  const tokens: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    line += down;
    character = down === 0 ? character + right : right;
    const names = legend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
    const text = lines[line]?.slice(character, character + length) ?? "";
    tokens.push(`${text} ${[legend.tokenTypes[type], ...names].join(".")}`);
  }
  return tokens;
}

async function tokensOf(text: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await editor?.close();
  editor = await Editor.open({ [PATH]: text, ...more });
  const { textDocument } = editor.file(PATH);
  const { data } = await editor.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/full", {
    textDocument,
  });
  return decoded(editor, data);
}

describe("colours", () => {
  test("tell what each name is", async () => {
    const text = `namespace game
enum Rank: u8 { low = 1 }
session { guild: i64 }
@index(x, rank) @was(Old) @backend(cold) @permission(user)
component A { x: string(3) = "a" @permission(admin), rank: Rank = low, at: timestamp = now }
error Full { need?: bool }
event Moved { path: Path[] }
struct Path { a: items.Card }
@limit(times: 2, per: 5s)
system go(x: f32): Path? uses A calls go:Shop rejects Full emits Moved
endpoint who() calls go
`;
    const items = { "schema/b.hetu": "namespace items\nstruct Card {}\n" };
    expect(await tokensOf(text, items)).toEqual(
      [
        "namespace keyword, game namespace.declaration",
        "enum keyword, Rank enum.declaration, u8 type.defaultLibrary, low enumMember.declaration.readonly, = operator, 1 number",
        "session keyword, guild property.declaration, i64 type.defaultLibrary",
        "@index decorator, x property, rank property, @was decorator, Old variable, @backend decorator, cold variable",
        "@permission decorator, user enumMember.readonly.defaultLibrary",
        'component keyword, A class.declaration, x property.declaration, string type.defaultLibrary, 3 number, = operator, "a" string',
        "@permission decorator, admin enumMember.readonly.defaultLibrary",
        "rank property.declaration, Rank enum, = operator, low enumMember.readonly",
        "at property.declaration, timestamp type.defaultLibrary, = operator, now keyword",
        "error keyword, Full type.declaration, need property.declaration, ? operator, bool type.defaultLibrary",
        "event keyword, Moved event.declaration, path property.declaration, Path struct",
        "struct keyword, Path struct.declaration, a property.declaration, items namespace, Card struct",
        "@limit decorator, times parameter, 2 number, per parameter, 5s number",
        "system keyword, go function.declaration, x parameter.declaration, f32 type.defaultLibrary, Path struct, ? operator",
        "uses keyword, A class, calls keyword, go function, Shop typeParameter, rejects keyword, Full type, emits keyword, Moved event",
        "endpoint keyword, who method.declaration, calls keyword, go function",
      ].flatMap((line) => line.split(", ")),
    );
  });

  test("show a keyword only where it is one, and a constant only where it is none of an enum", async () => {
    const tokens = await tokensOf(
      "namespace game\nenum When { now, true }\ncomponent A { index: i32, system: When = now, on: bool = true }\n",
    );
    expect(tokens).toContain("system property.declaration");
    expect(tokens).toContain("index property.declaration");
    expect(tokens).toContain("now enumMember.readonly");
    expect(tokens).toContain("true keyword");
  });

  test("strike out what is deprecated, wherever it is named", async () => {
    const tokens = await tokensOf(
      'namespace game\nstruct B { a: A }\n@deprecated("x")\nstruct A { b: i32 @deprecated("y") }\n',
    );
    expect(tokens).toContain("A struct.deprecated");
    expect(tokens).toContain("A struct.declaration.deprecated");
    expect(tokens).toContain("b property.declaration.deprecated");
  });

  test("show the two sides of a rule", async () => {
    const rules = (
      await tokensOf(
        "namespace game\nsession { g: i64 }\n@rls(a == ctx.g) @rls(a != ctx.caller)\ncomponent A { a: i64 }\n",
      )
    ).slice(5);
    expect(rules.slice(0, 10)).toEqual([
      "@rls decorator",
      "a property",
      "== operator",
      "ctx variable.readonly.defaultLibrary",
      "g property",
      "@rls decorator",
      "a property",
      "!= operator",
      "ctx variable.readonly.defaultLibrary",
      "caller property.readonly.defaultLibrary",
    ]);
  });

  test("come line by line of comments, with places in UTF-16", async () => {
    expect(
      (
        await tokensOf(
          "\ufeff/* one \u{1F600}\r\n\r\n   two */ namespace game // end\r\n/// \u{1F600} doc\r\nerror A {} /* \u{1F600} */ error B {}\r\n",
        )
      ).slice(0, 8),
    ).toEqual([
      "/* one \u{1F600} comment",
      "   two */ comment",
      "namespace keyword",
      "game namespace.declaration",
      "// end comment",
      "/// \u{1F600} doc comment.documentation",
      "error keyword",
      "A type.declaration",
    ]);
  });

  test("leave out what leads nowhere, and go on behind what cannot be read", async () => {
    const tokens = await tokensOf("namespace game\nstruct A { x: Missing, y: }\nsystem (\nerror B {}\n");
    expect(tokens.join("\n")).not.toContain("Missing");
    expect(tokens).toContain("B type.declaration");
  });
});

test("a range has the tokens that touch it", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\nerror A {}\nerror <[B {}\nerr]>or C {}\nerror D {}\n" });
  const { textDocument, ranges, positionAt } = editor.file(PATH);
  const range = { start: positionAt(ranges[0]?.start ?? 0), end: positionAt(ranges[0]?.end ?? 0) };
  const { data } = await editor.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/range", {
    textDocument,
    range,
  });
  expect(decoded(editor, data)).toEqual(["B type.declaration", "error keyword"]);
});

test("after a keystroke only what has changed is sent, and all to who asks about something else", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\nerror A {}\nerror B {}\nerror C {}\n" });
  const { textDocument } = editor.file(PATH);
  const ask = <T>(method: string, more: object = {}): Promise<T> =>
    (editor as Editor).connection.sendRequest<T>(`textDocument/semanticTokens/${method}`, { textDocument, ...more });
  const first = await ask<SemanticTokens>("full");
  await editor.type(PATH, "namespace game\nerror A {}\nerror Bigger {}\nerror C {}\n");
  const delta = await ask<SemanticTokensDelta>("full/delta", { previousResultId: first.resultId });
  expect(delta.edits).toEqual([{ start: 25, deleteCount: 5, data: [0, 6, 6, 1, 1] }]);
  const data = [...first.data];
  for (const edit of delta.edits) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  const again = await ask<SemanticTokens>("full");
  expect(data).toEqual(again.data);
  const all = await ask<SemanticTokens>("full/delta", { previousResultId: "none" });
  expect(all.data).toEqual(again.data);
  expect(await ask("full/delta", { previousResultId: all.resultId })).toMatchObject({ edits: [] });
});

test("one edit leads from any tokens to any others", () => {
  const a: readonly number[] = [0, 1, 1, 0, 0];
  const b: readonly number[] = [0, 2, 1, 0, 0];
  const c: readonly number[] = [1, 0, 1, 0, 0];
  const pairs = [
    { before: [a, b], after: [a, c, b] },
    { before: [a, a, a], after: [a] },
    { before: [], after: [a] },
    { before: [a, b, c], after: [] },
  ];
  for (const { before, after } of pairs) {
    const data = before.flat();
    const wanted = after.flat();
    for (const edit of tokensDelta(data, wanted)) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    expect(data).toEqual(wanted);
  }
});
