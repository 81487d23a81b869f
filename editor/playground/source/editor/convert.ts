import type { Location, MarkupContent, Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type editor, type IMarkdownString, type IPosition, type IRange, type languages, Uri } from "./monaco.js";

/** Places of the protocol count from 0, those of Monaco from 1. */
export function toRange({ start, end }: Range): IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A cursor without a selection. */
export function toEmptyRange({ lineNumber, column }: IPosition): IRange {
  return { startLineNumber: lineNumber, startColumn: column, endLineNumber: lineNumber, endColumn: column };
}

export function toPosition({ line, character }: Position): IPosition {
  return { lineNumber: line + 1, column: character + 1 };
}

export function fromPosition({ lineNumber, column }: IPosition): Position {
  return { line: lineNumber - 1, character: column - 1 };
}

export function fromRange({ startLineNumber, startColumn, endLineNumber, endColumn }: IRange): Range {
  return {
    start: { line: startLineNumber - 1, character: startColumn - 1 },
    end: { line: endLineNumber - 1, character: endColumn - 1 },
  };
}

export function toEdit({ range, newText }: TextEdit): languages.TextEdit {
  return { range: toRange(range), text: newText };
}

/** The address of a file's model; the compiler's addresses are paths. */
export function uriOf(path: string): Uri {
  return Uri.from({ scheme: "inmemory", authority: "hetu", path: `/${path}` });
}

/** The path of a file's model. */
export function pathOf({ uri }: { readonly uri: Uri }): string {
  return uri.path.slice(1);
}

/** Gives the editor's model of a file. Monaco shows and changes nothing that has none. */
export type ModelOf = (path: string) => editor.ITextModel | undefined;

export function toLocation({ uri, range }: Location, modelOf: ModelOf): languages.Location {
  return { uri: modelOf(uri)?.uri ?? uriOf(uri), range: toRange(range) };
}

export function toWorkspaceEdit({ changes = {} }: WorkspaceEdit, modelOf: ModelOf): languages.WorkspaceEdit {
  const edits = Object.entries(changes).flatMap(([path, ofFile]) => {
    const versionId = modelOf(path)?.getVersionId();
    return ofFile.map((edit) => ({ resource: uriOf(path), textEdit: toEdit(edit), versionId }));
  });
  return { edits };
}

/** Of the compiler's own texts only: they hold no HTML, and none would be shown. */
export function toMarkdown(content: string | MarkupContent): IMarkdownString {
  return { value: typeof content === "string" ? content : content.value };
}
