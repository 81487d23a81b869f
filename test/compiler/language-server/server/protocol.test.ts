import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type {
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentSymbol,
  WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { ErrorCodes } from "vscode-languageserver/node";
import { unknownName, unknownType } from "../../../../compiler/diagnostics/codes/names.js";
import { diagnosticOf } from "../../../../compiler/language-server/features/diagnostics.js";
import { checkSources } from "../../../../compiler/pipeline.js";
import { Editor } from "../editor.js";

const PATH = "schema/game.hetu";
const OTHER = "schema/other.hetu";
let editor: Editor;
afterEach(() => editor.close());

const outline = async (): Promise<string[]> => {
  const { textDocument } = editor.file(PATH);
  const symbols = await editor.connection.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", {
    textDocument,
  });
  return symbols.map(({ name }) => name);
};

test("a request sees every change that was sent before it", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\n" });
  for (let at = 0; at < 20; at += 1) {
    const asked = editor.type(PATH, `namespace game\nenum E${at} { a }\n`).then(outline);
    expect(await asked).toEqual([`E${at}`]);
  }
});

test("changes in parts come to the same text with every kind of line break and with astral characters", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\r\n// 😀😀\r\nenum A { b }\r" });
  const at = (line: number, from: number, to: number): object => ({
    start: { line, character: from },
    end: { line, character: to },
  });
  await editor.change(
    PATH,
    { range: at(1, 3, 5) as never, text: "" },
    { range: at(2, 5, 6) as never, text: "Colour" },
    { range: at(2, 18, 18) as never, text: "\r\nstruct S { c: Color }" },
  );
  expect(await outline()).toEqual(["Colour", "S"]);
  const [problem] = await editor.problems(PATH, (all) => all.length === 1);
  expect(problem).toMatchObject({
    code: unknownType.code,
    range: { start: { line: 3, character: 14 }, end: { line: 3, character: 19 } },
  });
});

test("places count UTF-16 code units, and a byte order mark counts", async () => {
  editor = await Editor.open({ [PATH]: '\ufeffnamespace game\n@deprecated("😀") struct S { c: <[Color]> }\n' });
  const [problem] = await editor.problems(PATH, (all) => all.length === 1);
  const [mark] = editor.file(PATH).ranges;
  expect(problem?.range).toEqual({
    start: editor.file(PATH).positionAt(mark?.start ?? 0),
    end: editor.file(PATH).positionAt(mark?.end ?? 0),
  });
  expect(problem?.range.start.character).toBe(32);
  expect(editor.capabilities.positionEncoding).toBe("utf-16");
});

test("problems are told with the version that they are of, and only of files where they changed", async () => {
  editor = await Editor.open({
    [PATH]: "namespace game\nsystem pay() uses Money\n",
    [OTHER]: "namespace game\nenum E { a }\n",
  });
  await editor.problems(PATH, (all) => all.length === 1);
  await editor.problems(OTHER);
  const before = editor.publications.length;
  await editor.type(PATH, "namespace game\ncomponent Money { owner: i64 @unique }\nsystem pay() uses Money\n");
  await editor.problems(PATH, (all) => all.length === 0);
  const news = editor.publications.slice(before);
  expect(news).toEqual([{ uri: editor.uri(PATH), version: 2, diagnostics: [] }]);
});

test("a burst of changes is answered with its end, not each", async () => {
  editor = await Editor.open(
    { [PATH]: "namespace game\n" },
    {},
    { initializationOptions: { hetu: { diagnostics: { delay: 100 } } } },
  );
  await editor.problems(PATH);
  for (let at = 0; at < 50; at += 1) await editor.type(PATH, `namespace game\nstruct S { c: Color${at} }\n`);
  const [problem] = await editor.problems(PATH, ([first]) => JSON.stringify(first)?.includes("Color49"));
  expect(problem?.code).toBe(unknownType.code);
  expect(editor.publications.length).toBeLessThan(50);
});

