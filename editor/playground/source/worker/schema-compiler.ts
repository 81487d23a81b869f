import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentHighlight,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import { clustersOf, type GraphCluster } from "../../../../compiler/graph/clusters.js";
import { codeActions } from "../../../../compiler/language-server/actions/code-actions.js";
import { codeLens, resolveCodeLens } from "../../../../compiler/language-server/features/code-lens.js";
import { completion, resolveCompletion } from "../../../../compiler/language-server/features/completion.js";
import { definition } from "../../../../compiler/language-server/features/definition.js";
import { diagnosticOf } from "../../../../compiler/language-server/features/diagnostics.js";
import { documentHighlights } from "../../../../compiler/language-server/features/document-highlights.js";
import { foldingRanges } from "../../../../compiler/language-server/features/folding-ranges.js";
import { formatting } from "../../../../compiler/language-server/features/formatting.js";
import { hover } from "../../../../compiler/language-server/features/hover.js";
import { inlayHints } from "../../../../compiler/language-server/features/inlay-hints.js";
import { offsetOf } from "../../../../compiler/language-server/features/places.js";
import { references } from "../../../../compiler/language-server/features/references.js";
import { prepareRename } from "../../../../compiler/language-server/features/rename/prepare-rename.js";
import type { Refusal } from "../../../../compiler/language-server/features/rename/refusal.js";
import { rename } from "../../../../compiler/language-server/features/rename/rename.js";
import { selectionRanges } from "../../../../compiler/language-server/features/selection-ranges.js";
import { semanticTokens } from "../../../../compiler/language-server/features/semantic-tokens/semantic-tokens.js";
import { signatureHelp } from "../../../../compiler/language-server/features/signature-help.js";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import type { Model } from "../../../../compiler/model/model.js";
import { inOrder, type SchemaTexts } from "../../../../compiler/playground/schema-texts.js";
import { outputs, type OutputName } from "./outputs.js";

/** The address of a file is its path. */
const uriOf = (path: string): string => path;

/** One file of a target's output. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** What the page shows of the last schema that had no errors; nothing before the first one. */
export type Output =
  | { readonly kind: "files"; readonly files: readonly OutputFile[] }
  | { readonly kind: "graph"; readonly clusters: readonly GraphCluster[] };

/** What is wrong with one file. */
export type FileProblems = readonly [path: string, problems: readonly Diagnostic[]];

/**
 * The compiler with the files of one schema, as the page asks it through its worker. Arguments and results are plain
 * values; places are those of the language server protocol, addresses are paths.
 */
export class SchemaCompiler {
  #workspace = new Workspace();
  #paths: readonly string[] = [];
  #isStored = false;
  /** Of the last texts without errors. */
  #model: Model | undefined;

  /**
   * Puts other files in the place of all that there were.
   *
   * @param isStored whether there may be data of this schema somewhere, so that renames keep it with `@was`.
   */
  setFiles(files: SchemaTexts, isStored: boolean): void {
    // Files count in the order in which a workspace has got them.
    this.#workspace = new Workspace();
    for (const [path, text] of inOrder(files)) this.#workspace.set(path, text);
    this.#paths = inOrder(files).map(([path]) => path);
    this.#isStored = isStored;
  }

  /** @param path of a file that there is. */
  setText(path: string, text: string): void {
    this.#workspace.set(path, text);
  }

  /** What `hetuc check` says, for each file. */
  problems(): readonly FileProblems[] {
    const snapshot = this.#snapshot;
    return this.#paths.map((path) => [
      path,
      snapshot.diagnosticsOf(path).map((problem) => diagnosticOf(problem, uriOf)),
    ]);
  }

  output(name: OutputName | "graph"): Output | undefined {
    this.#model = this.#snapshot.model ?? this.#model;
    if (this.#model === undefined) return undefined;
    if (name === "graph") {
      return { kind: "graph", clusters: this.#model.namespaces.flatMap(clustersOf) };
    }
    return { kind: "files", files: outputs[name](this.#model) };
  }

  completion(path: string, at: Position, trigger: string | undefined): CompletionList {
    return completion(this.#snapshot, path, this.#offset(path, at), undefined, trigger);
  }

  resolveCompletion(item: CompletionItem): CompletionItem {
    return resolveCompletion(this.#snapshot, item);
  }

  hover(path: string, at: Position): Hover | undefined {
    return hover(this.#snapshot, path, this.#offset(path, at));
  }

  signatureHelp(path: string, at: Position): SignatureHelp | undefined {
    return signatureHelp(this.#snapshot, path, this.#offset(path, at));
  }

  codeActions(path: string, range: Range, only: readonly string[] | undefined): CodeAction[] {
    return codeActions(this.#snapshot, path, this.#offsets(path, range), only, uriOf, () => this.#isStored);
  }

  codeLens(path: string): CodeLens[] {
    return codeLens(this.#snapshot, path, uriOf);
  }

  resolveCodeLens(path: string, lens: CodeLens): CodeLens {
    return resolveCodeLens(this.#snapshot, path, lens, uriOf);
  }

  formatting(path: string): TextEdit[] {
    return formatting(this.#snapshot, path);
  }

  semanticTokens(path: string): number[] {
    return semanticTokens(this.#snapshot, path).data;
  }

  inlayHints(path: string, range: Range): InlayHint[] {
    const shows = (kind: string): boolean => this.#isStored || kind !== "migrationValue";
    return inlayHints(this.#snapshot, path, this.#offsets(path, range), shows);
  }

  foldingRanges(path: string): FoldingRange[] {
    return foldingRanges(this.#snapshot, path);
  }

  selectionRanges(path: string, places: readonly Position[]): SelectionRange[] {
    return selectionRanges(
      this.#snapshot,
      path,
      places.map((at) => this.#offset(path, at)),
    );
  }

  documentHighlights(path: string, at: Position): DocumentHighlight[] {
    return documentHighlights(this.#snapshot, path, this.#offset(path, at));
  }

  definition(path: string, at: Position): LocationLink[] {
    return definition(this.#snapshot, path, this.#offset(path, at), uriOf);
  }

  references(path: string, at: Position, includeDeclaration: boolean): Location[] {
    return references(this.#snapshot, path, this.#offset(path, at), includeDeclaration, uriOf);
  }

  prepareRename(path: string, at: Position): { range: Range; placeholder: string } | Refusal {
    return prepareRename(this.#snapshot, path, this.#offset(path, at));
  }

  rename(path: string, at: Position, newName: string): WorkspaceEdit | Refusal {
    const options = { was: this.#isStored ? "included" : "left out", documentChanges: false } as const;
    return rename(this.#snapshot, path, this.#offset(path, at), newName, options, uriOf);
  }

  get #snapshot() {
    return this.#workspace.snapshot();
  }

  #offset(path: string, at: Position): number {
    const file = this.#snapshot.file(path);
    return file === undefined ? 0 : offsetOf(file.file, at);
  }

  #offsets(path: string, { start, end }: Range): { readonly start: number; readonly end: number } {
    return { start: this.#offset(path, start), end: this.#offset(path, end) };
  }
}
