import type { CheckContext } from "../../../check/context.js";
import { touches } from "../../../source/span.js";
import { fileNames } from "./file-names.js";
import { Scope } from "./scope.js";
import { identityOf, type Occurrence, type SchemaSymbol } from "./symbol.js";

const NONE: readonly Occurrence[] = [];

/**
 * Where everything of a snapshot is declared and named. A file's names are collected when the first question is about
 * it; the whole project is looked through for {@link occurrences} only.
 */
export class SymbolIndex {
  readonly #context: CheckContext;
  readonly #scopes: ReadonlyMap<string, () => readonly Occurrence[]>;
  readonly #byFile = new Map<string, readonly Occurrence[]>();
  #bySymbol: ReadonlyMap<object | string, readonly Occurrence[]> | undefined;

  constructor(context: CheckContext) {
    this.#context = context;
    this.#scopes = new Map(
      [...context.namespaces.values()].flatMap((namespace) =>
        namespace.files.map((file) => [file.file.path, () => fileNames(new Scope(context, namespace), file)]),
      ),
    );
  }

  /** The occurrence whose name an offset is in, or directly behind. */
  at(path: string, offset: number): Occurrence | undefined {
    const occurrences = this.inFile(path);
    let low = 0;
    let high = occurrences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((occurrences[middle]?.span.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const last = occurrences[low - 1];
    return last !== undefined && touches(last.span, offset) ? last : undefined;
  }

  /** Every place that names a symbol: declarations first, then by path and place. */
  occurrences(symbol: SchemaSymbol): readonly Occurrence[] {
    this.#bySymbol ??= this.#collect();
    return this.#bySymbol.get(identityOf(symbol)) ?? NONE;
  }

  /** Everything that a file names, by place. */
  inFile(path: string): readonly Occurrence[] {
    const known = this.#byFile.get(path);
    if (known !== undefined) return known;
    const occurrences = this.#scopes.get(path)?.() ?? NONE;
    this.#byFile.set(path, occurrences);
    return occurrences;
  }

  #collect(): ReadonlyMap<object | string, readonly Occurrence[]> {
    const bySymbol = new Map<object | string, Occurrence[]>();
    for (const { file } of this.#context.files) {
      for (const occurrence of this.inFile(file.path)) {
        const identity = identityOf(occurrence.symbol);
        const list = bySymbol.get(identity);
        if (list === undefined) bySymbol.set(identity, [occurrence]);
        else list.push(occurrence);
      }
    }
    for (const list of bySymbol.values()) list.sort(byRole);
    return bySymbol;
  }
}

/** Stable: what is of one role stays in the order of the files. */
function byRole(a: Occurrence, b: Occurrence): number {
  return Number(a.role === "reference") - Number(b.role === "reference");
}
