import type { SourceFile } from "../../source/source-file.js";
import { cellOf } from "./text-width.js";

/** A line of source as it is shown, perhaps cut at either end. */
export interface ShownLine {
  readonly text: string;
  /** The column (from 0) at which an offset of the file is shown; clamped to what is shown. */
  columnOf(offset: number): number;
}

const CUT = "…";

/** Source that is kept before the first mark when a line must be cut. */
const LEAD = 20;

/**
 * A line, at most `width` columns of it.
 * @param focus offset that must be visible: where the first mark starts.
 */
export function showLine(file: SourceFile, line: number, focus: number, width: number): ShownLine {
  const start = file.lineStart(line);
  const end = file.lineEnd(line);
  // No character takes less than one code unit, so this much decides whether the whole line fits.
  const fits = end - start <= width && columnsOf(file.text.slice(start, end)) <= width;
  const from = fits ? start : Math.max(start, beginning(file.text, Math.min(focus, end) - LEAD));
  const columns = new Map<number, number>();
  let text = from > start ? CUT : "";
  let column = text.length;
  let at = from;
  while (at < end) {
    const character = String.fromCodePoint(file.text.codePointAt(at) ?? 0);
    const cell = cellOf(character, column);
    if (!fits && column + cell.width > width - CUT.length) break;
    columns.set(at, column);
    text += cell.text;
    column += cell.width;
    at += character.length;
  }
  const last = column;
  if (at < end) text += CUT;
  return {
    text: text.trimEnd(),
    columnOf: (offset) => {
      if (offset < from) return 0;
      for (let near = offset; near >= from; near -= 1) {
        const known = columns.get(near);
        if (known !== undefined) return offset >= at ? last : known;
      }
      return last;
    },
  };
}

function columnsOf(text: string): number {
  let column = 0;
  for (const character of text) column += cellOf(character, column).width;
  return column;
}

/** Not between the halves of a surrogate pair. */
function beginning(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
