import type { MarkupContent, Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { editor, IMarkdownString, IPosition, IRange, languages } from "./monaco.js";

/** Places of the protocol count from 0, those of Monaco from 1. */
export function toRange({ start, end }: Range): IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
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

/** Every edit is of the one file that there is. */
export function toWorkspaceEdit({ changes = {} }: WorkspaceEdit, model: editor.ITextModel): languages.WorkspaceEdit {
  const edits = Object.values(changes).flat();
  return {
    edits: edits.map((edit) => ({
      resource: model.uri,
      textEdit: toEdit(edit),
      versionId: model.getVersionId(),
    })),
  };
}

/** Of the compiler's own texts only: they hold no HTML, and none would be shown. */
export function toMarkdown(content: string | MarkupContent): IMarkdownString {
  return { value: typeof content === "string" ? content : content.value };
}
