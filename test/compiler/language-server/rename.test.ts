import { afterEach, describe, expect, test } from "vitest";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { ChangeAnnotation, TextDocumentEdit, type WorkspaceEdit } from "vscode-languageserver-types";
import { compileSources } from "../../../compiler/pipeline.js";
import { applied, editsOf } from "./applied.js";
import { Editor, type EditorOptions } from "./editor.js";

type Files = Readonly<Record<string, string>>;

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const PLAIN = {};
const OFFERING = {
  textDocument: { rename: { honorsChangeAnnotations: true, prepareSupport: true } },
  workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
};

async function open(files: Files, capabilities: object = PLAIN, options: EditorOptions = {}): Promise<Editor> {
  await editor?.close();
  editor = await Editor.open(files, capabilities, options);
  return editor;
}

/** The edit that an editor gets for the name at the cursor. */
async function askRename(within: Editor, files: Files, newName: string): Promise<WorkspaceEdit> {
  const path = Object.keys(files).find((each) => files[each]?.includes("<|>")) ?? "";
  const { textDocument, position } = within.file(path);
  return within.connection.sendRequest<WorkspaceEdit>("textDocument/rename", { textDocument, position, newName });
}

/** The texts after the rename of the name at the cursor. */
async function renamed(files: Files, newName: string, capabilities?: object, options?: EditorOptions): Promise<Files> {
  const within = await open(files, capabilities, options);
  const change = await askRename(within, files, newName);
  return Object.fromEntries(
    Object.keys(files).map((path) => [
      path,
      applied(within.file(path).text, editsOf(change, within.file(path).textDocument.uri)),
    ]),
  );
}

/** The text of the only file after the rename. */
async function renamedText(text: string, newName: string, capabilities?: object): Promise<string | undefined> {
  return (await renamed({ "schema/a.hetu": text }, newName, capabilities))["schema/a.hetu"];
}

/** Why a rename is refused. */
async function refusal(text: string, newName: string): Promise<string> {
  const files = { "schema/a.hetu": text };
  const answer: unknown = await askRename(await open(files), files, newName).catch((error: unknown) => error);
  if (!(answer instanceof ResponseError)) throw new Error(`renamed: ${JSON.stringify(answer)}`);
  expect(answer.code).toBe(LSPErrorCodes.RequestFailed);
  return answer.message;
}

