import type { SelectionRange } from "vscode-languageserver-types";
import type { SourceFile } from "../../source/source-file.js";
import { span, type Span } from "../../source/span.js";
import type { Snapshot } from "../project/snapshot.js";
import { rangeOf } from "./places.js";
import { extentOf, nodesAt, type SyntaxNode } from "./syntax-nodes.js";

/**
 * For each offset what an editor selects step by step: the name, the type or value around it, the member, the inside
 * of the braces, the declaration, the same with its documentation, the file.
 */
export function selectionRanges(snapshot: Snapshot, path: string, offsets: readonly number[]): SelectionRange[] {
  const tree = snapshot.file(path);
  if (tree === undefined) return [];
  const { file } = tree;
  return offsets.map((offset) => {
    const spans = nodesAt(tree, offset).flatMap((node) => spansOf(node, offset));
    return chain([wordAt(file, offset), ...spans, span(file, 0, file.text.length)]);
  });
}

function spansOf(node: SyntaxNode, offset: number): Span[] {
  const spans = [node.span, extentOf(node)];
  if (node.kind === "StringLiteral") spans.push(inner(node.span));
  const list = "body" in node ? node.body : "parentheses" in node ? node.parentheses : undefined;
  if (list !== undefined) spans.push(list, inner(list));
  return spans.filter(({ start, end }) => start <= offset && offset <= end);
}

/** A span without its delimiters. */
function inner({ file, start, end }: Span): Span {
  return span(file, Math.min(start + 1, end), Math.max(start + 1, end - 1));
}

function wordAt(file: SourceFile, offset: number): Span {
  const isWord = (at: number): boolean => /[\p{L}\p{N}\p{Cs}_]/u.test(file.text.charAt(at));
  let start = offset;
  while (start > 0 && isWord(start - 1)) start -= 1;
  let end = offset;
  while (end < file.text.length && isWord(end)) end += 1;
  return span(file, start, end);
}

/** Spans from the innermost outwards, each within the next. */
function chain(spans: readonly Span[]): SelectionRange {
  const outwards = [...spans].sort((a, b) => a.end - a.start - (b.end - b.start));
  const kept: Span[] = [];
  for (const each of outwards) {
    const last = kept.at(-1);
    const isWider = last === undefined || each.end - each.start > last.end - last.start;
    if (isWider && (last === undefined || (each.start <= last.start && last.end <= each.end))) kept.push(each);
  }
  const [outermost, ...inwards] = kept.reverse();
  let range: SelectionRange = { range: rangeOf(outermost ?? (spans[0] as Span)) };
  for (const each of inwards) range = { range: rangeOf(each), parent: range };
  return range;
}
