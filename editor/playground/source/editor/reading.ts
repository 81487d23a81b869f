import { DocumentHighlightKind, InlayHintKind, type InlayHint, type SelectionRange } from "vscode-languageserver-types";
import { isRefusal } from "../../../../compiler/language-server/features/rename/refusal.js";
import { LEGEND } from "../../../../compiler/language-server/features/semantic-tokens/legend.js";
import type { CompilerLink } from "../worker/compiler-link.js";
import { fromPosition, fromRange, toEdit, toMarkdown, toPosition, toRange, toWorkspaceEdit } from "./convert.js";
import { type IRange, languages } from "./monaco.js";

const nothing = (): void => undefined;

/** What helps to read and to move: colours, hints, folds, definitions, references. */
export function registerReading(language: string, compiler: CompilerLink): void {
  registerPlaces(language, compiler);
  languages.registerDocumentSemanticTokensProvider(language, {
    getLegend: () => LEGEND,
    provideDocumentSemanticTokens: async () => ({ data: new Uint32Array(await compiler.ask("semanticTokens")) }),
    releaseDocumentSemanticTokens: nothing,
  });
  languages.registerInlayHintsProvider(language, {
    async provideInlayHints(_model, range) {
      const hints = await compiler.ask("inlayHints", fromRange(range));
      return { hints: hints.map(hintOf), dispose: nothing };
    },
  });
  languages.registerFoldingRangeProvider(language, {
    async provideFoldingRanges() {
      const ranges = await compiler.ask("foldingRanges");
      return ranges.map(({ startLine, endLine, kind }) => ({
        start: startLine + 1,
        end: endLine + 1,
        ...(kind === undefined ? {} : { kind: new languages.FoldingRangeKind(kind) }),
      }));
    },
  });
  languages.registerSelectionRangeProvider(language, {
    async provideSelectionRanges(_model, positions) {
      const chains = await compiler.ask("selectionRanges", positions.map(fromPosition));
      return chains.map((chain) => outward(chain).map((range) => ({ range })));
    },
  });
}

function registerPlaces(language: string, compiler: CompilerLink): void {
  languages.registerDefinitionProvider(language, {
    async provideDefinition({ uri }, position) {
      const links = await compiler.ask("definition", fromPosition(position));
      return links.map(({ originSelectionRange, targetRange, targetSelectionRange }) => ({
        uri,
        range: toRange(targetRange),
        targetSelectionRange: toRange(targetSelectionRange),
        ...(originSelectionRange === undefined ? {} : { originSelectionRange: toRange(originSelectionRange) }),
      }));
    },
  });
  languages.registerReferenceProvider(language, {
    async provideReferences({ uri }, position, { includeDeclaration }) {
      const found = await compiler.ask("references", fromPosition(position), includeDeclaration);
      return found.map(({ range }) => ({ uri, range: toRange(range) }));
    },
  });
  languages.registerDocumentHighlightProvider(language, {
    async provideDocumentHighlights(_model, position) {
      const found = await compiler.ask("documentHighlights", fromPosition(position));
      return found.map(({ range, kind }) => ({
        range: toRange(range),
        kind:
          kind === DocumentHighlightKind.Write
            ? languages.DocumentHighlightKind.Write
            : languages.DocumentHighlightKind.Read,
      }));
    },
  });
}

/** What changes the text on request: renames, fixes, formatting. */
export function registerChanges(language: string, compiler: CompilerLink): void {
  languages.registerRenameProvider(language, {
    async resolveRenameLocation(_model, position) {
      const target = await compiler.ask("prepareRename", fromPosition(position));
      if (!isRefusal(target)) return { range: toRange(target.range), text: target.placeholder };
      const { lineNumber, column } = position;
      const range = { startLineNumber: lineNumber, startColumn: column, endLineNumber: lineNumber, endColumn: column };
      return { range, text: "", rejectReason: target.refused };
    },
    async provideRenameEdits(model, position, newName) {
      const edit = await compiler.ask("rename", fromPosition(position), newName);
      return isRefusal(edit) ? { edits: [], rejectReason: edit.refused } : toWorkspaceEdit(edit, model);
    },
  });
  languages.registerCodeActionProvider(language, {
    async provideCodeActions(model, range, { only }) {
      const offers = await compiler.ask("codeActions", fromRange(range), only === undefined ? undefined : [only]);
      const actions = offers.map(({ title, kind, edit, isPreferred }) => ({
        title,
        ...(kind === undefined ? {} : { kind }),
        ...(edit === undefined ? {} : { edit: toWorkspaceEdit(edit, model) }),
        ...(isPreferred === undefined ? {} : { isPreferred }),
      }));
      return { actions, dispose: nothing };
    },
  });
  languages.registerDocumentFormattingEditProvider(language, {
    provideDocumentFormattingEdits: async () => (await compiler.ask("formatting")).map(toEdit),
  });
}

function hintOf({
  label,
  position,
  kind,
  tooltip,
  textEdits,
  paddingLeft,
  paddingRight,
}: InlayHint): languages.InlayHint {
  return {
    label: typeof label === "string" ? label : label.map(({ value }) => ({ label: value })),
    position: toPosition(position),
    ...(kind === undefined
      ? {}
      : { kind: kind === InlayHintKind.Type ? languages.InlayHintKind.Type : languages.InlayHintKind.Parameter }),
    ...(tooltip === undefined ? {} : { tooltip: toMarkdown(tooltip) }),
    ...(textEdits === undefined ? {} : { textEdits: textEdits.map(toEdit) }),
    ...(paddingLeft === undefined ? {} : { paddingLeft }),
    ...(paddingRight === undefined ? {} : { paddingRight }),
  };
}

function outward(range: SelectionRange): IRange[] {
  return [toRange(range.range), ...(range.parent === undefined ? [] : outward(range.parent))];
}
