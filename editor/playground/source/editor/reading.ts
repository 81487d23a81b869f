import {
  DocumentHighlightKind,
  InlayHintKind,
  type CodeLens,
  type InlayHint,
  type Location,
  type Position,
  type SelectionRange,
} from "vscode-languageserver-types";
import { isRefusal } from "../../../../compiler/language-server/features/rename/refusal.js";
import { LEGEND } from "../../../../compiler/language-server/features/semantic-tokens/legend.js";
import type { CompilerLink } from "../worker/compiler-link.js";
import {
  fromPosition,
  fromRange,
  type ModelOf,
  pathOf,
  toEdit,
  toEmptyRange,
  toLocation,
  toMarkdown,
  toPosition,
  toRange,
  toWorkspaceEdit,
  uriOf,
} from "./convert.js";
import { type IRange, languages } from "./monaco.js";

/** A lens of Monaco's that still knows where it comes from. */
interface Lens extends languages.CodeLens {
  readonly source: CodeLens;
}

const nothing = (): void => undefined;

/** What helps to read and to move: colours, hints, folds, definitions, references. */
export function registerReading(language: string, compiler: CompilerLink, modelOf: ModelOf): void {
  registerPlaces(language, compiler, modelOf);
  languages.registerDocumentSemanticTokensProvider(language, {
    getLegend: () => LEGEND,
    provideDocumentSemanticTokens: async (model) => ({
      data: new Uint32Array(await compiler.ask("semanticTokens", pathOf(model))),
    }),
    releaseDocumentSemanticTokens: nothing,
  });
  languages.registerInlayHintsProvider(language, {
    async provideInlayHints(model, range) {
      const hints = await compiler.ask("inlayHints", pathOf(model), fromRange(range));
      return { hints: hints.map(hintOf), dispose: nothing };
    },
  });
  languages.registerFoldingRangeProvider(language, {
    async provideFoldingRanges(model) {
      const ranges = await compiler.ask("foldingRanges", pathOf(model));
      return ranges.map(({ startLine, endLine, kind }) => ({
        start: startLine + 1,
        end: endLine + 1,
        ...(kind === undefined ? {} : { kind: new languages.FoldingRangeKind(kind) }),
      }));
    },
  });
  languages.registerSelectionRangeProvider(language, {
    async provideSelectionRanges(model, positions) {
      const chains = await compiler.ask("selectionRanges", pathOf(model), positions.map(fromPosition));
      return chains.map((chain) => outward(chain).map((range) => ({ range })));
    },
  });
}

function registerPlaces(language: string, compiler: CompilerLink, modelOf: ModelOf): void {
  languages.registerDefinitionProvider(language, {
    async provideDefinition(model, position) {
      const links = await compiler.ask("definition", pathOf(model), fromPosition(position));
      return links.map(({ originSelectionRange, targetUri, targetRange, targetSelectionRange }) => ({
        uri: modelOf(targetUri)?.uri ?? uriOf(targetUri),
        range: toRange(targetRange),
        targetSelectionRange: toRange(targetSelectionRange),
        ...(originSelectionRange === undefined ? {} : { originSelectionRange: toRange(originSelectionRange) }),
      }));
    },
  });
  languages.registerReferenceProvider(language, {
    async provideReferences(model, position, { includeDeclaration }) {
      const found = await compiler.ask("references", pathOf(model), fromPosition(position), includeDeclaration);
      return found.map((each) => toLocation(each, modelOf));
    },
  });
  languages.registerDocumentHighlightProvider(language, {
    async provideDocumentHighlights(model, position) {
      const found = await compiler.ask("documentHighlights", pathOf(model), fromPosition(position));
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

/** Who uses a component and who calls a system, above it. */
export function registerLenses(language: string, compiler: CompilerLink, modelOf: ModelOf): void {
  languages.registerCodeLensProvider(language, {
    async provideCodeLenses(model) {
      const lenses = await compiler.ask("codeLens", pathOf(model));
      return { lenses: lenses.map((source): Lens => ({ range: toRange(source.range), source })), dispose: nothing };
    },
    async resolveCodeLens(model, lens) {
      const { command } = await compiler.ask("resolveCodeLens", pathOf(model), (lens as Lens).source);
      if (command === undefined) return lens;
      const { title, arguments: shown = [] } = command;
      if (shown.length === 0) return { ...lens, command: { id: "", title } };
      const [path, position, locations] = shown as [string, Position, Location[]];
      const places = [uriOf(path), toPosition(position), locations.map((each) => toLocation(each, modelOf)), "peek"];
      return { ...lens, command: { id: "editor.action.peekLocations", title, arguments: places } };
    },
  });
}

/** What changes the text on request: renames, fixes, formatting. */
export function registerChanges(language: string, compiler: CompilerLink, modelOf: ModelOf): void {
  languages.registerRenameProvider(language, {
    async resolveRenameLocation(model, position) {
      const target = await compiler.ask("prepareRename", pathOf(model), fromPosition(position));
      if (!isRefusal(target)) return { range: toRange(target.range), text: target.placeholder };
      return { range: toEmptyRange(position), text: "", rejectReason: target.refused };
    },
    async provideRenameEdits(model, position, newName) {
      const edit = await compiler.ask("rename", pathOf(model), fromPosition(position), newName);
      return isRefusal(edit) ? { edits: [], rejectReason: edit.refused } : toWorkspaceEdit(edit, modelOf);
    },
  });
  languages.registerCodeActionProvider(language, {
    async provideCodeActions(model, range, { only }) {
      const kinds = only === undefined ? undefined : [only];
      const offers = await compiler.ask("codeActions", pathOf(model), fromRange(range), kinds);
      const actions = offers.map(({ title, kind, edit, isPreferred }) => ({
        title,
        ...(kind === undefined ? {} : { kind }),
        ...(edit === undefined ? {} : { edit: toWorkspaceEdit(edit, modelOf) }),
        ...(isPreferred === undefined ? {} : { isPreferred }),
      }));
      return { actions, dispose: nothing };
    },
  });
  languages.registerDocumentFormattingEditProvider(language, {
    provideDocumentFormattingEdits: async (model) => (await compiler.ask("formatting", pathOf(model))).map(toEdit),
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
