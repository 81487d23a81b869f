import { basename, extname, join, relative, sep } from "node:path";
import { type FSWatcher, watch as watchFiles } from "chokidar";
import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
} from "vscode-languageserver/node";
import { CONFIG_FILE_NAMES } from "../../config/load-config.js";
import type { DiskProject } from "./disk-project.js";
import { isWithin } from "./projects.js";

const UNWATCHED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", ".git", ".hetu"]);

/** Watches what the editor does not. */
export class Watching {
  readonly #connection: Connection;
  readonly #byEditor: boolean;
  readonly #onChange: (paths: readonly string[]) => void;
  readonly #watchers = new Map<string, { readonly key: string; readonly watcher: FSWatcher }>();
  #registered = "";

  /** @param onChange is told of changes on disk, with the absolute paths as far as they are known. */
  constructor(connection: Connection, client: ClientCapabilities, onChange: (paths: readonly string[]) => void) {
    this.#connection = connection;
    this.#byEditor = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.#onChange = onChange;
  }

  /** Watches these projects and folders and no others. The editor watches what lies in its folders, if it can. */
  async update(projects: readonly DiskProject[], folders: ReadonlySet<string>): Promise<void> {
    if (this.#byEditor) await this.#register(projects);
    const isWatched = (path: string): boolean =>
      this.#byEditor && [...folders].some((each) => isOrIsWithin(path, each));
    const wanted = new Map(
      projects.filter(({ root }) => !isWatched(root)).map((project) => [project.root, foldersOf(project)] as const),
    );
    if (!this.#byEditor) for (const folder of folders) if (!wanted.has(folder)) wanted.set(folder, []);
    for (const [root, { watcher, key }] of this.#watchers) {
      if (wanted.get(root)?.join("\n") === key) continue;
      this.#watchers.delete(root);
      await watcher.close();
    }
    const missing = [...wanted].filter(([root]) => !this.#watchers.has(root));
    for (const [root, below] of missing) {
      const watcher = await this.#watch(root, below, extensionsOf(projects));
      this.#watchers.set(root, { key: below.join("\n"), watcher });
    }
    // What changed before it was watched has been missed.
    if (missing.length > 0) this.#onChange([]);
  }

  async close(): Promise<void> {
    const watchers = [...this.#watchers.values()];
    this.#watchers.clear();
    await Promise.all(watchers.map(({ watcher }) => watcher.close()));
  }

  /** Asks the editor to watch files with the extensions that projects have. */
  async #register(projects: readonly DiskProject[]): Promise<void> {
    const globs = [...extensionsOf(projects)]
      .filter((extension) => /^\.\w+$/.test(extension))
      .map((extension) => `**/*${extension}`);
    const key = globs.join("\n");
    if (key === this.#registered) return;
    this.#registered = key;
    const watchers = [...globs, "**/hetu.{json,yaml,yml}"].map((globPattern) => ({ globPattern }));
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  async #watch(root: string, below: readonly string[], extensions: ReadonlySet<string>): Promise<FSWatcher> {
    const isRead = (path: string): boolean =>
      CONFIG_FILE_NAMES.includes(basename(path)) || (extensions.has(extname(path)) && below.length > 0);
    const watcher = watchFiles([root, ...below], {
      ignoreInitial: true,
      ignored: (path, stats) => {
        if (
          relative(root, path)
            .split(sep)
            .some((step) => UNWATCHED_FOLDERS.has(step))
        )
          return true;
        if (path === root) return false;
        if (stats?.isFile() === true) return !isRead(path);
        if (stats?.isDirectory() !== true) return false;
        return !below.some((folder) => isOrIsWithin(path, folder) || isWithin(folder, path));
      },
    });
    watcher.on("all", (_event, path) => this.#onChange([path]));
    // A file that is replaced twice within a second, as editors do, is lost to the events above; the system's own tell.
    watcher.on("raw", (_event, path) => {
      if (isRead(path) || extname(path) === "") this.#onChange([]);
    });
    watcher.on("error", (error) =>
      this.#connection.console.warn(`files are no more watched in ${root}: ${String(error)}`),
    );
    await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
    return watcher;
  }
}

/** For each glob the folder that its fixed part names; the root itself when it has none. */
function foldersOf({ root, settings }: DiskProject): readonly string[] {
  const folders = settings.schema.map((glob) => {
    const steps = glob.split("/");
    const wild = steps.findIndex((step) => /[*?[\]{}()!+@]/.test(step));
    return join(root, ...steps.slice(0, wild === -1 ? -1 : wild));
  });
  return [...new Set(folders)].sort();
}

function extensionsOf(projects: readonly DiskProject[]): ReadonlySet<string> {
  return new Set([".hetu", ...projects.flatMap(({ settings }) => settings.schema.map((glob) => extname(glob)))]);
}

function isOrIsWithin(path: string, folder: string): boolean {
  return path === folder || isWithin(path, folder);
}
