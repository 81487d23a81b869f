import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Project } from "../../config/load-config.js";
import { findSchemaFiles } from "../../config/schema-files.js";
import { Workspace } from "../project/workspace.js";

/** A project that the server has read: its files as they are on disk or, of open ones, in the editor. */
export class OpenProject {
  readonly workspace = new Workspace();
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  get root(): string {
    return this.#project.root;
  }

  /** Reads every file of the project that is not open in the editor. */
  async read(isOpen: (uri: string) => boolean): Promise<void> {
    const paths = (await findSchemaFiles(this.#project)).filter((path) => !isOpen(this.uriOf(path)));
    const texts = await Promise.all(paths.map((path) => readFile(join(this.root, path), "utf8")));
    for (const [at, path] of paths.entries()) this.workspace.set(path, texts[at] ?? "");
  }

  uriOf(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  pathOf(uri: string): string {
    return relative(this.root, fileURLToPath(uri)).split(sep).join("/");
  }
}
