import type { Diagnostic } from "../../../diagnostics/diagnostic.js";
import { analyseSources, type Source } from "../../../pipeline.js";
import { spanText } from "../../../source/span.js";
import type { Snapshot } from "../../project/snapshot.js";
import { SymbolIndex } from "../../project/symbols/symbol-index.js";
import type { SchemaSymbol } from "../../project/symbols/symbol.js";
import type { RenameEdit } from "./was-edit.js";

/** Says where text that could not be read has the name: whether it means the same thing there is not known. */
export function whyUnreadable(snapshot: Snapshot, symbol: SchemaSymbol, name: string): string | undefined {
  // Only rules name fields from elsewhere, and of those only the session's.
  const isLocal = symbol.kind === "field" && symbol.owner.kind !== "SessionDeclaration";
  const only = isLocal ? symbol.field.span.file.path : undefined;
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`);
  for (const { file, skipped } of snapshot.files.values()) {
    if (only !== undefined && file.path !== only) continue;
    const unread = skipped.find((span) => word.test(spanText(span)));
    if (unread === undefined) continue;
    const line = file.position(unread.start).line;
    return `\`${name}\` stands in text that cannot be read (${file.path}:${line}); correct that first.`;
  }
  return undefined;
}

/**
 * Compiles the project as it would be. A rename is wrong when that has errors which were not there before, as when two
 * names come out as one in C#, or when other places than now would mean the thing that is renamed.
 *
 * @returns why it is wrong, if it is.
 */
export function whyWrong(snapshot: Snapshot, symbol: SchemaSymbol, edits: readonly RenameEdit[]): string | undefined {
  const { context, diagnostics } = analyseSources(renamedSources(snapshot, edits));
  const problem = firstNew(snapshot.diagnostics, diagnostics, edits);
  if (problem !== undefined) {
    const { file, start } = problem.span;
    return `This would be an error: ${problem.message} (${file.path}:${file.position(start).line}).`;
  }
  const [first] = edits;
  if (first === undefined) return undefined;
  const before = snapshot.symbols.occurrences(symbol).length;
  const symbols = new SymbolIndex(context);
  const { file, start } = first.span;
  const renamed = symbols.at(
    file.path,
    shifted(
      start,
      edits.filter(({ span }) => span.file === file),
    ),
  );
  const after = renamed === undefined ? 0 : symbols.occurrences(renamed.symbol).length;
  return before === after ? undefined : `\`${first.text}\` would mean something else in other places.`;
}

/** An error of a kind of which there are more than before, at a place that has changed if there is one. */
function firstNew(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  edits: readonly RenameEdit[],
): Diagnostic | undefined {
  const counts = new Map<string, number>();
  for (const { code, severity } of before) if (severity === "error") counts.set(code, (counts.get(code) ?? 0) + 1);
  const errors = after.filter(({ severity }) => severity === "error");
  for (const { code } of errors) counts.set(code, (counts.get(code) ?? 0) - 1);
  const more = errors.filter(({ code }) => (counts.get(code) ?? 0) < 0);
  const names = new Set(edits.map(({ text }) => text.trim()));
  return more.find(({ span }) => names.has(spanText(span))) ?? more[0];
}

function renamedSources(snapshot: Snapshot, edits: readonly RenameEdit[]): Source[] {
  return [...snapshot.files.values()].map(({ file }) => ({
    path: file.path,
    text: edited(
      file.text,
      edits.filter(({ span }) => span.file.path === file.path),
    ),
  }));
}

function edited(text: string, edits: readonly RenameEdit[]): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: put } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(at, span.start), put);
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}

/** Where an offset is after edits of its file. */
function shifted(offset: number, edits: readonly RenameEdit[]): number {
  return edits
    .filter(({ span }) => span.start < offset)
    .reduce((at, { span, text }) => at + text.length - (span.end - span.start), offset);
}