test("an editor that asks for problems is not sent those of open files, and gets them when it asks", async () => {
  editor = await Editor.open(
    { [PATH]: "namespace game\nsystem pay() uses Money\n" },
    { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  );
  const { textDocument } = editor.file(PATH);
  const pull = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    editor.connection.sendRequest("textDocument/diagnostic", { textDocument, previousResultId });
  const first = await pull();
  expect(first).toMatchObject({ kind: "full", items: [{ code: unknownName.code }] });
  expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  await editor.write(OTHER, "namespace game\ncomponent Money { owner: i64 @unique }\n");
  await editor.tell({ [OTHER]: "created" });
  await editor.until(() => editor.received.some(({ method }) => method === "workspace/diagnostic/refresh"));
  expect(await pull(first.resultId)).toMatchObject({ kind: "full", items: [] });
  expect(editor.publications).toEqual([]);
});

test("an editor that asks for the problems of all files is answered when there is something new", async () => {
  editor = await Editor.open(
    { [PATH]: "namespace game\nsystem pay() uses Money\n" },
    { textDocument: { diagnostic: {} } },
    { show: false },
  );
  await editor.problems(PATH, (all) => all.length === 1);
  const ask = (previousResultIds: object[]): Promise<WorkspaceDiagnosticReport> =>
    editor.connection.sendRequest("workspace/diagnostic", { previousResultIds });
  const { items } = await ask([]);
  expect(items).toMatchObject([{ uri: editor.uri(PATH), items: [{ code: unknownName.code }] }]);
  // What it asks for it need not be sent any more.
  expect(await editor.problems(PATH, (all) => all.length === 0)).toEqual([]);
  const known = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
  const waiting = ask(known);
  await editor.write(OTHER, "namespace game\ncomponent Money { owner: i64 @unique }\n");
  await editor.tell({ [OTHER]: "created" });
  expect(await waiting).toMatchObject({ items: [{ uri: editor.uri(PATH), items: [] }] });
});

test("settings are asked for, and again when the editor says that they changed", async () => {
  editor = await Editor.open(
    { [PATH]: "namespace game\n" },
    {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        inlayHint: { refreshSupport: true },
      },
    },
    { settings: { inlayHints: false } },
  );
  await editor.until(
    () => editor.received.filter(({ method }) => method === "workspace/inlayHint/refresh").length === 1,
  );
  expect(editor.registered).toContain("workspace/didChangeConfiguration");
  editor.settings = null;
  await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await editor.until(
    () => editor.received.filter(({ method }) => method === "workspace/inlayHint/refresh").length === 2,
  );
});

test("the clusters and the pages of codes can be asked for", async () => {
  editor = await Editor.open({
    [PATH]: "namespace game\ncomponent Money { owner: i64 @unique }\nsystem pay() uses Money\n",
  });
  const { textDocument } = editor.file(PATH);
  const graph = await editor.connection.sendRequest<object>("hetu/graph", { textDocument });
  expect(graph).toMatchObject({ clusters: [{ namespace: "game", systems: ["pay"] }] });
  expect(graph).toHaveProperty("mermaid", expect.stringContaining("flowchart"));
  expect(await editor.connection.sendRequest("hetu/explain", { code: "ht2011" })).toMatchObject({
    name: "unknownName",
  });
  expect(await editor.connection.sendRequest("hetu/explain", { code: "HT0000" })).toBeNull();
  await editor.type(PATH, "namespace game\nsystem pay() uses Money\n");
  expect(await editor.connection.sendRequest("hetu/graph", { textDocument })).toBeNull();
});

test("requests that make no sense are answered as errors and hurt nobody", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\nenum E { a }\n" });
  const { textDocument } = editor.file(PATH);
  await expect(editor.connection.sendRequest("hetu/nonsense", {})).rejects.toMatchObject({
    code: ErrorCodes.MethodNotFound,
  });
  await expect(editor.connection.sendRequest("initialize", { capabilities: {} })).rejects.toMatchObject({
    code: ErrorCodes.InvalidRequest,
  });
  await expect(
    editor.connection.sendRequest("textDocument/codeAction", { textDocument, context: {} }),
  ).rejects.toMatchObject({ code: ErrorCodes.InternalError });
  await editor.until(() => editor.log.some(({ type }) => type === 1));
  expect(
    await editor.connection.sendRequest("textDocument/documentSymbol", {
      textDocument: { uri: "file:///nowhere.hetu" },
    }),
  ).toBeNull();
  expect(await outline()).toEqual(["E"]);
});

test("after ten thousand edits in a row the problems are those of a fresh check", async () => {
  editor = await Editor.open({ [PATH]: "namespace game\n", [OTHER]: "namespace game\nenum Kind { a, b }\n" });
  const pieces = [
    "\n",
    "enum ",
    "A",
    " { a }",
    "struct S",
    " { k: Kind }",
    "x",
    "😀",
    "\r\n",
    "component ",
    "C { owner: i64 }",
    "@",
    "//",
    '"',
    "system s()",
    " uses C",
    "}",
    "{",
  ];
  const edits = fc.sample(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom(...pieces)), { numRuns: 10_000, seed: 7 });
  let text = "namespace game\n";
  for (const [where, length, put] of edits) {
    const from = where % (text.length + 1);
    // What is taken out keeps the text short.
    const to = Math.min(text.length, from + (text.length > 400 ? length * 3 : length));
    await editor.change(PATH, { range: { start: positionIn(text, from), end: positionIn(text, to) }, text: put });
    text = text.slice(0, splitOf(text, from)) + put + text.slice(splitOf(text, to));
  }
  const sources = [
    { path: PATH, text },
    { path: OTHER, text: "namespace game\nenum Kind { a, b }\n" },
  ];
  const expected = checkSources(sources)
    .filter(({ span }) => span.file.path === PATH)
    .map((each) => diagnosticOf(each, (path) => editor.uri(path)));
  const plain = JSON.parse(JSON.stringify(expected)) as Diagnostic[];
  const found = await editor.problems(PATH, (all) => JSON.stringify(all) === JSON.stringify(plain));
  expect(found).toEqual(plain);
});

/** An editor's cursor cannot stand within a line break of two characters. */
function splitOf(text: string, offset: number): number {
  return text[offset - 1] === "\r" && text[offset] === "\n" ? offset - 1 : offset;
}

function positionIn(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, splitOf(text, offset)).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
