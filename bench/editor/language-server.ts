import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

/** Of a clock tick as /proc counts them: the same on every Linux that Node runs on. */
const MILLISECONDS_OF_A_TICK = 10;

/** A language server in a process of its own, and the editor's side of what is said with it. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #folder: string;
  readonly #versions = new Map<string, number>();
  #look: ((problems: PublishDiagnosticsParams) => void) | undefined;

  private constructor(process: ChildProcess, connection: ProtocolConnection, folder: string) {
    this.#process = process;
    this.#connection = connection;
    this.#folder = folder;
    connection.onNotification("textDocument/publishDiagnostics", (problems: PublishDiagnosticsParams) =>
      this.#look?.(problems),
    );
  }

  /** @param hetuc the program. @param folder of a project. */
  static async start(hetuc: string, folder: string): Promise<LanguageServer> {
    const child = spawn(process.execPath, [hetuc, "lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new LanguageServer(child, connection, folder);
    connection.listen();
    const rootUri = pathToFileURL(folder).href;
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: {},
      workspaceFolders: [{ uri: rootUri, name: "bench" }],
    });
    await connection.sendNotification("initialized", {});
    return server;
  }

  /** Opens a file; resolves when its problems have come. */
  async open(path: string, text: string): Promise<void> {
    const problems = this.#problems(path, 1);
    this.#versions.set(path, 1);
    await this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: this.#uri(path), languageId: "hetu", version: 1, text },
    });
    await problems;
  }

  /** Replaces a stretch of a file; resolves, with the milliseconds that it took, when the problems of it have come. */
  async change(path: string, start: Position, end: Position, text: string): Promise<number> {
    const version = this.#nextVersion(path);
    const problems = this.#problems(path, version);
    const began = performance.now();
    await this.#sendChange(path, version, start, end, text);
    await problems;
    return performance.now() - began;
  }

  /** Types a text and asks at once what may follow it: the milliseconds until the answer. */
  async complete(path: string, at: Position, text: string): Promise<number> {
    const version = this.#nextVersion(path);
    const began = performance.now();
    await this.#sendChange(path, version, at, at, text);
    const position = { line: at.line, character: at.character + text.length };
    const proposals = await this.#connection.sendRequest("textDocument/completion", {
      textDocument: { uri: this.#uri(path) },
      position,
    });
    const took = performance.now() - began;
    if (proposals === null) throw new Error(`nothing was proposed at ${position.line}:${position.character}`);
    return took;
  }

  /** Resident memory in MB; only Linux tells. */
  memory(): number | undefined {
    const status = this.#told("status");
    return status === undefined ? undefined : Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }

  /** Milliseconds of processor time so far, of all its threads; only Linux tells. */
  processorTime(): number | undefined {
    const stat = this.#told("stat");
    if (stat === undefined) return undefined;
    // Fields 14 and 15 (utime, stime) of proc(5); the second field, in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_OF_A_TICK;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
    this.#connection.dispose();
  }

  #told(file: string): string | undefined {
    return process.platform === "linux" ? readFileSync(`/proc/${this.#process.pid ?? 0}/${file}`, "utf8") : undefined;
  }

  #sendChange(path: string, version: number, start: Position, end: Position, text: string): Promise<void> {
    return this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.#uri(path), version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  #problems(path: string, version: number): Promise<void> {
    const uri = this.#uri(path);
    return new Promise((resolve) => {
      this.#look = (problems) => {
        if (problems.uri === uri && problems.version === version) resolve();
      };
    });
  }

  #nextVersion(path: string): number {
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    return version;
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.#folder, path)).href;
  }
}
