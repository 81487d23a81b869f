import type {
  CallReference,
  Declaration,
  EndpointDeclaration,
  EnumDeclaration,
  Field,
  NameReference,
  NamespaceDeclaration,
  SystemDeclaration,
} from "../syntax/tree.js";
import { flat } from "./flat.js";
import { findGaps, type Stretch } from "./gaps.js";
import { brokenList, canBeFlat, decorated, flatList, INDENT, MAX_WIDTH, ownLines, trailingText } from "./list.js";
import { alignedFields, memberText } from "./members.js";
import type { SourceTokens } from "./source-tokens.js";

type Callable = SystemDeclaration | EndpointDeclaration;

/** A declaration with its attributes, without the comments around it. */
export function declarationText(source: SourceTokens, node: Declaration | NamespaceDeclaration): string {
  const rest = { start: node.keyword.start, end: node.span.end };
  const attributes = node.attributes.map(({ span }) => span);
  const gaps = findGaps(source, node.span.start, [...attributes, rest], node.span.end);
  let out = "";
  [...attributes, rest].forEach((stretch, index) => {
    const slot = gaps.slots[index];
    const text =
      stretch === rest ? bodyText(source, node) : flat(source, stretch.start, stretch.end, { indent: INDENT });
    const item = decorated(slot, text, "");
    if (index > 0) {
      const previous = attributes[index - 1];
      const wasNewLine = previous !== undefined && source.breaks(previous.end, stretch.start) > 0;
      const lastLine = out.slice(out.lastIndexOf("\n") + 1);
      const tooLong = lastLine.length + 1 + text.length > MAX_WIDTH;
      out += stretch === rest || wasNewLine || tooLong ? "\n" : " ";
    }
    const above = (slot?.leading ?? []).map((line) => ({ ...line, blankBefore: false }));
    for (const line of ownLines(above, "", false)) out += `${line}\n`;
    out += item + trailingText(slot?.trailing ?? [], "");
  });
  return out;
}

function bodyText(source: SourceTokens, node: Declaration | NamespaceDeclaration): string {
  switch (node.kind) {
    case "NamespaceDeclaration":
      return flat(source, node.keyword.start, node.span.end, { indent: INDENT });
    case "EnumDeclaration":
      return enumText(source, node);
    case "SystemDeclaration":
    case "EndpointDeclaration":
      return callableText(source, node);
    case "SessionDeclaration":
    case "ComponentDeclaration":
    case "StructDeclaration":
    case "ErrorDeclaration":
    case "EventDeclaration":
      return recordText(source, node);
  }
}

function enumText(source: SourceTokens, node: EnumDeclaration): string {
  const head = flat(source, node.keyword.start, node.body.start + 1, { indent: INDENT });
  const gaps = findGaps(
    source,
    node.body.start + 1,
    node.values.map(({ span }) => span),
    node.body.end - 1,
  );
  const texts = node.values.map((value) => memberText(source, value, INDENT));
  return braces(source, head, node.body, gaps, texts, texts);
}

function recordText(source: SourceTokens, node: Extract<Declaration, { readonly fields: readonly Field[] }>): string {
  const head = flat(source, node.keyword.start, node.body.start + 1, { indent: INDENT });
  const gaps = findGaps(
    source,
    node.body.start + 1,
    node.fields.map(({ span }) => span),
    node.body.end - 1,
  );
  const aligned = alignedFields(source, node.fields, gaps, INDENT);
  if (node.kind === "ComponentDeclaration" && node.fields.length > 0)
    return braces(source, head, node.body, gaps, aligned);
  const texts = node.fields.map((field) => memberText(source, field, INDENT));
  return braces(source, head, node.body, gaps, aligned, texts);
}

/**
 * A body in braces.
 *
 * @param head up to the `{`.
 * @param broken the members when each has its line.
 * @param onOneLine the members when all may stand on one; left out when they may not.
 */
function braces(
  source: SourceTokens,
  head: string,
  body: Stretch,
  gaps: ReturnType<typeof findGaps>,
  broken: readonly string[],
  onOneLine?: readonly string[],
): string {
  if (onOneLine !== undefined && canBeFlat(gaps, onOneLine) && isOnOneLine(source, head, body, onOneLine.length)) {
    const inside = flatList(gaps, onOneLine);
    const line = inside === "" ? `${head}}` : `${head} ${inside} }`;
    if (lastLineLength(line) <= MAX_WIDTH) return line;
  }
  const lines = brokenList(gaps, broken, INDENT, "none");
  return [head + trailingText(gaps.opening, INDENT), ...lines, "}"].join("\n");
}