describe("a rename changes every place that names the thing", () => {
  test("in all files and namespaces, and nothing of the same name elsewhere", async () => {
    const files = {
      "schema/a.hetu":
        "namespace items\r\n/* \u{1F600} */ enum Ra<|>nk { low }\r\n// Rank\r\nstruct Card { rank: Rank[] }\r\n",
      "schema/b.hetu":
        'namespace game\nstruct Rank { rank: items.Rank }\n@deprecated("Rank")\nsystem f(rank: items.Rank): Rank\n',
      "schema/c.hetu": "\ufeffnamespace items\nsystem g(rank: Rank)\n",
    };
    expect(await renamed(files, "Grade")).toEqual({
      "schema/a.hetu":
        "namespace items\r\n/* \u{1F600} */ enum Grade { low }\r\n// Rank\r\nstruct Card { rank: Grade[] }\r\n",
      "schema/b.hetu":
        'namespace game\nstruct Rank { rank: items.Grade }\n@deprecated("Rank")\nsystem f(rank: items.Grade): Rank\n',
      "schema/c.hetu": "\ufeffnamespace items\nsystem g(rank: Grade)\n",
    });
  });

  test("of a namespace in each file that states or names it", async () => {
    const files = {
      "schema/a.hetu": "namespace items\nenum Rank { low }\n",
      "schema/b.hetu": "namespace items\nstruct B { rank: items.Rank }\n",
      "schema/c.hetu": "namespace game\nstruct C { rank: it<|>ems.Rank, items: i32 }\n",
    };
    expect(await renamed(files, "wares")).toEqual({
      "schema/a.hetu": "namespace wares\nenum Rank { low }\n",
      "schema/b.hetu": "namespace wares\nstruct B { rank: wares.Rank }\n",
      "schema/c.hetu": "namespace game\nstruct C { rank: wares.Rank, items: i32 }\n",
    });
  });

  test("of a suffix of copies in each call that runs on them", async () => {
    const text = (suffix: string, cursor = ""): string =>
      `namespace game\ncomponent Shop { x: i32 }\nsystem pay() uses Shop\nsystem b() calls pay:${suffix}${cursor}\nsystem c() calls pay:${suffix}, pay:Inn\n`;
    expect(await renamedText(text("Shop", "<|>"), "Store")).toBe(text("Store"));
  });

  test("of a session's field in the rules of all files, and of an enum's value in defaults", async () => {
    const files = {
      "schema/a.hetu": "namespace game\nsession { gu<|>ild: i64 }\nenum Team { red }\n",
      "schema/b.hetu": "namespace game\n@rls(guild == ctx.guild)\ncomponent A { guild: i64 @index }\n",
    };
    expect((await renamed(files, "clan"))["schema/b.hetu"]).toBe(
      "namespace game\n@rls(guild == ctx.clan)\ncomponent A { guild: i64 @index }\n",
    );
    expect(
      await renamedText(
        "namespace game\nenum Team { r<|>ed }\nstruct S { red: i32 }\ncomponent A { t: Team = red }\n",
        "ruby",
      ),
    ).toBe("namespace game\nenum Team { ruby }\nstruct S { red: i32 }\ncomponent A { t: Team = ruby }\n");
  });

  test("in a project that has errors elsewhere", async () => {
    expect(
      await renamedText("namespace game\nerror Fu<|>ll {}\nsystem f() rejects Full, Missing\nsystem g(", "Empty"),
    ).toBe("namespace game\nerror Empty {}\nsystem f() rejects Empty, Missing\nsystem g(");
  });

  test("or nothing when the name is the one it has", async () => {
    expect(await renamedText("namespace game\nerror Fu<|>ll {}\n", "Full")).toBe("namespace game\nerror Full {}\n");
  });
});

