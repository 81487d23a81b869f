import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { SourceFile } from "../../../compiler/source/source-file.js";
import type { Editor } from "./editor.js";

/** The proposals at the first cursor of a text, which takes the place of the whole file. */
export async function completionsAt(
  editor: Editor,
  path: string,
  source: string,
  triggerCharacter?: string,
): Promise<CompletionItem[]> {
  const { textDocument, position } = await editor.type(path, source);
  const context = triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
  const list: CompletionList = await editor.connection.sendRequest("textDocument/completion", {
    textDocument,
    position,
    context,
  });
  return list.items;
}

/** The labels of proposals in the order in which an editor shows them. */
export function labelsOf(items: readonly CompletionItem[]): string[] {
  return [...items]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** A text after a proposal has been accepted, its places to fill in filled as they are offered. */
export function accepted(text: string, item: CompletionItem): string {
  const file = new SourceFile("", text);
  const offsetAt = ({ line, character }: { line: number; character: number }): number =>
    file.offsetAt({ line: line + 1, column: character + 1 });
  if (item.textEdit === undefined || !("range" in item.textEdit)) throw new Error(`${item.label} has no edit`);
  const edits = [item.textEdit, ...(item.additionalTextEdits ?? [])];
  return edits
    .map(({ range, newText }) => ({ start: offsetAt(range.start), end: offsetAt(range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, newText }) => all.slice(0, start) + newText + all.slice(end), text);
}
