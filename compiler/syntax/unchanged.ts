import type { Declaration } from "./tree.js";

/** How a declaration was read. */
export interface Reading {
  readonly declaration: Declaration;
  /** Where the token before it, or before its attributes, ends. */
  readonly previousEnd: number;
  /** How much had gone wrong in the file before it was read, and after. */
  readonly troublesBefore: number;
  readonly troublesAfter: number;
}

/** A declaration that was read without trouble: its text, and the text around it, alone decide what it is. */
export interface CleanDeclaration {
  readonly declaration: Declaration;
  readonly previousEnd: number;
  /** Text behind this offset was not looked at. */
  readonly readTo: number;
}

/** A declaration that is in a new text as it was in an old one. */
export interface UnchangedDeclaration {
  readonly declaration: Declaration;
  /** In the new text. */
  readonly previousEnd: number;
  /** How far it has moved. */
  readonly delta: number;
}

/** By where they start in the new text. */
export type UnchangedDeclarations = ReadonlyMap<number, UnchangedDeclaration>;

export const NOTHING_UNCHANGED: UnchangedDeclarations = new Map();

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
  for (const [index, { declaration, previousEnd, troublesBefore }] of readings.entries()) {
    const next = readings[index + 1];
    if ((next?.troublesAfter ?? troubles) !== troublesBefore) continue;
    clean.push({ declaration, previousEnd, readTo: next?.declaration.span.end ?? length });
  }
  return clean;
}

/** The clean declarations of a text that lie in what a new text has in common with it at its two ends. */
export function unchangedDeclarations(
  clean: readonly CleanDeclaration[],
  before: string,
  text: string,
): UnchangedDeclarations {
  const head = commonStart(before, text);
  const tail = before.length - commonEnd(before, text, head);
  const delta = text.length - before.length;
  const unchanged = new Map<number, UnchangedDeclaration>();
  for (const { declaration, previousEnd, readTo } of clean) {
    const { start } = declaration.span;
    // With one more character, so that the last token is known to end where it did.
    if (readTo < head) unchanged.set(start, { declaration, previousEnd, delta: 0 });
    else if (previousEnd >= tail) {
      unchanged.set(start + delta, { declaration, previousEnd: previousEnd + delta, delta });
    }
  }
  return unchanged;
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** @param head what is in common at the start, which counts once. */
function commonEnd(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}