describe("data is kept by @was", () => {
  test("on a column, behind its other attributes", async () => {
    expect(
      await renamedText(
        "namespace game\n@index(gold, b)\ncomponent A {\n  go<|>ld: i32 = 0 @range(0, 9) // coins\n  b: i32\n}\n",
        "coins",
      ),
    ).toBe(
      "namespace game\n@index(coins, b)\ncomponent A {\n  coins: i32 = 0 @range(0, 9) @was(gold) // coins\n  b: i32\n}\n",
    );
  });

  test("on a component, above it or with its other attributes, with the file's line breaks", async () => {
    expect(await renamedText("namespace game\r\n\r\ncomponent Sh<|>op {\r\n}\r\n", "Store")).toBe(
      "namespace game\r\n\r\n@was(Shop)\r\ncomponent Store {\r\n}\r\n",
    );
    expect(await renamedText("namespace game\n@permission(user) // all\ncomponent Sh<|>op {}\n", "Store")).toBe(
      "namespace game\n@permission(user) @was(Shop) // all\ncomponent Store {}\n",
    );
    expect(await renamedText("namespace game error Full {} component Sh<|>op {}\n", "Store")).toBe(
      "namespace game error Full {} @was(Shop) component Store {}\n",
    );
  });

  test("which takes the newest name first, and loses it with a rename back", async () => {
    const text = (name: string, was = ""): string =>
      `namespace game\n@volatile\ncomponent B { x: i32 }\n${was === "" ? "" : "@was(Shop)\n"}component ${name} {\n  x: i32 ${was}@index\n}\n`;
    expect(await renamedText(text("Sto<|>re", "@was(y) "), "Market")).toBe(
      text("Market", "@was(y) ").replace("@was(Shop)", "@was(Store, Shop)"),
    );
    const column = (name: string, was: string): string => `namespace game\ncomponent A { ${name}: i32${was} @index }\n`;
    expect(await renamedText(column("d<|>", " @was(c, b, a)"), "e")).toBe(column("e", " @was(d, c, b, a)"));
    expect(await renamedText(column("d<|>", " @was(c, b, a)"), "c")).toBe(column("c", " @was(b, a)"));
    expect(await renamedText(column("d<|>", " @was(c, b, a)"), "b")).toBe(column("b", " @was(a)"));
    expect(await renamedText(column("d<|>", " @was(c, b, a)"), "a")).toBe(column("a", ""));
    expect(await renamedText(text("Sto<|>re", "@was(y) "), "Shop")).toBe(
      text("Shop", "@was(y) ").replace("@was(Shop)\n", ""),
    );
    expect(await renamedText("namespace game\ncomponent A { x<|>: i32 @was(y) @index }\n", "y")).toBe(
      "namespace game\ncomponent A { y: i32 @index }\n",
    );
    expect(await renamedText("namespace game\n@permission(user) @was(B) // c\ncomponent A<|> {}\n", "B")).toBe(
      "namespace game\n@permission(user) // c\ncomponent B {}\n",
    );
  });

  test("not on what is not stored, or does not outlive a migration", async () => {
    expect(await renamedText("namespace game\nstruct A { x<|>: i32 }\n", "y")).toBe(
      "namespace game\nstruct A { y: i32 }\n",
    );
    expect(await renamedText("namespace game\n@volatile\ncomponent A { x<|>: i32 }\n", "y")).toBe(
      "namespace game\n@volatile\ncomponent A { y: i32 }\n",
    );
  });

  test("not under a name that was never saved", async () => {
    const within = await open({ "schema/a.hetu": "namespace game\ncomponent A { x: i32 }\n" });
    const source = "namespace game\ncomponent A { x: i32, gol<|>d: i32 }\n";
    await within.type("schema/a.hetu", source);
    const change = await askRename(within, { "schema/a.hetu": source }, "coins");
    const { text, textDocument } = within.file("schema/a.hetu");
    expect(applied(text, editsOf(change, textDocument.uri))).toBe(
      "namespace game\ncomponent A { x: i32, coins: i32 }\n",
    );
  });

  test("not where the settings say so", async () => {
    const files = { "schema/a.hetu": "namespace game\ncomponent A { x<|>: i32 }\n" };
    const options = { initializationOptions: { rename: { was: false } } };
    expect(await renamed(files, "y", PLAIN, options)).toEqual({
      "schema/a.hetu": "namespace game\ncomponent A { y: i32 }\n",
    });
  });

  test("as a part of its own where an editor lets its user leave it out", async () => {
    const files = { "schema/a.hetu": "namespace game\ncomponent A { x<|>: i32 }\n" };
    const change = await askRename(await open(files, OFFERING), files, "y");
    const edits = change.documentChanges?.filter(TextDocumentEdit.is).flatMap((each) => each.edits) ?? [];
    const offered = edits.filter((edit) => "annotationId" in edit);
    expect(offered).toMatchObject([{ newText: " @was(x)", annotationId: "was" }]);
    expect(edits).toHaveLength(2);
    const annotation: unknown = change.changeAnnotations?.["was"];
    expect(ChangeAnnotation.is(annotation) && annotation.needsConfirmation).toBe(false);
  });
});

