import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver/node";
import { ConfigError } from "../../config/config-error.js";
import { loadProject, type Project } from "../../config/load-config.js";
import { findSchemaFiles } from "../../config/schema-files.js";
import { Workspace } from "../project/workspace.js";
import { fileUriOf } from "./file-uris.js";
import { matchesGlobs } from "./glob.js";
import type { Home, OpenText } from "./home.js";
import { type FileOnDisk, readText, stampOf } from "./read-text.js";

/** So many files are read at a time: each is an open file of the process. */
const READ_AT_ONCE = 64;

/** A project on disk: its files as they are there or, of those that are open, in the editor. */
export class DiskProject implements Home {
  readonly workspace = new Workspace();
  readonly root: string;
  /** Absolute; without one the defaults hold. */
  readonly configFile: string | undefined;
  readonly #onDisk = new Map<string, FileOnDisk>();
  readonly #open = new Map<string, OpenText>();
  #project: Project;
  #configError: ConfigError | undefined;

  /** Nothing is read before {@link scan}. */
  constructor(root: string, configFile: string | undefined) {
    this.root = root;
    this.configFile = configFile;
    this.#project = { root, schema: ["schema/**/*.hetu"], out: join(root, "generated") };
  }

  /** What hetu.json says, as it was when it last could be read. */
  get settings(): Project {
    return this.#project;
  }

  /** Whether a file of it is open in the editor. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /**
   * Looks at hetu.json and at every file again and reads those that changed. A hetu.json that cannot be used leaves the
   * last good one in use.
   *
   * @param named files that are read even if they seem unchanged, absolute.
   */
  async scan(named: ReadonlySet<string> = new Set()): Promise<void> {
    const paths = await this.#findPaths();
    const found = new Set(paths);
    for (const path of [...this.#onDisk.keys()]) {
      if (found.has(path)) continue;
      this.#onDisk.delete(path);
      this.#update(path);
    }
    for (let at = 0; at < paths.length; at += READ_AT_ONCE) {
      await Promise.all(paths.slice(at, at + READ_AT_ONCE).map((path) => this.#read(path, named)));
    }
  }

  /** The name of a file within the project; `undefined` when it does not belong to it. @param file absolute. */
  pathOf(file: string): string | undefined {
    const path = relative(this.root, file).split(sep).join("/");
    if (this.#onDisk.has(path)) return path;
    const out = relative(this.root, this.#project.out).split(sep).join("/");
    if (out !== "" && !out.startsWith("..") && path.startsWith(`${out}/`)) return undefined;
    if (path.split("/").includes("node_modules")) return undefined;
    return matchesGlobs(path, this.#project.schema) ? path : undefined;
  }

  /** Like {@link pathOf}, for a file that the project reaches over a symbolic link. @param real without links. */
  async pathOfLinked(real: string): Promise<string | undefined> {
    for (const path of this.#onDisk.keys()) {
      const target = await realpath(join(this.root, path)).catch(() => undefined);
      if (target === real) return path;
    }
    return undefined;
  }

  /** From now on what the editor has is what counts. */
  open(path: string, text: OpenText): void {
    this.#open.set(path, text);
    this.#update(path);
  }

  /** The editor's text changed. */
  edited(path: string): void {
    this.#update(path);
  }

  /** What is on disk counts again. */
  async close(path: string): Promise<void> {
    this.#open.delete(path);
    if (this.#onDisk.has(path)) {
      const file = await readText(join(this.root, path));
      if (file === undefined) this.#onDisk.delete(path);
      else this.#onDisk.set(path, file);
    }
    this.#update(path);
  }

  uriOf(path: string): string {
    return this.#open.get(path)?.uri ?? fileUriOf(join(this.root, path));
  }

  ownProblems(): ReadonlyMap<string, readonly Diagnostic[]> {
    const problems = new Map<string, readonly Diagnostic[]>();
    for (const [path, { problem }] of this.#onDisk) {
      if (problem !== undefined && !this.#open.has(path)) problems.set(this.uriOf(path), [atStart(problem)]);
    }
    if (this.#configError !== undefined) {
      problems.set(fileUriOf(this.#configError.file), this.#configError.problems.map(atStart));
    }
    return problems;
  }

  async #findPaths(): Promise<readonly string[]> {
    try {
      if (this.configFile !== undefined) this.#project = await loadProject(this.root, this.configFile);
      this.#configError = undefined;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#configError = error;
    }
    return findSchemaFiles(this.#project);
  }

  async #read(path: string, named: ReadonlySet<string>): Promise<void> {
    const file = join(this.root, path);
    const known = this.#onDisk.get(path);
    if (known !== undefined && !named.has(file) && known.stamp === (await stampOf(file))) return;
    const now = await readText(file);
    if (now === undefined) this.#onDisk.delete(path);
    else this.#onDisk.set(path, now);
    this.#update(path);
  }

  /** Gives the workspace the text that counts; of a file that can no more be read that is the last one. */
  #update(path: string): void {
    const [open, onDisk] = [this.#open.get(path), this.#onDisk.get(path)];
    const text = open === undefined ? onDisk?.text : open.getText();
    if (text !== undefined) this.workspace.set(path, text);
    else if (onDisk === undefined) this.workspace.delete(path);
  }
}

function atStart(message: string): Diagnostic {
  const [start, end] = [
    { line: 0, character: 0 },
    { line: 1, character: 0 },
  ];
  return { range: { start, end }, severity: DiagnosticSeverity.Error, source: "hetuc", message };
}
