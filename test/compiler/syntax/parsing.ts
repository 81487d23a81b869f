import { SourceFile } from "../../../compiler/source/source-file.js";
import { parse, type ParsedFile } from "../../../compiler/syntax/parse.js";
import type { Declaration } from "../../../compiler/syntax/tree.js";

export const HEADER = "namespace shop\n";

export function parseText(text: string): ParsedFile {
  return parse(new SourceFile("shop.hetu", text));
}

/** The codes of a text behind a namespace, each with the text that it underlines. */
export function problems(body: string): string[] {
  const text = HEADER + body;
  return parseText(text).diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`.trim());
}

/** The declarations of a text that has no problems. */
export function declarations(body: string): readonly Declaration[] {
  const { tree, diagnostics } = parseText(HEADER + body);
  if (diagnostics.length > 0) throw new Error(`unexpected: ${diagnostics.map(({ message }) => message).join("; ")}`);
  return tree.declarations;
}

/** The only declaration of a text, which must be of the given kind. */
export function declaration<Kind extends Declaration["kind"]>(
  kind: Kind,
  body: string,
): Extract<Declaration, { kind: Kind }> {
  const [first, ...rest] = declarations(body);
  if (first?.kind !== kind || rest.length > 0) throw new Error(`not one ${kind}`);
  return first as Extract<Declaration, { kind: Kind }>;
}

/** What a tree says, without where it says it: for comparing the trees of two texts. */
export function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (typeof node !== "object" || node === null) return node;
  const spans = new Set(["span", "file", "keyword", "body", "parentheses", "comments", "skipped"]);
  const entries = Object.entries(node).filter(([key, value]) => !spans.has(key) && value !== undefined);
  // The place of a `?` matters only by being there.
  return Object.fromEntries(entries.map(([key, value]) => [key, key === "optional" ? true : shape(value)]));
}
