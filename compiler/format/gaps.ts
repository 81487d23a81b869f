import type { Comment } from "../syntax/tree.js";
import { endsLine } from "./comment-text.js";
import type { SourceTokens } from "./source-tokens.js";

/** A stretch of source that is printed as a whole. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A comment on lines of its own. */
export interface OwnLine {
  readonly comment: Comment;
  readonly blankBefore: boolean;
}

/** The comments around one item of a list, by where they are printed. */
export interface Slot {
  /** Lines above the item. */
  readonly leading: OwnLine[];
  /** Whether an empty line stood directly above the item. */
  blankBefore: boolean;
  /** On the line of the item, before it. */
  readonly prefix: Comment[];
  /** Behind the item, before its comma. */
  readonly suffix: Comment[];
  /** Behind the item and its comma, at the end of the line. */
  readonly trailing: Comment[];
}

export interface Gaps {
  /** On the line of what opens the list, at its end. */
  readonly opening: Comment[];
  readonly slots: readonly Slot[];
  /** Lines of their own between the last item and what closes the list. */
  readonly closing: OwnLine[];
  /** In a list without items: between the delimiters, on one line. */
  readonly inside: Comment[];
}

/**
 * Says of each comment between the items of a list what it belongs to: what stands on the line of an item belongs to
 * that item, anything else to what follows.
 *
 * @param open where what comes before the list ends.
 * @param close where what closes the list starts.
 */
export function findGaps(source: SourceTokens, open: number, items: readonly Stretch[], close: number): Gaps {
  const slots = items.map((): Slot => ({ leading: [], blankBefore: false, prefix: [], suffix: [], trailing: [] }));
  const gaps: Gaps = { opening: [], slots, closing: [], inside: [] };
  for (let index = 0; index <= items.length; index += 1) {
    const from = items[index - 1]?.end ?? open;
    const to = items[index]?.start ?? close;
    fillGap(source, gaps, slots[index - 1], slots[index], from, to);
  }
  return gaps;
}

function fillGap(
  source: SourceTokens,
  gaps: Gaps,
  previous: Slot | undefined,
  next: Slot | undefined,
  from: number,
  to: number,
): void {
  let at = from;
  let onPreviousLine = true;
  for (const comment of source.comments(from, to)) {
    const { start, end } = comment.span;
    const breaksBefore = source.breaks(at, start);
    if (breaksBefore > 0) onPreviousLine = false;
    const blankBefore = breaksBefore > 1;
    const breaksAfter = source.breaks(end, to) > 0;
    at = end;
    if (onPreviousLine && previous !== undefined && !endsLine(comment) && source.hasComma(end, to)) {
      previous.suffix.push(comment);
    } else if (onPreviousLine && breaksAfter) (previous?.trailing ?? gaps.opening).push(comment);
    else if (!onPreviousLine && (breaksAfter || next === undefined)) {
      (next?.leading ?? gaps.closing).push({ comment, blankBefore });
    } else if (onPreviousLine && previous !== undefined && next === undefined) {
      previous.suffix.push(comment);
    } else if (next === undefined) gaps.inside.push(comment);
    else {
      if (blankBefore) next.blankBefore = true;
      next.prefix.push(comment);
    }
  }
  if (next !== undefined && source.breaks(at, to) > 1) next.blankBefore = true;
}
