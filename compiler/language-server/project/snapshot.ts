import type { CheckContext } from "../../check/context.js";
import type { SettledDeclarations } from "../../check/settled.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Model } from "../../model/model.js";
import { analyseFiles, type Analysis } from "../../pipeline.js";
import type { LexedFile } from "../../syntax/lexer.js";
import type { ParsedFile } from "../../syntax/parse.js";
import type { SchemaFile } from "../../syntax/tree.js";
import { SymbolIndex } from "./symbols/symbol-index.js";

/**
 * A project at one moment: what every feature looks at. Good until its workspace gives the next one, which takes over
 * what has not changed. What nobody asks for costs nothing.
 */
export class Snapshot {
  readonly #parsed: readonly ParsedFile[];
  readonly #analysis: Analysis;
  #files: ReadonlyMap<string, SchemaFile> | undefined;
  #model: Model | undefined;
  #symbols: SymbolIndex | undefined;
  #problems: ReadonlyMap<string, readonly Diagnostic[]> | undefined;

  /** @param files in any order. @param settled what earlier snapshots have found out. */
  constructor(files: readonly ParsedFile[], settled: SettledDeclarations) {
    this.#parsed = files;
    this.#analysis = analyseFiles(files, settled);
  }

  /** Every file by path, in the order of paths. */
  get files(): ReadonlyMap<string, SchemaFile> {
    this.#files ??= new Map(this.#analysis.trees.map((tree) => [tree.file.path, tree]));
    return this.#files;
  }

  /** Names and types after resolution, as far as the text can be read. */
  get context(): CheckContext {
    return this.#analysis.context;
  }

  /** Of all files, by path, then by place: what `hetuc check` prints. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#analysis.diagnostics;
  }

  /** Where everything is declared and named. */
  get symbols(): SymbolIndex {
    this.#symbols ??= new SymbolIndex(this.context);
    return this.#symbols;
  }

  /** The compiled schema; `undefined` while there are errors. */
  get model(): Model | undefined {
    this.#model ??= this.#analysis.build?.();
    return this.#model;
  }

  /** A file of the project; `undefined` when it has none at the path. */
  file(path: string): SchemaFile | undefined {
    return this.files.get(path);
  }

  /** What a file is made of, before it was parsed. */
  lexed(path: string): LexedFile | undefined {
    return this.#parsed.find(({ tree }) => tree.file.path === path)?.lexed;
  }

  /** Of one file, by place. */
  diagnosticsOf(path: string): readonly Diagnostic[] {
    this.#problems ??= byPath(this.diagnostics);
    return this.#problems.get(path) ?? [];
  }
}

function byPath(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const lists = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { path } = diagnostic.span.file;
    const list = lists.get(path);
    if (list === undefined) lists.set(path, [diagnostic]);
    else list.push(diagnostic);
  }
  return lists;
}
