import { commentText, endsLine } from "./comment-text.js";
import type { Gaps, OwnLine, Slot } from "./gaps.js";
import type { Comment } from "../syntax/tree.js";

/** Columns that a line is kept within where it can be broken. */
export const MAX_WIDTH = 120;

/** One level of indentation. */
export const INDENT = "  ";

/** Whether no comment and no item keeps a list from standing on one line. */
export function canBeFlat(gaps: Gaps, texts: readonly string[]): boolean {
  const inline = gaps.slots.every(
    ({ leading, prefix, suffix, trailing }) =>
      leading.length === 0 && trailing.length === 0 && [...prefix, ...suffix].every(isInline),
  );
  const noLines = gaps.opening.length === 0 && gaps.closing.length === 0 && gaps.inside.every(isInline);
  return inline && noLines && texts.every((text) => !text.includes("\n"));
}

/** The items and the comments among them on one line, commas between. */
export function flatList(gaps: Gaps, texts: readonly string[]): string {
  if (texts.length === 0) return gaps.inside.map((comment) => commentText(comment, "")).join(" ");
  return texts.map((text, index) => decorated(gaps.slots[index], text, "")).join(", ");
}

/**
 * The items and their comments, each on its own lines.
 *
 * @param indent of each line.
 * @param commas what stands behind an item: `between` leaves the last one without, `none` all.
 */
export function brokenList(
  gaps: Gaps,
  texts: readonly string[],
  indent: string,
  commas: "all" | "between" | "none",
): string[] {
  const lines: string[] = [];
  texts.forEach((text, index) => {
    const slot = gaps.slots[index];
    lines.push(...ownLines(slot?.leading ?? [], indent, lines.length > 0));
    if (slot?.blankBefore === true && lines.length > 0) lines.push("");
    const comma = commas === "all" || (commas === "between" && index < texts.length - 1) ? "," : "";
    lines.push(indent + decorated(slot, text, indent) + comma + trailingText(slot?.trailing ?? [], indent));
  });
  for (const comment of gaps.inside) lines.push(indent + commentText(comment, indent));
  lines.push(...ownLines(gaps.closing, indent, lines.length > 0));
  return lines;
}

/** Comments on lines of their own, with the empty lines above them. */
export function ownLines(comments: readonly OwnLine[], indent: string, blankAllowed: boolean): string[] {
  const lines: string[] = [];
  for (const { comment, blankBefore } of comments) {
    if (blankBefore && (blankAllowed || lines.length > 0)) lines.push("");
    lines.push(indent + commentText(comment, indent));
  }
  return lines;
}

/** Comments at the end of a line, with the space before them. */
export function trailingText(comments: readonly Comment[], indent: string): string {
  return comments.map((comment) => ` ${commentText(comment, indent)}`).join("");
}

/** An item with the comments before and behind it on its line. */
export function decorated(slot: Slot | undefined, text: string, indent: string): string {
  if (slot === undefined) return text;
  const before = slot.prefix.map((comment) => `${commentText(comment, indent)} `).join("");
  return before + text + trailingText(slot.suffix, indent);
}

function isInline(comment: Comment): boolean {
  return !endsLine(comment) && !/[\r\n]/.test(comment.text);
}
