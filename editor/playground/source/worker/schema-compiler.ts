import type {
  CodeAction,
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
import { clustersOf } from "../../../../compiler/graph/clusters.js";
import { clustersAsHtml } from "../../../../compiler/graph/page.js";
import { codeActions } from "../../../../compiler/language-server/actions/code-actions.js";
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
import { outputs, type OutputName } from "./outputs.js";

const PATH = "schema.hetu";

const uriOf = (path: string): string => path;

/** One file of a target's output. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** What the page shows of the last schema that had no errors; nothing before the first one. */
export type Output =
  { readonly kind: "files"; readonly files: readonly OutputFile[] } | { readonly kind: "graph"; readonly html: string };

/**
 * The compiler with one schema file, as the page asks it through its worker. Arguments and results are plain values;
 * places are those of the language server protocol.
 */
export class SchemaCompiler {
  readonly #workspace = new Workspace();
  /** Of the last text without errors. */
  #model: Model | undefined;

  setText(text: string): void {
    this.#workspace.set(PATH, text);
  }

  /** What `hetuc check` says of the text. */
  problems(): Diagnostic[] {
    return this.#snapshot.diagnosticsOf(PATH).map((problem) => diagnosticOf(problem, uriOf));
  }

  output(name: OutputName | "graph"): Output | undefined {
    this.#model = this.#snapshot.model ?? this.#model;
    if (this.#model === undefined) return undefined;
    if (name === "graph") {
      return { kind: "graph", html: clustersAsHtml(this.#model.namespaces.flatMap(clustersOf)) };
    }
    return { kind: "files", files: outputs[name](this.#model) };
  }

  completion(at: Position, trigger: string | undefined): CompletionList {
    return completion(this.#snapshot, PATH, this.#offset(at), undefined, trigger);
  }

  resolveCompletion(item: CompletionItem): CompletionItem {
    return resolveCompletion(this.#snapshot, item);
  }

  hover(at: Position): Hover | undefined {
    return hover(this.#snapshot, PATH, this.#offset(at));
  }

  signatureHelp(at: Position): SignatureHelp | undefined {
    return signatureHelp(this.#snapshot, PATH, this.#offset(at));
  }

  codeActions(range: Range, only: readonly string[] | undefined): CodeAction[] {
    // Nothing is stored under any name here.
    return codeActions(this.#snapshot, PATH, this.#offsets(range), only, uriOf, () => false);
  }

  formatting(): TextEdit[] {
    return formatting(this.#snapshot, PATH);
  }

  semanticTokens(): number[] {
    return semanticTokens(this.#snapshot, PATH).data;
  }

  inlayHints(range: Range): InlayHint[] {
    return inlayHints(this.#snapshot, PATH, this.#offsets(range), (kind) => kind !== "migrationValue");
  }

  foldingRanges(): FoldingRange[] {
    return foldingRanges(this.#snapshot, PATH);
  }

  selectionRanges(places: readonly Position[]): SelectionRange[] {
    return selectionRanges(
      this.#snapshot,
      PATH,
      places.map((at) => this.#offset(at)),
    );
  }

  documentHighlights(at: Position): DocumentHighlight[] {
    return documentHighlights(this.#snapshot, PATH, this.#offset(at));
  }

  definition(at: Position): LocationLink[] {
    return definition(this.#snapshot, PATH, this.#offset(at), uriOf);
  }

  references(at: Position, includeDeclaration: boolean): Location[] {
    return references(this.#snapshot, PATH, this.#offset(at), includeDeclaration, uriOf);
  }

  prepareRename(at: Position): { range: Range; placeholder: string } | Refusal {
    return prepareRename(this.#snapshot, PATH, this.#offset(at));
  }

  /** Nothing is stored under the names of a playground: no `@was`. */
  rename(at: Position, newName: string): WorkspaceEdit | Refusal {
    const options = { was: "left out", documentChanges: false } as const;
    return rename(this.#snapshot, PATH, this.#offset(at), newName, options, uriOf);
  }

  get #snapshot() {
    return this.#workspace.snapshot();
  }

  #offset(at: Position): number {
    const file = this.#snapshot.file(PATH);
    return file === undefined ? 0 : offsetOf(file.file, at);
  }

  #offsets({ start, end }: Range): { readonly start: number; readonly end: number } {
    return { start: this.#offset(start), end: this.#offset(end) };
  }
}
