import * as vscode from "vscode";
import { explainMarkdown, type ExplainedCode } from "./explain-markdown";
import type { LanguageServer } from "./language-server";

/** Shows what a diagnostic means: the one at the cursor, or the one whose code is typed. */
export async function explain(server: LanguageServer, given: unknown): Promise<void> {
  const code = typeof given === "string" ? given : (codeAtCursor() ?? (await asked()));
  if (code === undefined) return;
  const page = await server.request<ExplainedCode | null>("hetu/explain", { code });
  if (page === undefined) return;
  if (page === null) {
    void vscode.window.showWarningMessage(vscode.l10n.t("There is no diagnostic {0}.", code));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: explainMarkdown(page) });
  await vscode.commands.executeCommand("markdown.showPreview", document.uri);
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
