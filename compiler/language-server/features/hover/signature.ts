import { format } from "../../../format/format.js";
import { SourceFile } from "../../../source/source-file.js";
import { spanText } from "../../../source/span.js";
import type { Annotated, Declaration, EnumValue, Field } from "../../../syntax/tree.js";

/** Lines of a declaration that are shown; of a longer one the middle is left out. */
const MOST_LINES = 24;

const HEAD = "namespace n\n";

/** A declaration as it is written, formatted; without its comments, and not longer than a screen. */
export function signature(declaration: Declaration): string {
  const text = spanText(declaration.span);
  const formatted = format(new SourceFile("", `${HEAD}${text}\n`));
  const whole = formatted.ok ? formatted.text.slice(HEAD.length) : text;
  const lines = whole.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "" && !/^\s*\/\//.test(line));
  return fence(shortened(lines).join("\n"));
}

/** A field, a parameter or an enum value on one line. */
export function memberSignature(member: Field | EnumValue): string {
  return fence(onOneLine(spanText(member.span)));
}

/** What is written about it, as Markdown; empty when nothing is. */
export function docText({ doc }: Annotated): string {
  return doc === undefined ? "" : doc.lines.join("\n");
}

/** The declaration and its comment, and nothing that would have to be looked for. */
export function summaryText(declaration: Declaration): string {
  return paragraphs(signature(declaration), docText(declaration));
}

/** Parts of a text, empty ones left out. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** A list of facts, those that do not apply left out. */
export function facts(...lines: readonly (string | undefined)[]): string {
  return lines.flatMap((line) => (line === undefined ? [] : [`- ${line}`])).join("\n");
}

/** `a`, `b` and 3 more. */
export function listed(names: readonly string[], most = 8): string {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const text = shown.map((name) => `\`${name}\``).join(", ");
  return shown.length === names.length ? text : `${text} and ${names.length - shown.length} more`;
}

/** 1234567 as 1,234,567. */
export function grouped(number: number | bigint): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** White space between words is one space; within strings it stays. */
function onOneLine(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\r\n])*"|\s+/g, (found) => (found.startsWith('"') ? found : " "));
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  const end = lines.at(-1) === "}" ? ["}"] : [];
  const shown = lines.slice(0, MOST_LINES - end.length - 1);
  return [...shown, `  // and ${lines.length - shown.length - end.length} more`, ...end];
}

function fence(text: string): string {
  return `\`\`\`hetu\n${text}\n\`\`\``;
}
