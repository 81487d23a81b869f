import { lowerBound, replaceItems } from "./ordered.js";
import { changeBetween, shiftOf } from "./text-change.js";

/** A place in a file as people count: both numbers start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * One text with the path that messages show for it. Offsets are in UTF-16 code units, like JavaScript's string
 * indices and the positions of the language server protocol. A line ends with `\n`, `\r\n` or a lone `\r`.
 */
export class SourceFile {
  /** As it is shown to people and compared between files; never opened from here. */
  readonly path: string;
  #text: string;
  #lineStarts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /**
   * Gives the file another text. Spans of it then mean other characters: only for the one who moves those that are
   * kept, and lets go of the others. Costs what has changed.
   *
   * @param change from the text before to this one, when it is known already.
   */
  replaceText(text: string, change = changeBetween(this.#text, text)): void {
    this.#text = text;
    const starts = this.#lineStarts;
    if (starts === undefined) return;
    // Whether a line starts somewhere, the characters on both sides decide; the first line always starts at 0.
    const from = Math.max(1, change.start);
    const found: number[] = [];
    for (let at = from; at <= change.newEnd; at += 1) if (startsLine(text, at)) found.push(at);
    const shift = shiftOf(change);
    const [first, behind] = [lowerBound(starts, from, itself), lowerBound(starts, change.oldEnd + 1, itself)];
    replaceItems(starts, first, behind, found, (start) => start + shift);
  }

  /** Number of lines; an empty text has one. */
  get lineCount(): number {
    return this.#starts().length;
  }

  /**
   * Line and column of an offset; the column counts UTF-16 code units.
   *
   * @param offset clamped to the text.
   */
  position(offset: number): Position {
    const clamped = this.#clamp(offset);
    const line = this.lineOf(clamped);
    return { line, column: clamped - this.lineStart(line) + 1 };
  }

  /**
   * Like `position`, but a character outside the basic plane counts once: what an editor's status bar shows, and
   * what messages print.
   */
  displayPosition(offset: number): Position {
    const clamped = this.#clamp(offset);
    const line = this.lineOf(clamped);
    let column = 1;
    for (let at = this.lineStart(line); at < clamped; column += 1) {
      at += (this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
    return { line, column };
  }

  /** The line (from 1) that an offset lies in; a line break belongs to the line that it ends. */
  lineOf(offset: number): number {
    const starts = this.#starts();
    const clamped = this.#clamp(offset);
    return lowerBound(starts, clamped + 1, itself);
  }

  /** Offset of the first character of a line; lines outside the text give its start or its end. */
  lineStart(line: number): number {
    if (line < 1) return 0;
    return this.#starts()[line - 1] ?? this.text.length;
  }

  /** Offset just behind the last character of a line, its line break left out. */
  lineEnd(line: number): number {
    const start = this.lineStart(line);
    let end = line < this.lineCount ? this.lineStart(line + 1) : this.text.length;
    if (end > start && this.text.charCodeAt(end - 1) === LINE_FEED) end -= 1;
    if (end > start && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
    return end;
  }

  /** The text of a line (from 1) without its line break; empty for a line that does not exist. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** The offset of a position in UTF-16 code units, clamped to the line and the text. */
  offsetAt(position: Position): number {
    const start = this.lineStart(position.line);
    const end = this.lineEnd(position.line);
    return Math.min(Math.max(start, start + position.column - 1), Math.max(start, end));
  }

  #clamp(offset: number): number {
    return Math.min(Math.max(0, offset), this.text.length);
  }

  #starts(): readonly number[] {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts;
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 1; at <= text.length; at += 1) if (startsLine(text, at)) starts.push(at);
  return starts;
}

/** Whether a line break ends directly before an offset. */
function startsLine(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before === LINE_FEED || (before === CARRIAGE_RETURN && text.charCodeAt(at) !== LINE_FEED);
}

function itself(start: number): number {
  return start;
}