describe("a rename that stored data does not follow", () => {
  const schema = (name: string, component = "component A { side: Side }"): string =>
    `namespace ${name}\nenum Side { le<|>ft, right }\n${component}\n@permission(user)\nsystem s() uses A\n`;

  async function lossOf(source: string, capabilities: object): Promise<[WorkspaceEdit, string[]]> {
    const files = { "schema/a.hetu": source };
    const within = await open(files, capabilities);
    const messages: string[] = [];
    within.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      messages.push(message);
    });
    const change = await askRename(within, files, "other");
    return [change, messages];
  }

  test.each([
    ["a value of an enum that a column holds", schema("game"), "Rows that hold `Side.left` do not get the new name"],
    [
      "a namespace with a table",
      schema("ga<|>me").replace("le<|>ft", "left"),
      "Under another name a namespace begins without data",
    ],
  ])("is one that is to be confirmed, or is told of: %s", async (_what, source, sentence) => {
    const [change, none] = await lossOf(source, OFFERING);
    const edits = change.documentChanges?.filter(TextDocumentEdit.is).flatMap((each) => each.edits) ?? [];
    expect(edits.length).toBeGreaterThan(0);
    expect(edits.every((edit) => "annotationId" in edit && edit.annotationId === "loss")).toBe(true);
    expect(change.changeAnnotations?.["loss"]).toMatchObject({ needsConfirmation: true });
    expect(change.changeAnnotations?.["loss"]?.description).toContain(sentence);
    expect(none).toEqual([]);
    const [plain, messages] = await lossOf(source, PLAIN);
    expect(plain.changes).toBeDefined();
    expect(messages).toEqual([expect.stringContaining(sentence)]);
  });

  test.each([
    ["a value that no table holds", schema("game", "component A { side: i32 }")],
    ["a value in tables that do not outlive a migration", schema("game", "@volatile component A { side: Side }")],
    ["a component, whose data `@was` keeps", schema("game").replace("le<|>ft", "left").replace(" A {", " A<|> {")],
  ])("is not one of %s", async (_what, source) => {
    const [change] = await lossOf(source, OFFERING);
    expect(change.changeAnnotations?.["loss"]).toBeUndefined();
    expect((await lossOf(source, PLAIN))[1]).toEqual([]);
  });
});

describe("a rename is refused, with the reason", () => {
  const reasons: readonly (readonly [what: string, text: string, name: string, reason: string])[] = [
    ["of a built-in type", "struct A { x: i3<|>2 }", "i64", "`i32` is a built-in type."],
    ["of a keyword", "comp<|>onent A {}", "b", "`component` is a keyword."],
    ["of the session", "sess<|>ion { x: i32 }", "b", "`session` is a keyword; the session of a namespace has no name."],
    ["of an attribute", "@vola<|>tile\ncomponent A {}", "b", "`@volatile` is an attribute of the language."],
    ["of `id`", "@index(x, i<|>d)\ncomponent A { x: i32 }", "b", "`id` is the primary key of every row."],
    [
      "of the caller",
      "@rls(x == ctx.call<|>er)\ncomponent A { x: i64 @index }",
      "b",
      "`ctx.caller` is the id of the user who is logged in.",
    ],
    ["of what leads nowhere", "struct A { x: Mis<|>sing }", "b", "`Missing` leads to nothing that is declared."],
    ["of what was", "@was(Ol<|>d)\ncomponent A {}", "b", "What `@was` names is gone; write another name there."],
    ["where no name is", "/* <|> */", "b", "There is no name here."],
    [
      "to no name",
      "struct A<|> {}",
      "2nd",
      "`2nd` is not a name: a letter comes first, then letters of ASCII, digits and `_`.",
    ],
    [
      "to nothing",
      "struct A<|> {}",
      "",
      "`` is not a name: a letter comes first, then letters of ASCII, digits and `_`.",
    ],
    ["to a built-in type", "struct A<|> {}", "string", "`string` is a built-in type."],
    [
      "of a column to `id`",
      "component A { x<|>: i32 }",
      "id",
      "`id` is what every row has; nothing else may be called so.",
    ],
    [
      "of a session's field to the caller",
      "session { x<|>: i64 }",
      "caller",
      "`ctx.caller` is the id of the user who is logged in.",
    ],
    ["to the name of another type", "struct A<|> {}\nenum B { x }", "B", "`B` is taken already (schema/a.hetu:3)."],
    [
      "to the name of another column",
      "component A { x<|>: i32\n y: i32 }",
      "y",
      "`y` is taken already (schema/a.hetu:3).",
    ],
    ["to the name of another value", "enum A { x<|>, y }", "y", "`y` is taken already (schema/a.hetu:2)."],
    [
      "to another suffix",
      "component A {}\nsystem f() uses A\nsystem g() calls f:X<|>, f:Y",
      "Y",
      "Other calls run on `:Y` already; they would share its tables.",
    ],
    [
      "of what unreadable text may name",
      "struct A<|> { x: i32 }\n) A struct B {}",
      "C",
      "`A` stands in text that cannot be read (schema/a.hetu:3); correct that first.",
    ],
  ];

  test.each(reasons)("%s", async (_, text, name, reason) => {
    expect(await refusal(`namespace game\n${text}\n`, name)).toBe(reason);
  });

  test("of and to the namespace of the server, and to one that is there", async () => {
    expect(await refusal("namespace co<|>re\n", "game")).toMatch(/^The namespace `core` comes with the server/);
    expect(await refusal("namespace game<|>\n", "core")).toBe("The namespace `core` comes with the server.");
    const files = { "schema/a.hetu": "namespace game<|>\n", "schema/b.hetu": "namespace items\n" };
    await expect(askRename(await open(files), files, "items")).rejects.toThrow("There is a namespace `items` already.");
  });

  test("when a target would give two things one name", async () => {
    expect(await refusal("namespace game\nstruct A { my_x: i32, b<|>: i32 }\n", "myX")).toMatch(
      /^This would be an error: .*`my_x`.*\(schema\/a\.hetu:2\)\.$/,
    );
  });

  test("when an attribute needs the name", async () => {
    expect(
      await refusal(
        "namespace game\n@permission(owner)\ncomponent A { own<|>er: i64 @index }\nsystem f() uses A\n",
        "by",
      ),
    ).toMatch(/^This would be an error: `@permission\(owner\)` needs a column/);
  });

  test("when another thing was called so", async () => {
    expect(await refusal("namespace game\ncomponent A { x: i32 @was(old), y<|>: i32 }\n", "old")).toMatch(
      /^This would be an error: `@was\(old\)` names/,
    );
  });
});

