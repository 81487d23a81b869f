import { lookAlike, unexpectedCharacter } from "../diagnostics/codes/lexical.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { spanText, type Span } from "../source/span.js";
import { importWords } from "../syntax/foreign-words.js";
import type { Declaration, SchemaFile } from "../syntax/tree.js";
import { clauseItems } from "./clauses.js";
import { fieldsOf, type Keyword } from "./kinds.js";
import { isCallable } from "./project.js";
import { innermost } from "./innermost.js";

const WORD = /[A-Za-z][A-Za-z0-9_]*/g;

/** Characters before an error that may tell what it kept from being declared. */
const LOOK_BACK = 100;

/** Characters behind a `;` that may tell what it ends. */
const LOOK_AHEAD = 100;

/** The start of a declaration whose name is missing. */
const NAMELESS_DECLARATION = /\b(component|enum|struct|error|event|system|endpoint)[\s;]*[{(:]/g;

/** From behind the previous declaration to the start of the next one, and where the declaration itself starts. */
interface Surroundings {
  readonly from: number;
  readonly start: number;
  readonly to: number;
}

/**
 * Where the parser could not read a file. One mistake should give one message: what is missing from a place that was
 * not understood, or may be declared there, is not reported again.
 */
export class BrokenPlaces {
  readonly #words: ReadonlySet<string>;
  readonly #namelessKinds: ReadonlySet<string>;
  readonly #hasNamelessBody: boolean;
  /** Starts of unreadable stretches and of syntax errors, in order. */
  readonly #offsets: ReadonlyMap<SourceFile, readonly number[]>;
  readonly #surroundings: ReadonlyMap<Declaration, Surroundings>;
  #excuses = 0;

  constructor(files: readonly SchemaFile[], problems: readonly Diagnostic[]) {
    const syntaxProblems = problems.filter((problem) => problem.severity === "error" && !hidesNothing(problem));
    const stretches = files.flatMap((file) => file.skipped).filter((span) => !isImport(span));
    const skipped = stretches.map(spanText);
    const trees = new Map(files.map((file) => [file.file, file]));
    this.#words = new Set([
      ...skipped.flatMap((text) => text.match(WORD) ?? []),
      ...files.filter(({ namespace }) => namespace === undefined).flatMap(declaredNames),
      ...syntaxProblems.flatMap(({ span }) => wordsBefore(span, trees.get(span.file))),
    ]);
    this.#namelessKinds = new Set(
      skipped.flatMap((text) => [...text.matchAll(NAMELESS_DECLARATION)].map(([, kind]) => kind ?? "")),
    );
    this.#hasNamelessBody = skipped.some((text) => text.startsWith("{"));
    this.#offsets = collectOffsets([...stretches, ...syntaxProblems.map(({ span }) => span)]);
    this.#surroundings = new Map(files.filter(({ file }) => this.#offsets.has(file)).flatMap(surroundingsOf));
  }

  /**
   * Whether a name may well be declared in text that could not be read.
   * @param kinds what it could be declared as: a declaration without a name may be any of its kind.
   */
  mayDeclare(name: string, ...kinds: readonly Keyword[]): boolean {
    if (this.mayName(name)) return true;
    const isNameless = this.#hasNamelessBody || kinds.some((kind) => this.#namelessKinds.has(kind));
    return this.#noted(kinds.length > 0 && isNameless);
  }

  /** Whether a name stands in text that could not be read, or right before it. */
  mayName(name: string): boolean {
    return this.#noted(this.#words.has(name));
  }

  /** Whether something in a declaration, or between it and its neighbours, could not be read. */
  touches(declaration: Declaration): boolean {
    const surroundings = this.#surroundings.get(declaration);
    if (surroundings === undefined) return false;
    return this.#noted(this.#hasOffset(declaration.span.file, surroundings.from, surroundings.to));
  }

  /** Whether a member of a declaration may stand in text that could not be read: in it, or behind it. */
  touchesMembers(declaration: Declaration): boolean {
    const surroundings = this.#surroundings.get(declaration);
    if (surroundings === undefined) return false;
    return this.#noted(this.#hasOffset(declaration.span.file, surroundings.start, surroundings.to));
  }

  /** Whether something in a span, or directly at its end, could not be read. */
  touchesSpan({ file, start, end }: Span): boolean {
    if (!this.#offsets.has(file)) return false;
    return this.#noted(this.#hasOffset(file, start, end + trailingSpace(file.text, end)));
  }

  /** Whether something in a file could not be read. */
  touchesFile(file: SourceFile): boolean {
    return this.#noted(this.#offsets.has(file));
  }

  /** How often the answer was one that may have kept a rule from reporting something. */
  get excuses(): number {
    return this.#excuses;
  }

  #noted(isExcuse: boolean): boolean {
    if (isExcuse) this.#excuses += 1;
    return isExcuse;
  }

  #hasOffset(file: SourceFile, from: number, to: number): boolean {
    const offsets = this.#offsets.get(file);
    if (offsets === undefined) return false;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return (offsets[low] ?? Infinity) <= to;
  }
}

