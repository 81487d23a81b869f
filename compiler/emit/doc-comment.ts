import type { Documented } from "../model/model.js";

/**
 * The `///` text and `@deprecated` of a declaration as a TSDoc or JSDoc block; no lines when it has neither.
 * @param indent Spaces before each line.
 * @param more Further lines of text, as `@throws …`.
 */
export function docComment(documented: Documented, indent = "", more: readonly string[] = []): string[] {
  const lines = documented.doc === undefined ? [] : textLines(documented.doc);
  lines.push(...more);
  if (documented.deprecated !== undefined)
    lines.push(`@deprecated ${textLines(documented.deprecated).join(" ")}`.trim());
  if (lines.length === 0) return [];
  if (lines.length === 1 && lines[0] !== "") return [`${indent}/** ${lines[0]} */`];
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

/** Text as lines that cannot end the comment that they are put into. */
function textLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replaceAll("*/", "*\\/").trimEnd());
}
