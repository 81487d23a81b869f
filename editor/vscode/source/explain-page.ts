import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { explainMarkdown, type ExplainedCode } from "./explain-markdown";

/** Shows what a diagnostic means: the one at the cursor, or the one whose code is typed. */
export async function explain(client: LanguageClient | undefined, given: unknown): Promise<void> {
  const code = typeof given === "string" ? given : (codeAtCursor() ?? (await asked()));
  if (code === undefined || client === undefined) return;
  const page = await client.sendRequest<ExplainedCode | null>("hetu/explain", { code });
  if (page === null) {
    void vscode.window.showWarningMessage(`There is no diagnostic ${code}.`);
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
  return vscode.window.showInputBox({ prompt: "The code of a diagnostic, as HT2001", value: "HT" });
}
