import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  FileChangeType,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentIdentifier,
  WorkDoneProgress,
} from "vscode-languageserver/node";
import { serve, type ServeOptions } from "../../../compiler/language-server/server/server.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { marked, type Marked } from "./marked.js";

/** A file of the test's project, with its marks. */
export interface MarkedFile extends Marked {
  readonly textDocument: TextDocumentIdentifier;
  /** The first cursor, as the protocol tells places. */
  readonly position: Position;
  positionAt(offset: number): Position;
}

/** Requests of the server that are answered with nothing. */
const PLAIN_REQUESTS = [
  "client/unregisterCapability",
  "workspace/codeLens/refresh",
  "workspace/diagnostic/refresh",
  "workspace/inlayHint/refresh",
  "workspace/semanticTokens/refresh",
];

/** How an editor starts the server, where a test asks for something else than usual. */
export interface EditorOptions extends ServeOptions {
  readonly initializationOptions?: unknown;
  /** The settings of the section `hetu`, for a server that asks. */
  readonly settings?: unknown;
  /** Folders below the test's that are open; by default the test's itself. */
  readonly folders?: readonly string[];
  /** Whether files are opened; by default all are. */
  readonly show?: boolean;
}

/** An editor that speaks the protocol with the real server, over streams in this process, on a project on disk. */
export class Editor {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  capabilities: InitializeResult["capabilities"] = {};
  /** Everything that was published, in order. */
  readonly publications: PublishDiagnosticsParams[] = [];
  /** What the server has written to the editor's log. */
  readonly log: { readonly type: number; readonly message: string }[] = [];
  /** What the server has registered after its start. */
  readonly registered: string[] = [];
  /** Progress, and requests of the server that are answered with nothing. */
  readonly received: { readonly method: string; readonly params: unknown }[] = [];
  settings: unknown;
  readonly #published = new Map<string, Diagnostic[]>();
  readonly #waiting = new Set<() => void>();
  readonly #files = new Map<string, MarkedFile>();
  readonly #versions = new Map<string, number>();

  private constructor(folder: string, options: EditorOptions) {
    this.folder = folder;
    this.settings = options.settings;
    const [toServer, toEditor] = [new PassThrough(), new PassThrough()];
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toEditor)), options);
    this.connection = createProtocolConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.publications.push(params);
      this.#published.set(params.uri, params.diagnostics);
      this.#look();
    });
    this.connection.onNotification("window/logMessage", (entry: { type: number; message: string }) => {
      this.log.push(entry);
      this.#look();
    });
    this.connection.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
      this.registered.push(...registrations.map(({ method }) => method));
      this.#look();
      return null;
    });
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    for (const method of PLAIN_REQUESTS) {
      this.connection.onRequest(method, (params: unknown) => {
        this.#receive(method, params);
        return null;
      });
    }
    this.connection.onRequest("window/workDoneProgress/create", ({ token }: { token: string | number }) => {
      this.connection.onProgress(WorkDoneProgress.type, token, (value) => this.#receive("$/progress", value));
      return null;
    });
    this.connection.listen();
  }

  /** Writes the files, with their marks taken out, starts the server on them, and opens each. */
  static async open(
    files: Readonly<Record<string, string>>,
    { workspace, ...capabilities }: ClientCapabilities = {},
    options: EditorOptions = {},
  ): Promise<Editor> {
    const folder = await mkdtemp(join(tmpdir(), "hetu-editor-"));
    const editor = new Editor(folder, options);
    if (!Object.keys(files).some((path) => path.endsWith("hetu.json"))) await editor.write("hetu.json", "{}");
    for (const [path, source] of Object.entries(files)) await editor.write(path, marked(source).text);
    const result = await editor.connection.sendRequest("initialize", {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      // An editor that watches files itself, unless the test says otherwise: that is cheaper.
      capabilities: {
        ...capabilities,
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, ...workspace },
      },
      workspaceFolders: (options.folders ?? ["."]).map((path) => ({ uri: editor.uri(path), name: path })),
      initializationOptions: options.initializationOptions,
    });
    editor.capabilities = (result as InitializeResult).capabilities;
    await editor.connection.sendNotification("initialized", {});
    if (options.show === false) return editor;
    for (const [path, source] of Object.entries(files)) if (path.endsWith(".hetu")) await editor.show(path, source);
    return editor;
  }

  async close(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    this.connection.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** Writes a file to disk, behind the editor's back. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  /** Opens a file in the editor with this text. */
  async show(path: string, source: string): Promise<MarkedFile> {
    const textDocument = { uri: this.uri(path) };
    const file = this.#remember(path, source);
    this.#versions.set(path, 1);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "hetu", version: 1, text: file.text },
    });
    return file;
  }

  /** Opens a text at any address. */
  async showUri(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "hetu", version: 1, text },
    });
  }

  /** Closes an open file. */
  async hide(path: string): Promise<void> {
    this.#versions.delete(path);
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri(path) } });
  }

  /** Tells the server what happened on disk, as an editor that watches files does. */
  async tell(changes: Readonly<Record<string, "created" | "changed" | "deleted">>): Promise<void> {
    const types = {
      created: FileChangeType.Created,
      changed: FileChangeType.Changed,
      deleted: FileChangeType.Deleted,
    } as const;
    await this.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: Object.entries(changes).map(([path, change]) => ({ uri: this.uri(path), type: types[change] })),
    });
  }

  /** Changes parts of an open file, one after the other; marks are not known any more. */
  async change(path: string, ...contentChanges: readonly { range: Range; text: string }[]): Promise<void> {
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(path), version },
      contentChanges,
    });
  }

  /** Replaces the whole text of an open file. */
  async type(path: string, source: string): Promise<MarkedFile> {
    const file = this.#remember(path, source);
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ text: file.text }],
    });
    return file;
  }

  /** A file that is open, with its marks. */
  file(path: string): MarkedFile {
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`${path} is not open`);
    return file;
  }

  /** Resolves when a condition on what has arrived holds. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Resolves with a file's problems as soon as they are as wanted. */
  problems(path: string, wanted: (problems: readonly Diagnostic[]) => boolean = () => true): Promise<Diagnostic[]> {
    return new Promise((resolve) => {
      const look = (): void => {
        const problems = this.#published.get(this.uri(path));
        if (problems === undefined || !wanted(problems)) return;
        this.#waiting.delete(look);
        resolve(problems);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #receive(method: string, params: unknown): void {
    this.received.push({ method, params });
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #remember(path: string, source: string): MarkedFile {
    const parts = marked(source);
    const text = new SourceFile(path, parts.text);
    const positionAt = (offset: number): Position => {
      const { line, column } = text.position(offset);
      return { line: line - 1, character: column - 1 };
    };
    const file = {
      ...parts,
      textDocument: { uri: this.uri(path) },
      position: positionAt(parts.cursors[0] ?? 0),
      positionAt,
    };
    this.#files.set(path, file);
    return file;
  }
}
