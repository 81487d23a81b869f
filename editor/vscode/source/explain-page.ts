import * as vscode from "vscode";
import { explainMarkdown, type ExplainedCode } from "./explain-markdown";
import type { LanguageServer } from "./language-server";

const SCHEME = "hetu-explain";

/** Pages that say what a diagnostic means. They are read-only documents, so that closing one asks nothing. */
export class ExplainPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #registration: vscode.Disposable;
  /** By code. */
  readonly #pages = new Map<string, string>();

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.#pages.get(path.slice(1).replace(/\.md$/, "")) ?? "";
  }

  /** Shows the page of a code: the given one, that of the problem at the cursor, or the one that is typed. */
  async show(given: unknown): Promise<void> {
    const code = typeof given === "string" ? given : (codeAtCursor() ?? (await asked()));
    if (code === undefined) return;
    const page = await this.#server.request<ExplainedCode | null>("hetu/explain", { code });
    if (page === undefined) return;
    if (page === null) {
      void vscode.window.showWarningMessage(vscode.l10n.t("There is no diagnostic {0}.", code));
      return;
    }
    this.#pages.set(page.code, explainMarkdown(page));
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${page.code}.md` });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function codeAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find(({ source, range }) => source === "hetuc" && range.contains(editor.selection.active));
  return here?.code === undefined ? undefined : String(typeof here.code === "object" ? here.code.value : here.code);
}

async function asked(): Promise<string | undefined> {
  return vscode.window.showInputBox({ prompt: vscode.l10n.t("The code of a diagnostic, as HT2001"), value: "HT" });
}
