import { basename, join, relative, sep } from "node:path";
import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type DidChangeWatchedFilesParams,
  ErrorCodes,
  FileChangeType,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
  type TextDocuments,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { CONFIG_FILE_NAMES } from "../../config/load-config.js";
import { offsetOf } from "../features/places.js";
import { Debounce, delayOf } from "./debounce.js";
import { filePathOf } from "./file-uris.js";
import type { DocumentView, ProjectView, Services } from "./handlers/handler.js";
import type { Home, OpenText } from "./home.js";
import { type Placement, Projects } from "./projects.js";
import { SHOWN_AFTER, withProgress } from "./progress.js";
import { Reporter } from "./reporter.js";
import { SettingsSource } from "./settings-source.js";
import { Turns } from "./turns.js";
import { Watching } from "./watching.js";

/** What the server knows of one editor, from its start to its end. */
export class Session implements Services {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly reporter: Reporter;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #settings: SettingsSource;
  readonly #turns: Turns;
  readonly #watchTurns: Turns;
  readonly #watching: Watching;
  readonly #projects: Projects;
  readonly #checking: Debounce;
  #changedFiles: Set<string> | undefined;
  #isOver = false;

  constructor(
    connection: Connection,
    documents: TextDocuments<TextDocument>,
    params: InitializeParams,
    progressAfter = SHOWN_AFTER,
  ) {
    this.connection = connection;
    this.client = params.capabilities;
    this.#documents = documents;
    this.#settings = new SettingsSource(connection, params, () => this.#settingsChanged());
    this.#turns = new Turns((error) => this.#log(error));
    this.#watchTurns = new Turns((error) => this.#log(error));
    this.#watching = new Watching(connection, this.client, (paths) => this.changedOnDisk(paths));
    this.#projects = new Projects((root, read) =>
      withProgress(connection, this.client, { title: "HeTu", message: `reading ${root}`, after: progressAfter }, read),
    );
    this.reporter = new Reporter(connection, this.client, {
      homes: () => this.#projects.homes(),
      openText: (uri) => documents.get(uri),
      quiet: () => this.#turns.quiet(),
    });
    const delay = (): number => delayOf(this.settings.diagnosticsDelay, this.reporter.cost);
    this.#checking = new Debounce(() => this.#check(), delay);
    this.changeFolders(foldersOf(params), []);
  }

  get settings(): Services["settings"] {
    return this.#settings.current;
  }

  /** The editor is ready to be asked. */
  initialized(): void {
    this.#settings.start();
  }

  async shutdown(): Promise<void> {
    this.#isOver = true;
    this.#checking.stop();
    await this.#turns.quiet();
    await this.#watchTurns.quiet();
    await this.#watching.close();
  }

  changeFolders(added: readonly { readonly uri: string }[], removed: readonly { readonly uri: string }[]): void {
    const paths = (folders: readonly { readonly uri: string }[]): string[] =>
      folders.flatMap(({ uri }) => filePathOf(uri)?.replace(/(?<=[^:/\\])[/\\]+$/, "") ?? []);
    this.#restructure(() => this.#projects.changeFolders(paths(added), paths(removed)));
  }

  opened(document: OpenText): void {
    if (isConfiguration(document.uri)) return;
    this.#restructure(async () => {
      await this.#projects.open(document);
      this.#sayWhetherAlone(document.uri);
    });
  }

  edited(document: OpenText): void {
    this.#projects.edited(document);
    if (this.#projects.placement(document.uri) !== undefined) this.#checking.trigger();
  }

  closed(document: OpenText): void {
    if (isConfiguration(document.uri)) return;
    this.#restructure(() => this.#projects.close(document.uri));
  }

  /** The editor has seen changes on disk. Those of files that are open do not count: what the editor shows does. */
  watchedFilesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const open = new Set(this.#documents.keys().map((uri) => filePathOf(uri)));
    const paths = changes.flatMap(({ uri, type }) => {
      const path = filePathOf(uri);
      const counts =
        path !== undefined && !(type === FileChangeType.Changed && open.has(path) && !isConfiguration(uri));
      return counts ? [path] : [];
    });
    if (paths.length > 0) this.changedOnDisk(paths);
  }

  /** Looks at the disk again. @param paths absolute; those that are read even if they seem unchanged. */
  changedOnDisk(paths: readonly string[]): void {
    if (this.#isOver) return;
    const waiting = this.#changedFiles;
    if (waiting !== undefined) {
      for (const path of paths) waiting.add(path);
      return;
    }
    this.#changedFiles = new Set(paths);
    this.#restructure(async () => {
      const named = this.#changedFiles ?? new Set();
      this.#changedFiles = undefined;
      await this.#projects.changedOnDisk(named);
    });
  }

  readonly on = <T>(
    { uri }: TextDocumentIdentifier,
    token: CancellationToken,
    answer: (view: DocumentView) => T,
  ): T | null | Promise<T | null> => {
    if (this.#isOver) throw new ResponseError(ErrorCodes.InvalidRequest, "the server has been shut down");
    const version = this.#documents.get(uri)?.version;
    const now = (): T | null => {
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (this.#documents.get(uri)?.version !== version) {
        throw new ResponseError(LSPErrorCodes.ContentModified, "the document has changed meanwhile");
      }
      try {
        const view = this.#viewOf(uri);
        return view === undefined ? null : answer(view);
      } catch (error) {
        if (!(error instanceof ResponseError)) this.#log(error);
        throw error;
      }
    };
    return this.#turns.idle ? now() : this.#turns.quiet().then(now);
  };

  readonly projects = async (): Promise<readonly ProjectView[]> => {
    await this.#turns.quiet();
    return [...this.#projects.homes()].map(projectView);
  };

  /** Does what changes which files there are, one after the other, and then checks. */
  #restructure(task: () => Promise<void>): void {
    void this.#turns.run(async () => {
      await task();
      if (this.#isOver) return;
      this.#checking.trigger();
      const { onDisk, folders } = this.#projects;
      void this.#watchTurns.run(() => this.#watching.update(onDisk, folders));
    });
  }

  /** While files are being read, half a project would be checked; behind that, everything is checked anyway. */
  #check(): void {
    if (!this.#turns.idle) return;
    try {
      this.reporter.report();
    } catch (error) {
      this.#log(error);
    }
  }

  #viewOf(uri: string): DocumentView | undefined {
    const placement = this.#projects.placement(uri) ?? this.#closedPlacement(uri);
    if (placement === undefined) return undefined;
    const { home, path } = placement;
    const view = projectView(home);
    const file = view.snapshot.file(path);
    if (file === undefined) return undefined;
    return {
      ...view,
      path,
      file,
      offsetOf: (position) => offsetOf(file.file, position),
      offsetsOf: ({ start, end }) => ({ start: offsetOf(file.file, start), end: offsetOf(file.file, end) }),
      pathOf: (other) => {
        const found = this.#projects.placement(other) ?? this.#closedPlacement(other);
        return found?.home === home ? found.path : undefined;
      },
    };
  }

  /** Of a file that is not open. */
  #closedPlacement(uri: string): Placement | undefined {
    const file = filePathOf(uri);
    if (file === undefined) return undefined;
    for (const home of this.#projects.onDisk) {
      const path = relative(home.root, file).split(sep).join("/");
      if (home.pathOf(join(home.root, path)) !== undefined) return { home, path };
    }
    return undefined;
  }

  #sayWhetherAlone(uri: string): void {
    const home = this.#projects.placement(uri)?.home;
    if (home === undefined || "root" in home) return;
    const why = home.outsideOf === undefined ? "no hetu.json lies above it" : `${home.outsideOf} does not list it`;
    this.connection.console.info(`${uri} is checked alone: ${why}`);
  }

  /** Hints and lenses that editors keep depend on settings. */
  #settingsChanged(): void {
    const { inlayHint, codeLens } = this.client.workspace ?? {};
    const refused = (): void => undefined;
    if (inlayHint?.refreshSupport === true) this.connection.languages.inlayHint.refresh().catch(refused);
    if (codeLens?.refreshSupport === true) this.connection.sendRequest("workspace/codeLens/refresh").catch(refused);
  }

  #log(error: unknown): void {
    this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function projectView(home: Home): ProjectView {
  return { snapshot: home.workspace.snapshot(), uriOf: (path) => home.uriOf(path) };
}

function isConfiguration(uri: string): boolean {
  const path = filePathOf(uri);
  return path !== undefined && CONFIG_FILE_NAMES.includes(basename(path));
}

/** Older editors open one folder and tell it otherwise. */
function foldersOf(params: InitializeParams): readonly { readonly uri: string }[] {
  const root: unknown = Reflect.get(params, "rootUri");
  return params.workspaceFolders ?? (typeof root === "string" ? [{ uri: root }] : []);
}
