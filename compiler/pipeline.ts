import { check } from "./check/check.js";
import type { CheckContext } from "./check/context.js";
import type { SettledDeclarations } from "./check/settled.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Model } from "./model/model.js";
import { SourceFile } from "./source/source-file.js";
import { parse, type ParsedFile } from "./syntax/parse.js";
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
  const { trees, diagnostics, build } = analyseSources(sources);
  return build === undefined ? { trees, diagnostics } : { trees, diagnostics, model: build() };
}

/** The diagnostics of {@link compileSources}, without the cost of a model. */
export function checkSources(sources: readonly Source[]): readonly Diagnostic[] {
  return analyseSources(sources).diagnostics;
}

/** A project with all that editors ask of it. */
export interface Analysis {
  /** One for each source, ordered by path. */
  readonly trees: readonly SchemaFile[];
  /** By path, then by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names and types after resolution, as far as the sources can be read. */
  readonly context: CheckContext;
  /** Builds the model; only when there are no errors. */
  readonly build: (() => Model) | undefined;
}

/** What {@link compileSources} does, stopped before the model. */
export function analyseSources(sources: readonly Source[]): Analysis {
  return analyseFiles(sources.map(({ path, text }) => parse(new SourceFile(path, text))));
}

/**
 * {@link analyseSources} of files that are parsed already, in any order.
 *
 * @param settled what is known from an earlier analysis of many of the same trees. The result is the same without it.
 */
export function analyseFiles(files: readonly ParsedFile[], settled?: SettledDeclarations): Analysis {
  const parsed = [...files].sort((a, b) => compareText(a.tree.file.path, b.tree.file.path));
  const trees = parsed.map(({ tree }) => tree);
  const syntaxProblems = parsed.flatMap(({ diagnostics }) => diagnostics);
  const { context, diagnostics, build } = check(trees, syntaxProblems, settled);
  return { trees, context, build, diagnostics: [...syntaxProblems, ...diagnostics].sort(compareDiagnostics) };
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
