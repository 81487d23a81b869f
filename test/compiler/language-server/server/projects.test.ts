import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { unknownName } from "../../../../compiler/diagnostics/codes/names.js";
import { Editor } from "../editor.js";

let editor: Editor;
afterEach(() => editor.close());

const codes = async (path: string, wanted: readonly string[]): Promise<unknown[]> => {
  const problems = await editor.problems(
    path,
    (all) => all.length === wanted.length && all.every(({ code }, at) => code === wanted[at]),
  );
  return problems.map(({ code }) => code);
};

const USES_MONEY = "namespace game\nsystem pay() uses Money\n";
const MONEY = "namespace game\ncomponent Money {\n  owner: i64 @unique\n}\n";
const UNKNOWN = unknownName.code;

test("a file sees what other files of its project declare, and nothing of other projects", async () => {
  editor = await Editor.open({
    "one/hetu.json": "{}",
    "one/schema/pay.hetu": USES_MONEY,
    "one/schema/money.hetu": MONEY,
    "two/hetu.yaml": "schema: '*.hetu'",
    "two/pay.hetu": USES_MONEY,
  });
  expect(await codes("one/schema/pay.hetu", [])).toEqual([]);
  expect(await codes("two/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test("a file that no glob of its project matches is checked alone and says so", async () => {
  editor = await Editor.open({ "schema/money.hetu": MONEY, "notes/pay.hetu": USES_MONEY });
  const [hint] = await editor.problems("notes/pay.hetu", (all) => all.length === 2).then((all) => all.slice(1));
  expect(hint).toMatchObject({ severity: DiagnosticSeverity.Hint, source: "hetuc" });
  expect(hint?.message).toContain("checked alone");
  expect(editor.log.some(({ message }) => message.includes("pay.hetu is checked alone"))).toBe(true);
});

test("problems of files that are not open are told, too", async () => {
  editor = await Editor.open(
    { "schema/money.hetu": MONEY, "schema/pay.hetu": "namespace game\nsystem pay() uses Mony\n" },
    {},
    { show: false },
  );
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test("an editor that writes the address of a file in its own way is told the problems under that one as soon as it opens it", async () => {
  const text = "namespace game\nsystem pay() uses Mony\n";
  editor = await Editor.open({ "schema/a+b.hetu": text }, { textDocument: { diagnostic: {} } }, { show: false });
  expect(await codes("schema/a+b.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  const uri = editor.uri("schema/a+b.hetu").replace("+", "%2B");
  await editor.showUri(uri, text);
  const report: unknown = await editor.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  expect(report).toMatchObject({ items: [{ code: UNKNOWN }] });
  expect(await codes("schema/a+b.hetu", [])).toEqual([]);
});

test("files created, changed, renamed and deleted on disk count as soon as the editor tells of them", async () => {
  editor = await Editor.open({ "schema/pay.hetu": USES_MONEY });
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await editor.write("schema/money.hetu", MONEY);
  await editor.tell({ "schema/money.hetu": "created" });
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await editor.write("schema/money.hetu", MONEY.replace("Money", "Gold"));
  await editor.tell({ "schema/money.hetu": "changed" });
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await editor.write("schema/money.hetu", MONEY);
  await rename(join(editor.folder, "schema/money.hetu"), join(editor.folder, "schema/gold.hetu"));
  await editor.tell({ "schema/money.hetu": "deleted", "schema/gold.hetu": "created" });
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await rm(join(editor.folder, "schema/gold.hetu"));
  await editor.tell({ "schema/gold.hetu": "deleted" });
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test("without an editor that watches, the server watches the disk itself", async () => {
  editor = await Editor.open(
    { "schema/pay.hetu": USES_MONEY },
    { workspace: { didChangeWatchedFiles: { dynamicRegistration: false } } },
  );
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await editor.write("schema/deeper/money.hetu", MONEY);
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await rm(join(editor.folder, "schema/deeper"), { recursive: true });
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  expect(editor.registered).not.toContain("workspace/didChangeWatchedFiles");
});

test("what the editor shows counts, not what is on disk, until the file is closed", async () => {
  editor = await Editor.open({ "schema/pay.hetu": USES_MONEY, "schema/money.hetu": MONEY });
  await editor.type("schema/money.hetu", MONEY.replace("Money", "Gold"));
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await editor.write("schema/money.hetu", MONEY.replace("Money", "Silver"));
  await editor.tell({ "schema/money.hetu": "changed" });
  await editor.type("schema/money.hetu", MONEY);
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await editor.hide("schema/money.hetu");
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test("a file that is deleted while it is open stays until it is closed", async () => {
  editor = await Editor.open({ "schema/pay.hetu": USES_MONEY, "schema/money.hetu": MONEY });
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await rm(join(editor.folder, "schema/money.hetu"));
  await editor.tell({ "schema/money.hetu": "deleted" });
  await editor.type("schema/money.hetu", `${MONEY}system pay_more() uses Gold\n`);
  expect(await codes("schema/money.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
  await editor.hide("schema/money.hetu");
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  expect(await codes("schema/money.hetu", [])).toEqual([]);
});

test("a broken hetu.json is told on it, and the last good one stays in use", async () => {
  editor = await Editor.open({
    "hetu.json": '{ "schema": "game/*.hetu" }',
    "game/pay.hetu": USES_MONEY,
    "game/money.hetu": MONEY,
  });
  expect(await codes("game/pay.hetu", [])).toEqual([]);
  await editor.write("hetu.json", '{ "schema": ');
  await editor.tell({ "hetu.json": "changed" });
  const [problem] = await editor.problems("hetu.json", (all) => all.length === 1);
  expect(problem).toMatchObject({ severity: DiagnosticSeverity.Error });
  await editor.type("game/money.hetu", MONEY.replace("Money", "Gold"));
  expect(await codes("game/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await editor.type("game/money.hetu", MONEY);
  expect(await codes("game/pay.hetu", [])).toEqual([]);
  await editor.write("hetu.json", '{ "schema": "game/pay.hetu" }');
  await editor.tell({ "hetu.json": "changed" });
  expect(await editor.problems("hetu.json", (all) => all.length === 0)).toEqual([]);
  expect(await codes("game/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test("a hetu.json that comes or goes changes which project a file is of", async () => {
  editor = await Editor.open({
    "hetu.json": '{ "schema": "**/*.hetu" }',
    "inner/pay.hetu": USES_MONEY,
    "money.hetu": MONEY,
  });
  expect(await codes("inner/pay.hetu", [])).toEqual([]);
  await editor.write("inner/hetu.json", '{ "schema": "*.hetu" }');
  await editor.tell({ "inner/hetu.json": "created" });
  expect(await codes("inner/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  await rm(join(editor.folder, "inner/hetu.json"));
  await editor.tell({ "inner/hetu.json": "deleted" });
  expect(await codes("inner/pay.hetu", [])).toEqual([]);
});

test("a file that is not UTF-8 is told of, and the others are checked without it", async () => {
  editor = await Editor.open({ "schema/pay.hetu": "namespace game\nenum Coin { copper }\n" });
  await mkdir(join(editor.folder, "schema"), { recursive: true });
  await writeFile(join(editor.folder, "schema/bad.hetu"), Uint8Array.of(0x6e, 0xff, 0xfe));
  await editor.tell({ "schema/bad.hetu": "created" });
  const [problem] = await editor.problems("schema/bad.hetu", (all) => all.length === 1);
  expect(problem?.message).toContain("UTF-8");
  await editor.write("schema/bad.hetu", "namespace game\nenum Note { silver }\n");
  await editor.tell({ "schema/bad.hetu": "changed" });
  expect(await codes("schema/bad.hetu", [])).toEqual([]);
});

test("a folder called like a schema file is no file", async () => {
  editor = await Editor.open({ "schema/pay.hetu": USES_MONEY });
  await mkdir(join(editor.folder, "schema/money.hetu"));
  await editor.tell({ "schema/money.hetu": "created" });
  expect(await codes("schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  expect(editor.log.filter(({ type }) => type === 1)).toEqual([]);
});

test("a file that the project reaches over a symbolic link is of the project under its own address, too", async () => {
  editor = await Editor.open({ "game/hetu.json": "{}", "game/schema/pay.hetu": USES_MONEY });
  await editor.write("shared/money.hetu", MONEY);
  await symlink("../../shared", join(editor.folder, "game/schema/shared"));
  await editor.tell({ "game/schema/shared/money.hetu": "created" });
  expect(await codes("game/schema/pay.hetu", [])).toEqual([]);
  await editor.show("shared/money.hetu", MONEY.replace("Money", "Gold"));
  expect(await codes("game/schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
});

test.each([
  "untitled:Untitled-1",
  "vscode-remote://ssh-remote%2Bhost/home/a/b.hetu",
  "file://host/x.hetu",
  "file:///a%2Fb.hetu",
  "nonsense",
])("a document at %s is checked alone", async (uri) => {
  editor = await Editor.open({});
  await editor.showUri(uri, USES_MONEY);
  await editor.until(() => editor.publications.some((each) => each.uri === uri && each.diagnostics.length > 0));
  expect(editor.publications.at(-1)?.diagnostics.map(({ code }) => code)).toEqual([UNKNOWN]);
});

test("addresses are one file however they are encoded", async () => {
  editor = await Editor.open({ "schema/größe & 😀 [1].hetu": "namespace game\nenum A { b }\n" }, {}, { show: false });
  const uri = editor
    .uri("schema/größe & 😀 [1].hetu")
    .replaceAll("%C3%B6", "ö")
    .replaceAll("&", "%26")
    .replace("file:///tmp", "file:///%74mp");
  await editor.showUri(uri, USES_MONEY);
  await editor.until(() => editor.publications.some(({ diagnostics }) => diagnostics.length > 0));
  expect(editor.publications.at(-1)).toMatchObject({ uri, diagnostics: [{ code: UNKNOWN }] });
  expect(editor.log).toEqual([]);
});

test("folders that are opened and closed bring and take their projects", async () => {
  editor = await Editor.open(
    {
      "one/hetu.json": "{}",
      "one/schema/pay.hetu": USES_MONEY,
      "two/hetu.json": "{}",
      "two/schema/pay.hetu": USES_MONEY,
    },
    { workspace: { workspaceFolders: true } },
    { folders: ["one"], show: false },
  );
  expect(await codes("one/schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  const folder = (name: string): object => ({ uri: editor.uri(name), name });
  await editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [folder("two")], removed: [folder("one")] },
  });
  expect(await codes("two/schema/pay.hetu", [UNKNOWN])).toEqual([UNKNOWN]);
  expect(await codes("one/schema/pay.hetu", [])).toEqual([]);
});

test("in a folder without a hetu.json the default globs hold", async () => {
  editor = await Editor.open(
    { "hetu.json": "{}", "schema/pay.hetu": USES_MONEY, "schema/money.hetu": MONEY },
    {},
    { show: false },
  );
  await rm(join(editor.folder, "hetu.json"));
  await editor.tell({ "hetu.json": "deleted" });
  await editor.show("schema/pay.hetu", USES_MONEY);
  expect(await codes("schema/pay.hetu", [])).toEqual([]);
});

test("reading that takes long shows as progress", async () => {
  editor = await Editor.open(
    { "schema/pay.hetu": USES_MONEY },
    { window: { workDoneProgress: true } },
    { progressAfter: 0 },
  );
  await editor.until(() => editor.received.filter(({ method }) => method === "$/progress").length >= 2);
  expect(editor.received.slice(0, 2).map(({ params }) => params)).toMatchObject([
    { kind: "begin", title: "HeTu" },
    { kind: "end" },
  ]);
});
