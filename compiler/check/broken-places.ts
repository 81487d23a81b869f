import { lookAlike, unexpectedCharacter } from "../diagnostics/codes/lexical.js";
import { missingBrace, unknownDeclaration } from "../diagnostics/codes/syntax.js";
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

/** What other text must look like to be a declaration of its own behind a system. */
const DECLARATION_LIKE = /^\w+\s+(\w+\s*)?[{(]|^\w+\s*\{/;

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
  readonly #files: ReadonlySet<SourceFile>;
  /** Starts of unreadable stretches and of syntax errors that may be part of a declaration, in order. */
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
    const places = [...stretches, ...syntaxProblems.map(({ span }) => span)];
    this.#files = new Set(places.map(({ file }) => file));
    const apart = new Map<SourceFile, Span[]>();
    const within: Span[] = [];
    for (const stretch of stretches) {
      const list = apart.get(stretch.file);
      if (!isApart(stretch, trees.get(stretch.file))) within.push(stretch);
      else if (list === undefined) apart.set(stretch.file, [stretch]);
      else list.push(stretch);
    }
    const errors = syntaxProblems.filter((problem) => !concernsNone(problem, apart.get(problem.span.file)));
    this.#offsets = collectOffsets([...within, ...errors.map(placeOfError)]);
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
    return this.#noted(this.#files.has(file));
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

/** Where a declaration surely names others: without its `:` a type may be any word. */
function referencesOf(declaration: Declaration): readonly Span[] {
  if (declaration.kind === "EnumDeclaration") return [];
  const { text } = declaration.span.file;
  const types = fieldsOf(declaration)
    .filter(({ name, type }) => text.slice(name.span.end, type.span.start).includes(":"))
    .map(({ type }) => type);
  const results = isCallable(declaration) && declaration.result !== undefined ? [declaration.result.type] : [];
  const items = isCallable(declaration) ? clauseItems(declaration).map(({ reference }) => reference.span) : [];
  return [...[...types, ...results].flatMap((type) => innermost(type)?.reference.span ?? []), ...items];
}

function declaredNames({ declarations }: SchemaFile): readonly string[] {
  return declarations.flatMap((each) => (each.kind === "SessionDeclaration" ? [] : [each.name.text]));
}

/**
 * Whether text between two declarations is neither a part of the one before nor of the one behind it: it stands on lines
 * of its own, closes no more braces than it opens, and starts no attributes. Behind a system, which has no braces, only
 * what looks like a declaration does.
 */
function isApart({ file, start, end }: Span, tree: SchemaFile | undefined): boolean {
  const declarations = tree?.declarations ?? [];
  if (declarations.some(({ span }) => span.start <= start && start < span.end)) return false;
  const before = declarations.findLast(({ span }) => span.end <= start);
  const behind = declarations.find(({ span }) => end <= span.start);
  const isOnLineOf = (a: number | undefined, b: number): boolean =>
    a !== undefined && file.lineOf(a) === file.lineOf(b);
  const text = file.text.slice(start, end);
  const closes = (text.match(/\}/g) ?? []).length - (text.match(/\{/g) ?? []).length;
  if (closes > 0 || text.startsWith("@")) return false;
  if (isOnLineOf(before?.span.end, start) || isOnLineOf(behind?.span.start, end)) return false;
  return before === undefined || !isCallable(before) || DECLARATION_LIKE.test(text);
}

/** Whether an error is of text that is part of no declaration, or only of a word that stands for a keyword. */
function concernsNone({ code, span: { start } }: Diagnostic, apart: readonly Span[] = []): boolean {
  return code === unknownDeclaration.code || apart.some((span) => span.start <= start && start < span.end);
}

/** A brace that is missing is so in the declaration that it was opened in, wherever that is found out. */
function placeOfError({ code, span, related }: Diagnostic): Span {
  return code === missingBrace.code ? (related?.[0]?.span ?? span) : span;
}

function surroundingsOf({ declarations, span, file }: SchemaFile): readonly (readonly [Declaration, Surroundings])[] {
  const isOnLineOf = (a: number, b: number): boolean => file.lineOf(a) === file.lineOf(b);
  return declarations.map((declaration, index) => {
    const { start, end } = declaration.span;
    const before = declarations[index - 1]?.span.end;
    const behind = declarations[index + 1]?.span.start ?? span.end + 1;
    // The rest of a line is of the declaration that ends on it. What it lacks is found out where it ends, or where the
    // next one starts on its line.
    const from =
      before === undefined ? span.start : 1 + (isOnLineOf(before, start) ? before : file.lineEnd(file.lineOf(before)));
    return [declaration, { from, start, to: isOnLineOf(end, behind) ? behind : behind - 1 }];
  });
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
