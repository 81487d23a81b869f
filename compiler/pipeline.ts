import { check } from "./check/check.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Model } from "./model/model.js";
import { SourceFile } from "./source/source-file.js";
import { parse } from "./syntax/parse.js";
import type { SchemaFile } from "./syntax/tree.js";

/** One `.hetu` file as it was read. */
export interface Source {
  /** As messages show it; also what orders the files. */
  readonly path: string;
  readonly text: string;
}

export interface Compilation {
  /** One for each source, ordered by path. A tree exists for every text. */
  readonly trees: readonly SchemaFile[];
  /** Only when there are no errors. */
  readonly model?: Model;
  /** By path, then by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a project. Pure: no disk, no clock; the same sources in any order give the same result. Never throws for
 * what is in the sources.
 */
export function compileSources(sources: readonly Source[]): Compilation {
  const { build, ...result } = analyse(sources);
  return build === undefined ? result : { ...result, model: build() };
}

/** The diagnostics of {@link compileSources}, without the cost of a model. */
export function checkSources(sources: readonly Source[]): readonly Diagnostic[] {
  return analyse(sources).diagnostics;
}

function analyse(sources: readonly Source[]): Compilation & { readonly build: (() => Model) | undefined } {
  const parsed = [...sources]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, text }) => parse(new SourceFile(path, text)));
  const trees = parsed.map(({ tree }) => tree);
  const syntaxProblems = parsed.flatMap(({ diagnostics }) => diagnostics);
  const { diagnostics, build } = check(trees, syntaxProblems);
  return { trees, diagnostics: [...syntaxProblems, ...diagnostics].sort(compareDiagnostics), build };
}

function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span.file.path, b.span.file.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.code, b.code)
  );
}

/** By code unit, so that the order is the same under every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
