import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentIdentifier,
} from "vscode-languageserver/node";
import { serve } from "../../../compiler/language-server/server/server.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { marked, type Marked } from "./marked.js";

/** A file of the test's project, with its marks. */
export interface MarkedFile extends Marked {
  readonly textDocument: TextDocumentIdentifier;
  /** The first cursor, as the protocol tells places. */
  readonly position: Position;
  positionAt(offset: number): Position;
}

/** An editor that speaks the protocol with the real server, over streams in this process, on a project on disk. */
export class Editor {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  capabilities: InitializeResult["capabilities"] = {};
  readonly #published = new Map<string, Diagnostic[]>();
  readonly #waiting = new Set<() => void>();
  readonly #files = new Map<string, MarkedFile>();
  readonly #versions = new Map<string, number>();

  private constructor(folder: string) {
    this.folder = folder;
    const [toServer, toEditor] = [new PassThrough(), new PassThrough()];
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toEditor)));
    this.connection = createProtocolConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#published.set(uri, diagnostics);
      for (const look of [...this.#waiting]) look();
    });
    this.connection.listen();
  }

  /** Writes the files, with their marks taken out, starts the server on them, and opens each. */
  static async open(files: Readonly<Record<string, string>>, capabilities: object = {}): Promise<Editor> {
    const folder = await mkdtemp(join(tmpdir(), "hetu-editor-"));
    const editor = new Editor(folder);
    await editor.write("hetu.json", "{}");
    for (const [path, source] of Object.entries(files)) await editor.write(path, marked(source).text);
    const result = await editor.connection.sendRequest("initialize", {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "test" }],
    });
    editor.capabilities = (result as InitializeResult).capabilities;
    await editor.connection.sendNotification("initialized", {});
    for (const [path, source] of Object.entries(files)) await editor.show(path, source);
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
