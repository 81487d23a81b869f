import type { IToken } from "chevrotain";
import { misplacedDoc } from "../diagnostics/codes/syntax.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { span, type Span } from "../source/span.js";
import type { DocComment } from "./tree.js";
import { DocLine } from "./tokens.js";

/** Hands each `///` line to the declaration or member that follows it; what nobody takes is misplaced. */
export class DocComments {
  readonly #file: SourceFile;
  readonly #lines: readonly IToken[];
  readonly #misplaced: { readonly line: IToken; readonly alone: boolean }[] = [];
  #next = 0;

  /** @param comments all of a file, in source order. */
  constructor(file: SourceFile, comments: readonly IToken[]) {
    this.#file = file;
    this.#lines = comments.filter((comment) => comment.tokenType === DocLine);
  }

  /** Number of lines that were found to document nothing so far. */
  get misplaced(): number {
    return this.#misplaced.length;
  }

  /** Whether a line before an offset has neither been taken nor found to be misplaced. */
  hasLeft(offset: number): boolean {
    return this.#peek(offset) !== undefined;
  }

  /** Passes over the lines before an offset: what they document is there already. */
  passTo(offset: number): void {
    while (this.hasLeft(offset)) this.#next += 1;
  }

  /**
   * The documentation of what starts at an offset. Offsets must not go back from call to call.
   *
   * @param previousEnd where the token before it ends: lines before that belong to nothing.
   */
  takeBefore(offset: number, previousEnd: number): DocComment | undefined {
    if (this.#peek(offset) === undefined) return undefined;
    const taken: IToken[] = [];
    for (let line = this.#peek(offset); line !== undefined; line = this.#peek(offset)) {
      this.#next += 1;
      const alone = this.#standsAlone(line);
      if (alone && line.startOffset >= previousEnd) taken.push(line);
      else this.#misplaced.push({ line, alone });
    }
    const [first] = taken;
    const last = taken.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const place = span(this.#file, first.startOffset, last.startOffset + last.image.length);
    return { kind: "DocComment", span: place, lines: withoutIndent(taken.map(textOf)) };
  }

  /**
   * A warning for every line that documents nothing; one for a block of them.
   *
   * @param skipped source that was not understood: lines in it are not judged.
   */
  warnings(skipped: readonly Span[]): Diagnostic[] {
    for (let line = this.#peek(Infinity); line !== undefined; line = this.#peek(Infinity)) {
      this.#next += 1;
      this.#misplaced.push({ line, alone: this.#standsAlone(line) });
    }
    const warnings: Diagnostic[] = [];
    let previousLine = -1;
    for (const { line, alone } of this.#misplaced) {
      const at = this.#file.lineOf(line.startOffset);
      const continues = alone && at === previousLine + 1;
      previousLine = alone ? at : -1;
      if (continues || skipped.some(({ start, end }) => start <= line.startOffset && line.startOffset < end)) continue;
      const place = span(this.#file, line.startOffset, line.startOffset + line.image.length);
      warnings.push(diagnose(misplacedDoc, { alone }, place));
    }
    return warnings;
  }

  #peek(before: number): IToken | undefined {
    const line = this.#lines[this.#next];
    return line !== undefined && line.startOffset < before ? line : undefined;
  }

  #standsAlone(line: IToken): boolean {
    const { text } = this.#file;
    for (let at = line.startOffset - 1; at >= 0; at -= 1) {
      const character = text[at];
      if (character === "\n" || character === "\r") return true;
      if (character !== " " && character !== "\t" && character !== "\ufeff") return false;
    }
    return true;
  }
}

function textOf(line: IToken): string {
  return line.image.slice("///".length).trimEnd();
}

function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line !== "").map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line) => line.slice(common));
}
