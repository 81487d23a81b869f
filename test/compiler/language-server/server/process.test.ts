import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { compilerProgram } from "../../cli/hetuc.js";

const folder = mkdtempSync(join(tmpdir(), "hetu-lsp-"));
let server: ChildProcessByStdio<Writable, Readable, Readable>;
afterEach(() => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Promise<{ readonly code: unknown; readonly stderr: string }> {
  server = spawn(process.execPath, [compilerProgram, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
  let stderr = "";
  server.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  return once(server, "close").then(([code]) => ({ code: code as unknown, stderr }));
}

test("the program serves an editor, and ends with 0 when it has been shut down", async () => {
  const ended = start();
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const uri = pathToFileURL(join(folder, "game.hetu")).href;
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", resolve);
  });
  await expect(connection.sendRequest("textDocument/hover", {})).rejects.toMatchObject({ code: -32002 });
  const initialized = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  expect(initialized).toMatchObject({ serverInfo: { name: "hetuc" } });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "hetu", version: 1, text: "namespace game\nsystem pay() uses Money\n" },
  });
  expect(await published).toMatchObject({ uri, diagnostics: [{ code: "HT2011" }] });
  expect(await connection.sendRequest("shutdown")).toBeNull();
  await connection.sendNotification("exit");
  expect(await ended).toEqual({ code: 0, stderr: "" });
});

test("input that ends without a shutdown ends the program with 1", async () => {
  const ended = start();
  server.stdin.end();
  expect(await ended).toEqual({ code: 1, stderr: "" });
});

test("input that is not the protocol ends the program with 1 and a line that says so", async () => {
  const ended = start();
  server.stdout.on("data", () => expect.unreachable("nothing may be answered"));
  server.stdin.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hetuc lsp: standard input is not the language server protocol.*\n$/s);
});