/** What only looks wrong was read as it was meant, and a `;` that ends a line or a field keeps nothing from being read. */
function hidesNothing({ code, span }: Diagnostic): boolean {
  if (code === lookAlike.code || isImport(span)) return true;
  const { file, start, end } = span;
  return (
    code === unexpectedCharacter.code &&
    /^;[ \t]*($|[\r\n}]|\/\/|\w+\??[ \t]*:)/.test(file.text.slice(start, end + LOOK_AHEAD))
  );
}

/** What other languages import is understood, and nothing is declared by it. */
function isImport({ file, start, end }: Span): boolean {
  const text = file.text.slice(start, end);
  return importWords.has(/^\w+/.exec(text)?.[0] ?? "") && file.lineOf(start) === file.lineOf(end);
}

/**
 * The last words before an error: what it kept from being declared, as in `system buy item: i32)`. Those behind which a
 * body was closed are in a declaration that was understood, and those that name a type or what a clause lists declare
 * nothing, unless a body follows them.
 */
function wordsBefore({ file, start }: Span, tree: SchemaFile | undefined): readonly string[] {
  const from = Math.max(0, start - LOOK_BACK);
  const before = file.text.slice(from, start);
  const isHead = /^[{(]/.test(file.text.slice(start));
  const closed = before.lastIndexOf("}") + 1;
  const found = [...before.slice(closed).matchAll(WORD)].slice(-2);
  return found
    .filter(({ index, 0: word }) => {
      const at = from + closed + index;
      const isNext = before.slice(at - from + word.length).trim() === "";
      return (isHead && isNext) || !isReference(tree, at);
    })
    .map(([word]) => word);
}

function isReference(tree: SchemaFile | undefined, offset: number): boolean {
  const declaration = tree?.declarations.find(({ span }) => span.start <= offset && offset < span.end);
  return (
    declaration !== undefined && referencesOf(declaration).some(({ start, end }) => start <= offset && offset < end)
  );
}

/** Where a declaration names others. */
function referencesOf(declaration: Declaration): readonly Span[] {
  if (declaration.kind === "EnumDeclaration") return [];
  const types = fieldsOf(declaration).map(({ type }) => type);
  const results = isCallable(declaration) && declaration.result !== undefined ? [declaration.result.type] : [];
  const items = isCallable(declaration) ? clauseItems(declaration).map(({ reference }) => reference.span) : [];
  return [...[...types, ...results].flatMap((type) => innermost(type)?.reference.span ?? []), ...items];
}

function declaredNames({ declarations }: SchemaFile): readonly string[] {
  return declarations.flatMap((each) => (each.kind === "SessionDeclaration" ? [] : [each.name.text]));
}

function surroundingsOf({ declarations, span }: SchemaFile): readonly (readonly [Declaration, Surroundings])[] {
  return declarations.map((declaration, index) => [
    declaration,
    {
      from: declarations[index - 1]?.span.end ?? span.start,
      start: declaration.span.start,
      to: declarations[index + 1]?.span.start ?? span.end,
    },
  ]);
}

function collectOffsets(spans: readonly Span[]): ReadonlyMap<SourceFile, readonly number[]> {
  const offsets = new Map<SourceFile, number[]>();
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
