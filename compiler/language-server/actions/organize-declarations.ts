import type { Fix } from "../../diagnostics/diagnostic.js";
import { span } from "../../source/span.js";
import type { Declaration, SchemaFile } from "../../syntax/tree.js";
import { lineBreakOf, replacement } from "./edits.js";

export const ORGANIZE_DECLARATIONS = "source.organizeDeclarations.hetu";

/** What is named comes before what names it, as far as that goes. */
const ORDER: readonly Declaration["kind"][] = [
  "SessionDeclaration",
  "EnumDeclaration",
  "StructDeclaration",
  "ErrorDeclaration",
  "EventDeclaration",
  "ComponentDeclaration",
  "SystemDeclaration",
  "EndpointDeclaration",
];

/**
 * Sorts the declarations of a file by kind; those of a kind keep their order. Comments go with the declaration that
 * they stand before, or behind on its line. A file that could not be read to its end is left alone.
 */
export function organizeDeclarations({ file, declarations, skipped, namespace, comments }: SchemaFile): readonly Fix[] {
  const sorted = [...declarations].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const first = declarations[0];
  const isReadable =
    skipped.length === 0 && (namespace === undefined || namespace.span.end <= (first?.span.start ?? 0));
  if (first === undefined || !isReadable || sorted.every((each, at) => each === declarations[at])) return [];
  const lineEnd = (offset: number): number => file.lineEnd(file.lineOf(offset));
  // What stands on the last line of a declaration belongs to it, unless that is the next declaration.
  const ends = declarations.map((declaration, at) => {
    const end = declaration.span.end;
    const next = declarations[at + 1]?.span.start ?? Infinity;
    const behind = comments.filter(
      (comment) => comment.span.start >= end && comment.span.start < Math.min(next, lineEnd(end) + 1),
    );
    return Math.max(end, ...behind.map((comment) => comment.span.end));
  });
  const begin = firstStart(file.text, namespace?.span.end ?? 0, first);
  const parts = new Map(
    declarations.map((declaration, at) => [
      declaration,
      file.text.slice(at === 0 ? begin : (ends[at - 1] ?? 0), ends[at]).trim(),
    ]),
  );
  const lineBreak = lineBreakOf(file);
  const text = sorted.map((each) => parts.get(each) ?? "").join(lineBreak + lineBreak);
  return [{ title: "Sort declarations by kind", edits: [replacement(span(file, begin, ends.at(-1) ?? begin), text)] }];
}

/** Where the first declaration starts, with the comments that belong to it: those behind the last empty line. */
function firstStart(text: string, after: number, { doc, span: { start } }: Declaration): number {
  const head = doc?.span.start ?? start;
  const gap = text.slice(after, head);
  const blank = [...gap.matchAll(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/g)].at(-1);
  if (blank !== undefined) return after + blank.index + blank[0].length;
  return gap.trim() === "" ? head : after + (/^[^\r\n]*(?:\r\n|\n|\r)/.exec(gap)?.[0].length ?? gap.length);
}
