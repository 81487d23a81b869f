import type { TextEdit } from "vscode-languageserver-types";
import { format } from "../../format/format.js";
import { span, type Span } from "../../source/span.js";
import type { SchemaFile } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { rangeOf } from "./places.js";
import { spacingChanges, type Change } from "./spacing-changes.js";

/** What makes a file what `hetuc fmt` makes of it; nothing while it has syntax errors. */
export function formatting(snapshot: Snapshot, path: string): TextEdit[] {
  const tree = snapshot.file(path);
  const result = tree === undefined ? undefined : format(tree.file);
  if (tree === undefined || result?.ok !== true) return [];
  const { text } = tree.file;
  const changes = spacingChanges(text, result.text) ?? [{ start: 0, end: text.length, text: result.text }];
  return changes.map((change) => editOf(tree, change));
}

/**
 * The part of {@link formatting} that changes declarations which touch a range, and the white space before each.
 *
 * @param range of offsets.
 */
export function rangeFormatting(
  snapshot: Snapshot,
  path: string,
  range: { readonly start: number; readonly end: number },
): TextEdit[] {
  const tree = snapshot.file(path);
  const result = tree === undefined ? undefined : format(tree.file);
  if (tree === undefined || result?.ok !== true) return [];
  const touched = declarationSpans(tree).filter(({ start, end }) => start <= range.end && range.start <= end);
  return (spacingChanges(tree.file.text, result.text) ?? [])
    .filter((change) => touched.some(({ start, end }) => change.end >= start && change.start < end))
    .map((change) => editOf(tree, change));
}

/** Of each declaration, its documentation and what follows it on its last line included. */
function declarationSpans({ file, namespace, declarations }: SchemaFile): Span[] {
  const nodes = namespace === undefined ? declarations : [namespace, ...declarations];
  return nodes.map((node, index) => {
    const lineEnd = file.lineEnd(file.lineOf(node.span.end));
    const next = nodes[index + 1];
    const end = Math.min(lineEnd, next === undefined ? lineEnd : (next.doc ?? next).span.start);
    return span(file, (node.doc ?? node).span.start, end);
  });
}

function editOf({ file }: SchemaFile, { start, end, text }: Change): TextEdit {
  return { range: rangeOf(span(file, start, end)), newText: text };
}
