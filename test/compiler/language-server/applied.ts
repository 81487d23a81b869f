import { TextDocument } from "vscode-languageserver-textdocument";
import { TextDocumentEdit, type TextEdit, type WorkspaceEdit } from "vscode-languageserver-types";

/** A text after edits that a server has sent, as an editor applies them; those that overlap throw. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///text", "hetu", 1, text), [...edits]);
}

/** The edits of one document in a change of several. */
export function editsOf(change: WorkspaceEdit, uri: string): TextEdit[] {
  const lists = (change.documentChanges ?? []).filter(TextDocumentEdit.is);
  const found = lists.filter(({ textDocument }) => textDocument.uri === uri).flatMap(({ edits }) => edits);
  return [...(change.changes?.[uri] ?? []), ...(found as TextEdit[])];
}
