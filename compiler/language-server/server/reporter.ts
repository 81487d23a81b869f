import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticReport,
  type ServerCapabilities,
  type WorkspaceDiagnosticParams,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import type { Home, OpenText } from "./home.js";
import { ProblemBoard } from "./problem-board.js";

/** What the reporter looks at. */
export interface Reported {
  homes(): Iterable<Home>;
  openText(uri: string): OpenText | undefined;
  /** Resolves when no project is being read. */
  quiet(): Promise<void>;
}

/**
 * Tells the editor of problems. An editor that cannot ask for them is sent them. One that can asks for those of the
 * files that are open; those of other files it is sent until it asks for them, too.
 */
export class Reporter {
  readonly #connection: Connection;
  readonly #source: Reported;
  readonly #board = new ProblemBoard();
  readonly #asks: boolean;
  readonly #canRefresh: boolean;
  /** What the editor was last sent, and for which version. */
  readonly #sent = new Map<string, { readonly resultId: string; readonly version: number | undefined }>();
  #asksForAll = false;
  readonly #onChange = new Set<() => void>();
  /** Milliseconds that the last update took. */
  cost = 0;

  constructor(connection: Connection, client: ClientCapabilities, source: Reported) {
    this.#connection = connection;
    this.#source = source;
    this.#asks = client.textDocument?.diagnostic !== undefined;
    this.#canRefresh = client.workspace?.diagnostics?.refreshSupport === true;
  }

  /** Registers what editors ask with. */
  register(): ServerCapabilities {
    if (!this.#asks) return {};
    this.#connection.languages.diagnostics.onWorkspace((params, token) => this.#answerAll(params, token));
    return {
      diagnosticProvider: { identifier: "hetuc", interFileDependencies: true, workspaceDiagnostics: true },
    };
  }

  /** The problems of one document. @param known the id of those that the editor has. */
  answer(uri: string, known: string | undefined): DocumentDiagnosticReport {
    this.#update();
    const posted = this.#board.posted.get(uri);
    if (posted === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { resultId, diagnostics } = posted;
    if (resultId === known) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
  }

  /** Brings the editor up to date. */
  report(): void {
    const began = performance.now();
    const changed = this.#update();
    this.cost = performance.now() - began;
    const gone = [...this.#sent.keys()].filter((uri) => !this.#board.posted.has(uri));
    for (const uri of [...this.#board.posted.keys(), ...gone]) this.#send(uri);
    const isOfOpen = [...changed].some((uri) => this.#source.openText(uri) !== undefined);
    if (this.#asks && this.#canRefresh && isOfOpen)
      this.#connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  #update(): ReadonlySet<string> {
    const changed = this.#board.update(this.#source.homes());
    if (changed.size > 0) for (const look of [...this.#onChange]) look();
    return changed;
  }

  #send(uri: string): void {
    const posted = this.#board.posted.get(uri);
    const version = this.#source.openText(uri)?.version;
    const isSent = !this.#asks || (version === undefined && !this.#asksForAll);
    const diagnostics = isSent ? [...(posted?.diagnostics ?? [])] : [];
    const before = this.#sent.get(uri);
    if (diagnostics.length === 0 && (before === undefined ? version === undefined || !isSent : before.resultId === ""))
      return;
    const resultId = diagnostics.length === 0 ? "" : (posted?.resultId ?? "");
    // Editors move problems along with what is typed, so the same ones are wrong in another text.
    if (before !== undefined && before.resultId === resultId && before.version === version) return;
    if (posted === undefined) this.#sent.delete(uri);
    else this.#sent.set(uri, { resultId, version });
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }

  /** Answers as soon as there is something that the editor does not know. */
  async #answerAll(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<{ items: WorkspaceDocumentDiagnosticReport[] }> {
    await this.#source.quiet();
    if (!this.#asksForAll) {
      this.#asksForAll = true;
      this.report();
    }
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    this.#update();
    for (;;) {
      const items = this.#unknown(known);
      if (items.length > 0 || token.isCancellationRequested) return { items };
      await this.#change(token);
    }
  }

  #unknown(known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const gone = [...known.keys()].filter((uri) => !this.#board.posted.has(uri));
    const others = [...this.#board.posted.values()].filter(({ uri, resultId, diagnostics }) => {
      const before = known.get(uri);
      return before === undefined ? diagnostics.length > 0 : before !== resultId;
    });
    const kind: typeof DocumentDiagnosticReportKind.Full = DocumentDiagnosticReportKind.Full;
    return [
      ...gone.map((uri) => ({ kind, uri, version: null, items: [] })),
      ...others.map(({ uri, resultId, diagnostics }) => {
        return { kind, uri, version: this.#source.openText(uri)?.version ?? null, resultId, items: [...diagnostics] };
      }),
    ];
  }

  #change(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#onChange.delete(done);
        cancelled.dispose();
        resolve();
      };
      this.#onChange.add(done);
      const cancelled = token.onCancellationRequested(done);
    });
  }
}
