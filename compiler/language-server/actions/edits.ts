import type { Edit } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../source/source-file.js";
import { span, spanning, type Span } from "../../source/span.js";
import type { Declaration, SchemaFile } from "../../syntax/tree.js";

export function replacement(of: Span, text: string): Edit {
  return { span: of, text };
}

export function insertion(file: SourceFile, at: number, text: string): Edit {
  return { span: span(file, at, at), text };
}

/**
 * Takes something out with the white space that separates it: the whole lines when nothing else stands on them, else
 * the spaces before it, or those behind it at the start of a line.
 */
export function removal({ file, start, end }: Span): Edit {
  const { text } = file;
  let [from, to] = [start, end];
  while (isBlank(text[from - 1])) from -= 1;
  while (isBlank(text[to])) to += 1;
  const atLineStart = from === 0 || isBreak(text[from - 1]);
  const atLineEnd = to === text.length || isBreak(text[to]);
  if (atLineStart && atLineEnd) return replacement(span(file, from, file.lineStart(file.lineOf(end) + 1)), "");
  return replacement(atLineStart ? span(file, start, to) : span(file, from, end), "");
}

/**
 * Takes a declaration out with all that belongs to it: its `///` lines, comments right over it or behind it on its last
 * line, and the empty lines before it; those behind it when it is the first thing of its file.
 */
export function declarationRemoval(schema: SchemaFile, declaration: Declaration): Edit {
  const { file } = schema;
  const { text } = file;
  const start = placeBefore(schema, declaration);
  const { end } = declaration.span;
  const behind = /^[ \t]*(\/\/.*|\/\*.*?\*\/[ \t]*)?$/.exec(text.slice(end, file.lineEnd(file.lineOf(end))));
  const isFirstOnLine = text.slice(file.lineStart(file.lineOf(start)), start).trim() === "";
  if (behind === null || !isFirstOnLine) return removal(span(file, start, end));
  const to = end + behind[0].length;
  const from = skipSpace(text, start, -1);
  // A byte order mark is no text either.
  const isFirst = text.slice(0, from).replace("\ufeff", "") === "";
  return replacement(isFirst ? span(file, from, skipSpace(text, to, 1)) : span(file, from, to), "");
}

/** Goes over white space to what comes before an offset, or behind it. */
function skipSpace(text: string, from: number, step: -1 | 1): number {
  let at = from;
  const next = (): string | undefined => text[step < 0 ? at - 1 : at];
  while (isBlank(next()) || isBreak(next())) at += step;
  return at;
}

/** Takes an item out of a list, with the separator before it, or behind the first one; the last one alone as it is. */
export function itemRemoval(items: readonly { readonly span: Span }[], index: number): Edit {
  const [item, before, after] = [items[index], items[index - 1], items[index + 1]];
  if (item === undefined) throw new RangeError(`a list of ${items.length} items has none at ${index}`);
  const { file, start, end } = item.span;
  if (before !== undefined) return replacement(span(file, before.span.end, end), "");
  return after === undefined ? replacement(item.span, "") : replacement(span(file, start, after.span.start), "");
}

/**
 * Where something new goes in before a declaration: above its `///` lines, and above comments that stand right over it
 * on lines of their own.
 */
export function placeBefore({ file, comments }: SchemaFile, { doc, span: { start } }: Declaration): number {
  let place = doc?.span.start ?? start;
  for (const { span: comment } of [...comments].reverse()) {
    if (comment.end > place) continue;
    const isRightOver = /^[ \t]*(\r\n|\n|\r)[ \t]*$/.test(file.text.slice(comment.end, place));
    const before = file.text.slice(file.lineStart(file.lineOf(comment.start)), comment.start);
    if (!isRightOver || before.trim() !== "") break;
    place = comment.start;
  }
  return place;
}

/** The line break that a file uses. */
export function lineBreakOf({ text }: SourceFile): string {
  const at = text.search(/\r\n|\n|\r/);
  return at < 0 ? "\n" : text.startsWith("\r\n", at) ? "\r\n" : (text[at] ?? "\n");
}

/** What stands before the first other character of the line of an offset. */
export function indentAt(file: SourceFile, offset: number): string {
  return /^[ \t]*/.exec(file.lineText(file.lineOf(offset)))?.[0] ?? "";
}

/**
 * Edits of one or more files that touch each other, as one: those at one place in the order in which they are given,
 * what is inserted before what is replaced. Editors do not agree on the order of edits that start at one place.
 */
export function merged(edits: readonly Edit[]): readonly Edit[] {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) {
    const { path } = edit.span.file;
    byFile.set(path, [...(byFile.get(path) ?? []), edit]);
  }
  return [...byFile.values()].flatMap((own) => {
    const found: Edit[] = [];
    const isInsertion = ({ span: { start, end } }: Edit): boolean => start === end;
    own.sort((a, b) => a.span.start - b.span.start || Number(isInsertion(b)) - Number(isInsertion(a)));
    for (const edit of own) {
      const last = found.at(-1);
      if (last?.span.end !== edit.span.start) found.push(edit);
      else found[found.length - 1] = replacement(spanning(last.span, edit.span), last.text + edit.text);
    }
    return found;
  });
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}