/** Whether a list stood on one line; an empty one always does. */
function isOnOneLine(source: SourceTokens, head: string, body: Stretch, items: number): boolean {
  return !head.includes("\n") && (items === 0 || source.breaks(body.start, body.end) === 0);
}

function callableText(source: SourceTokens, node: Callable): string {
  const signature = signatureText(source, node);
  const clauses = clausesOf(node);
  const from = node.result?.span.end ?? node.parentheses.end;
  const gaps = findGaps(
    source,
    from,
    clauses.map(({ stretch }) => stretch),
    node.span.end,
  );
  const flatTexts = clauses.map((clause) => flat(source, clause.stretch.start, clause.stretch.end, clauseOptions));
  if (clauses.length === 0) return signature;
  if (canBeFlat(gaps, flatTexts) && source.breaks(from, node.span.end) === 0) {
    const tail = flatTexts.map((text, index) => decorated(gaps.slots[index], text, "")).join(" ");
    if (lastLineLength(signature) + 1 + tail.length <= MAX_WIDTH) return `${signature} ${tail}`;
  }
  const texts = clauses.map((clause, index) => clauseText(source, clause, flatTexts[index] ?? ""));
  for (const slot of gaps.slots) slot.blankBefore = false;
  const lines = brokenList(gaps, texts, INDENT, "none");
  return [signature + trailingText(gaps.opening, INDENT), ...lines].join("\n");
}

/** Up to the result. */
function signatureText(source: SourceTokens, node: Callable): string {
  const { start, end } = node.parentheses;
  const head = flat(source, node.keyword.start, start + 1, { indent: INDENT });
  const result = node.result === undefined ? ")" : flat(source, end - 1, node.result.span.end, { indent: INDENT });
  const gaps = findGaps(
    source,
    start + 1,
    node.params.map(({ span }) => span),
    end - 1,
  );
  const texts = node.params.map((param) => memberText(source, param, INDENT));
  if (canBeFlat(gaps, texts) && isOnOneLine(source, head, node.parentheses, node.params.length)) {
    const line = head + flatList(gaps, texts) + result;
    if (line.split("\n").every((part) => part.length <= MAX_WIDTH) || texts.length === 0) return line;
  }
  const lines = brokenList(gaps, texts, INDENT, "all");
  return [head + trailingText(gaps.opening, INDENT), ...lines, result].join("\n");
}

interface ClausePart {
  readonly stretch: Stretch;
  readonly keyword: Stretch;
  readonly items: readonly (NameReference | CallReference)[];
}

const clauseOptions = { indent: INDENT + INDENT, tightColon: true };

/** In the order in which they are written. */
function clausesOf(node: Callable): ClausePart[] {
  return [node.uses, node.calls, node.rejects, node.emits]
    .filter((clause) => clause !== undefined)
    .map((clause) => ({ stretch: clause.span, keyword: clause.keyword, items: clause.items }))
    .sort((a, b) => a.stretch.start - b.stretch.start);
}

/** A clause on a line of its own, or its keyword and each name on one. */
function clauseText(source: SourceTokens, clause: ClausePart, onOneLine: string): string {
  if (!onOneLine.includes("\n") && INDENT.length + onOneLine.length <= MAX_WIDTH) return onOneLine;
  const gaps = findGaps(
    source,
    clause.keyword.end,
    clause.items.map(({ span }) => span),
    clause.stretch.end,
  );
  for (const slot of gaps.slots) slot.blankBefore = false;
  const texts = clause.items.map(({ span }) => flat(source, span.start, span.end, clauseOptions));
  const keyword = source.text.slice(clause.keyword.start, clause.keyword.end);
  const lines = brokenList(gaps, texts, INDENT + INDENT, "between");
  return [keyword + trailingText(gaps.opening, INDENT), ...lines].join("\n");
}

function lastLineLength(text: string): number {
  return text.length - (text.lastIndexOf("\n") + 1);
}
