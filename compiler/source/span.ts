import type { SourceFile } from "./source-file.js";

/** A stretch of a file: UTF-16 offsets, `end` exclusive. May be empty: a place between two characters. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The span from `start` up to, not including, `end`. */
export function span(file: SourceFile, start: number, end: number): Span {
  return { file, start, end };
}

/** The source text under a span. */
export function spanText(of: Span): string {
  return of.file.text.slice(of.start, of.end);
}

/** From the start of `first` to the end of `last`, both in the file of `first`. */
export function spanning(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: Math.max(first.end, last.end) };
}

/** Whether an offset lies in a span or directly behind it, where an editor's cursor still means it. */
export function touches(of: Span, offset: number): boolean {
  return of.start <= offset && offset <= of.end;
}
