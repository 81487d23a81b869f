import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { parse } from "../syntax/parse.js";
import type { SchemaFile } from "../syntax/tree.js";
import { declarationText } from "./declarations.js";
import { findGaps, type Gaps } from "./gaps.js";
import { decorated, ownLines, trailingText } from "./list.js";
import { SourceTokens } from "./source-tokens.js";

export type FormatResult =
  | { readonly ok: true; readonly text: string }
  /** The file has syntax errors, so nobody can say what its parts are; these are they. Warnings keep no file out. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Formats a file as `docs/formatting.md` describes. What it gives is formatted already: a second run changes nothing. */
export function format(file: SourceFile): FormatResult {
  const { tree, diagnostics } = parse(file);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? { ok: false, diagnostics: errors } : { ok: true, text: formatTree(tree) };
}

/**
 * Formats a file that has been parsed.
 *
 * @param tree of a text without syntax errors; what was skipped would be lost.
 */
export function formatTree(tree: SchemaFile): string {
  const source = new SourceTokens(tree);
  const nodes = [...(tree.namespace === undefined ? [] : [tree.namespace]), ...tree.declarations];
  const gaps = findGaps(
    source,
    0,
    nodes.map(({ span }) => span),
    tree.file.text.length,
  );
  const lines: string[] = [];
  // Nothing precedes the first line, so what seems to stand behind it stands above.
  lines.push(...gaps.opening.map((comment) => trailingText([comment], "").trimStart()));
  let previous = "";
  nodes.forEach((node, index) => {
    const text = declarationText(source, node);
    const apart = index > 0 && (index === 1 || previous.includes("\n") || text.includes("\n"));
    lines.push(...placed(gaps, index, text, apart, lines.length > 0));
    previous = text;
  });
  for (const comment of gaps.inside) lines.push(trailingText([comment], "").trimStart());
  lines.push(...ownLines(gaps.closing, "", lines.length > 0));
  if (lines.length === 0) return "";
  const text = `${lines.join("\n")}\n`;
  return usesCrLf(tree.file) ? text.replaceAll("\n", "\r\n") : text;
}

/** Whether a file is one of a working copy with the line breaks of Windows: its first line tells. */
function usesCrLf({ text }: SourceFile): boolean {
  return /^[^\r\n]*\r\n/.test(text);
}

/** A declaration and the comments around it; an empty line before them all when they stand apart. */
function placed(gaps: Gaps, index: number, text: string, apart: boolean, blankAllowed: boolean): string[] {
  const slot = gaps.slots[index];
  const above = ownLines(slot?.leading ?? [], "", blankAllowed);
  const lines = [...above];
  if (slot?.blankBefore === true && (blankAllowed || lines.length > 0)) lines.push("");
  lines.push(decorated(slot, text, "") + trailingText(slot?.trailing ?? [], ""));
  if (apart && blankAllowed && lines[0] !== "") lines.unshift("");
  return lines;
}
