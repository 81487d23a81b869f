import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { spanText, type Span } from "../source/span.js";
import type { Declaration, SchemaFile } from "../syntax/tree.js";
import { NAMELESS } from "./project.js";

const WORD = /[A-Za-z][A-Za-z0-9_]*/g;

/**
 * Where the parser could not read a file. One mistake should give one message: what is missing from a place that was
 * not understood, or may be declared there, is not reported again.
 */
export class BrokenPlaces {
  readonly #words: ReadonlySet<string>;
  readonly #offsets: ReadonlyMap<SourceFile, readonly number[]>;

  constructor(files: readonly SchemaFile[], syntaxProblems: readonly Diagnostic[]) {
    this.#words = collectWords(files);
    this.#offsets = collectOffsets(files, syntaxProblems);
  }

  /** Whether a name may well be declared in text that could not be read. */
  mayDeclare(name: string): boolean {
    return this.#words.has(name);
  }

  /** Whether something in or directly behind a declaration could not be read. */
  touches(declaration: Declaration): boolean {
    return this.touchesSpan(declaration.span);
  }

  /** Whether something in a span, or directly at its end, could not be read. */
  touchesSpan({ file, start, end }: Span): boolean {
    const offsets = this.#offsets.get(file);
    if (offsets === undefined) return false;
    const limit = end + trailingSpace(file.text, end);
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (offsets[low] ?? Infinity) <= limit;
  }
}

/** All words in text that no node stands for, and the names declared in files without a namespace. */
function collectWords(files: readonly SchemaFile[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const file of files) {
    for (const skipped of file.skipped) {
      for (const [word] of spanText(skipped).matchAll(WORD)) words.add(word);
    }
    if (file.namespace !== undefined) continue;
    for (const declaration of file.declarations) {
      words.add(declaration.kind === "SessionDeclaration" ? NAMELESS : declaration.name.text);
    }
  }
  return words;
}

/** Starts of unreadable stretches and of syntax errors, in order. */
function collectOffsets(
  files: readonly SchemaFile[],
  syntaxProblems: readonly Diagnostic[],
): ReadonlyMap<SourceFile, readonly number[]> {
  const offsets = new Map<SourceFile, number[]>();
  const spans = [
    ...files.flatMap((file) => file.skipped),
    ...syntaxProblems.filter(({ severity }) => severity === "error").map(({ span }) => span),
  ];
  for (const { file, start } of spans) {
    const list = offsets.get(file);
    if (list === undefined) offsets.set(file, [start]);
    else list.push(start);
  }
  for (const list of offsets.values()) list.sort((a, b) => a - b);
  return offsets;
}

function trailingSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at - from;
}
