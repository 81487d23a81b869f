import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { applied } from "../../compiler/language-server/applied.js";
import { repository, run, temporaryFolder, type TemporaryFolder } from "../../compiler/cli/hetuc.js";
import { extensionFolder, manifest } from "./manifest.js";
import { unzip } from "./unzip.js";

let folder: TemporaryFolder;
let packed: ReadonlyMap<string, Buffer>;

/** The package, as `npm run vscode` makes it, laid out as VS Code installs it. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const built = await run(process.execPath, [join(repository, "scripts/build-vscode.mjs")], { cwd: repository });
  expect([built.code, built.code === 0 ? "" : built.stdout + built.stderr]).toEqual([0, ""]);
  packed = unzip(readFileSync(join(extensionFolder, "dist/hetu.vsix")));
  for (const [name, content] of packed) {
    const file = join(folder.path, "installed", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
afterAll(() => folder[Symbol.asyncDispose]());

test("the package has what the extension needs and nothing else", () => {
  // Parts that are loaded when they are needed have the hash of their content in their name.
  const names = [...packed.keys()].map((name) => name.replace(/-[A-Z0-9]{8}\.js$/, "-*.js"));
  expect([...new Set(names)].sort()).toEqual([
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/extension.js",
    "extension/dist/server/chunk-*.js",
    "extension/dist/server/cli.js",
    "extension/dist/server/dist-*.js",
    "extension/dist/server/package.json",
    "extension/dist/server/validate-*.js",
    "extension/hetu.schema.json",
    "extension/images/icon.png",
    "extension/l10n/bundle.l10n.zh-cn.json",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/package.nls.json",
    "extension/package.nls.zh-cn.json",
    "extension/readme.md",
    "extension/snippets/hetu.json",
    "extension/syntaxes/hetu.tmLanguage.json",
  ]);
});

test("every file that the manifest names is in the package", () => {
  const named = [...JSON.stringify(manifest).matchAll(/"\.\/([^"]+\.\w+)"/g)].map(([, path]) => `extension/${path}`);
  expect(named.length).toBeGreaterThan(4);
  for (const path of named) expect([...packed.keys()]).toContain(path);
});

describe("the language server of the package", () => {
  const SHOP = "namespace game\n\nsystem pay() uses Gold\n";
  let server: ChildProcessByStdio<Writable, Readable, Readable>;
  let connection: ProtocolConnection;
  let stderr = "";
  const uri = (path: string): string => pathToFileURL(join(folder.path, "project", path)).href;
  const at = (line: number, character: number) => ({
    textDocument: { uri: uri("schema/shop.hetu") },
    position: { line, character },
  });

  const problems = new Map<string, Diagnostic[]>();
  let arrived = (): void => undefined;
  /** Resolves when the problems of the file have these codes. */
  const codes = (wanted: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      arrived = () => {
        const now = problems.get(uri("schema/shop.hetu"))?.map(({ code }) => code);
        if (now?.join() === wanted.join()) resolve();
      };
      arrived();
    });

  beforeAll(async () => {
    await folder.write("project/hetu.json", "{}");
    await folder.write(
      "project/schema/gold.hetu",
      "namespace game\n\n/// Money.\ncomponent Gold {\n  owner: i64 @unique\n}\n",
    );
    await folder.write("project/schema/shop.hetu", SHOP);
    const cli = join(folder.path, "installed/extension/dist/server/cli.js");
    server = spawn(process.execPath, [cli, "lsp", "--stdio"], { stdio: "pipe" });
    server.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      problems.set(params.uri, params.diagnostics);
      arrived();
    });
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri(""),
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      workspaceFolders: [{ uri: uri(""), name: "project" }],
    });
    connection.onRequest("client/registerCapability", () => null);
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: uri("schema/shop.hetu"), languageId: "hetu", version: 1, text: SHOP },
    });
  });
  afterAll(() => {
    connection.dispose();
    server.kill();
  });

  test("knows the project, its problems, and what may be written", async () => {
    await codes([]);
    const wrong = SHOP.replace("Gold", "Gild");
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uri("schema/shop.hetu"), version: 2 },
      contentChanges: [{ text: wrong }],
    });
    await codes(["HT2011"]);
    const { items } = await connection.sendRequest<CompletionList>("textDocument/completion", at(2, 18));
    expect(items.map(({ label }) => label)).toContain("Gold");
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uri("schema/shop.hetu"), version: 3 },
      contentChanges: [{ text: SHOP }],
    });
    await codes([]);
  });

  test("says what a name is, and renames it in all files", async () => {
    const hover = await connection.sendRequest<Hover>("textDocument/hover", at(2, 20));
    expect(JSON.stringify(hover.contents)).toContain("Money.");
    const edit = await connection.sendRequest<WorkspaceEdit>("textDocument/rename", { ...at(2, 20), newName: "Coin" });
    expect(Object.keys(edit.changes ?? {}).sort()).toEqual([uri("schema/gold.hetu"), uri("schema/shop.hetu")]);
    expect(applied(SHOP, edit.changes?.[uri("schema/shop.hetu")] ?? [])).toBe(SHOP.replace("Gold", "Coin"));
  });

  test("has nothing to complain about on its way", async () => {
    expect(await connection.sendRequest("shutdown")).toBeNull();
    const ended = new Promise((resolve) => server.once("close", resolve));
    await connection.sendNotification("exit");
    expect([await ended, stderr]).toEqual([0, ""]);
  });
});
