import { shiftOf, type TextChange } from "../source/text-change.js";
import type { Declaration } from "./tree.js";

/** How a declaration was read. */
export interface Reading {
  readonly declaration: Declaration;
  /** Where the token before it, or before its attributes, ends. */
  readonly previousEnd: number;
  /** How many it is made of. */
  readonly tokens: number;
  /** How much had gone wrong in the file before it was read, and after. */
  readonly troublesBefore: number;
  readonly troublesAfter: number;
}

/** A declaration that was read without trouble: its text, and the text around it, alone decide what it is. */
export interface CleanDeclaration {
  readonly declaration: Declaration;
  readonly previousEnd: number;
  readonly tokens: number;
  /** Text behind this offset was not looked at. */
  readonly readTo: number;
}

/** A declaration that is in a new text as it was in an old one. */
export interface UnchangedDeclaration {
  readonly declaration: Declaration;
  /** In the new text. */
  readonly previousEnd: number;
  readonly tokens: number;
  /** How far it has moved. */
  readonly delta: number;
}

/**
 * What can be taken over from a parse. To find the end of a declaration the parser looks into the next one; when that
 * is clean too, it never looks behind that one.
 */
export function cleanDeclarations(
  readings: readonly Reading[],
  troubles: number,
  length: number,
): readonly CleanDeclaration[] {
  const clean: CleanDeclaration[] = [];
  for (const [index, { declaration, previousEnd, tokens, troublesBefore }] of readings.entries()) {
    const next = readings[index + 1];
    if ((next?.troublesAfter ?? troubles) !== troublesBefore) continue;
    clean.push({ declaration, previousEnd, tokens, readTo: next?.declaration.span.end ?? length });
  }
  return clean;
}

/** The clean declarations of a text that lie before or behind what has changed of it; each is to be had once. */
export class UnchangedDeclarations {
  readonly #clean: readonly CleanDeclaration[];
  readonly #change: TextChange;
  readonly #delta: number;
  #next = 0;

  /** @param clean of the old text, in source order. */
  constructor(clean: readonly CleanDeclaration[], change: TextChange) {
    this.#clean = clean;
    this.#change = change;
    this.#delta = shiftOf(change);
  }

  /** The one that starts at an offset of the new text. Offsets must not go back from call to call. */
  take(start: number): UnchangedDeclaration | undefined {
    for (let each = this.#clean[this.#next]; each !== undefined; each = this.#clean[this.#next]) {
      const delta = this.#deltaOf(each);
      const at = delta === undefined ? -1 : each.declaration.span.start + delta;
      if (at > start) return undefined;
      this.#next += 1;
      if (delta === undefined || at < start) continue;
      const { declaration, previousEnd, tokens } = each;
      return { declaration, previousEnd: previousEnd + delta, tokens, delta };
    }
    return undefined;
  }

  #deltaOf({ previousEnd, readTo }: CleanDeclaration): number | undefined {
    // With one more character, so that the last token is known to end where it did.
    if (readTo < this.#change.start) return 0;
    return previousEnd >= this.#change.oldEnd ? this.#delta : undefined;
  }
}

export const NOTHING_UNCHANGED = new UnchangedDeclarations([], { start: 0, oldEnd: 0, newEnd: 0 });
