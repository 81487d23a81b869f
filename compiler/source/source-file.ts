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
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /**
   * Gives the file another text. Spans of it then mean other characters: only for the one who moves those that are
   * kept, and lets go of the others.
   */
  replaceText(text: string): void {
    this.#text = text;
    this.#lineStarts = undefined;
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
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return low + 1;
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

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) starts.push(at + 1);
  }
  return starts;
}
