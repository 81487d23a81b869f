import type { Position, Range } from "vscode-languageserver-types";
import type { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";

/** A place as the protocol has it: both numbers from 0, characters in UTF-16 code units. */
export function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = file.position(offset);
  return { line: line - 1, character: column - 1 };
}

export function rangeOf({ file, start, end }: Span): Range {
  return { start: positionOf(file, start), end: positionOf(file, end) };
}

/** The offset of a place; past the end of a line or of the file it is that end. */
export function offsetOf(file: SourceFile, { line, character }: Position): number {
  return file.offsetAt({ line: line + 1, column: character + 1 });
}
