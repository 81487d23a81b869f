/** Columns between two tab stops. */
const TAB_WIDTH = 4;

/** What is shown for a character that would move the cursor or reorder the line. */
const REPLACEMENT = "\uFFFD";

/** Control characters, zero-width ones and those that change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\p{Cs}]/u;

/** Marks that are drawn over the character before them. */
const COMBINING = /[\p{Mn}\p{Me}]/u;

/**
 * First and last code points of characters that take two columns: East Asian Width W and F (Unicode Standard Annex 11),
 * with the emoji of the supplementary planes.
 */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** One character as a terminal shows it. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/**
 * How a character is shown: tabs as spaces up to the next stop, what cannot be shown as a replacement character.
 * @param column of the character, from 0.
 */
export function cellOf(character: string, column: number): Cell {
  if (character === "\t") {
    const width = TAB_WIDTH - (column % TAB_WIDTH);
    return { text: " ".repeat(width), width };
  }
  if (UNPRINTABLE.test(character)) return { text: REPLACEMENT, width: 1 };
  if (COMBINING.test(character)) return { text: character, width: 0 };
  const point = character.codePointAt(0) ?? 0;
  const isWide = point >= 0x1100 && WIDE.some(([first, last]) => first <= point && point <= last);
  return { text: character, width: isWide ? 2 : 1 };
}