describe("before a rename", () => {
  test("an editor gets the name and its place", async () => {
    const within = await open({ "schema/a.hetu": "namespace game\n/* \u{1F600} */ error <[Fu<|>ll]> {}\n" }, OFFERING);
    const { textDocument, position, ranges, positionAt } = within.file("schema/a.hetu");
    const range = { start: positionAt(ranges[0]?.start ?? 0), end: positionAt(ranges[0]?.end ?? 0) };
    expect(within.capabilities.renameProvider).toEqual({ prepareProvider: true });
    expect(await within.connection.sendRequest("textDocument/prepareRename", { textDocument, position })).toEqual({
      range,
      placeholder: "Full",
    });
  });

  test("an editor gets the reason why there will be none", async () => {
    const within = await open({ "schema/a.hetu": "namespace game\nstruct A { x: bo<|>ol }\n" }, OFFERING);
    const { textDocument, position } = within.file("schema/a.hetu");
    await expect(
      within.connection.sendRequest("textDocument/prepareRename", { textDocument, position }),
    ).rejects.toMatchObject({ code: LSPErrorCodes.RequestFailed, message: "`bool` is a built-in type." });
  });
});

describe("a rename to a word of the language", () => {
  const words = ["namespace", "component", "system", "uses", "calls", "now", "true", "ctx"];

  test.each(words)("`%s` is refused, or the text means the same as before", async (word) => {
    const text =
      "namespace game\nenum Team { red, blue }\ncomponent A {\n  x: i32\n  team: Team = red }\nsystem f(y: i32) uses A\nsystem g()\n  calls f\n  rejects E\nerror E { z: i32 }\n";
    const within = await open({ "schema/a.hetu": text });
    const { textDocument, positionAt } = within.file("schema/a.hetu");
    const before = compileSources([{ path: "a", text }]);
    let done = 0;
    for (const name of ["Team", "red", "x:", "f(", "y:", "E ", "z:", "A "]) {
      const position = positionAt(text.indexOf(name));
      const params = { textDocument, position, newName: word };
      const change = await within.connection
        .sendRequest<WorkspaceEdit>("textDocument/rename", params)
        .catch((error: unknown) => error as ResponseError<unknown>);
      if (change instanceof ResponseError) continue;
      done += 1;
      const after = compileSources([{ path: "a", text: applied(text, editsOf(change, textDocument.uri)) }]);
      const errors = after.diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map(({ message }) => message)).toEqual([]);
      expect(after.model?.namespaces[0]?.clusters.length).toBe(before.model?.namespaces[0]?.clusters.length);
    }
    expect(done).toBeGreaterThan(0);
  });
});
