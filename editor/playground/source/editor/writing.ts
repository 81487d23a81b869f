import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  type CompletionItem,
  type MarkupContent,
  type SignatureInformation,
} from "vscode-languageserver-types";
import { COMPLETION_TRIGGERS } from "../../../../compiler/language-server/features/completion.js";
import { SIGNATURE_TRIGGERS } from "../../../../compiler/language-server/features/signature-help.js";
import type { CompilerLink } from "../worker/compiler-link.js";
import { fromPosition, pathOf, toEdit, toMarkdown, toRange } from "./convert.js";
import { type editor, languages, Range } from "./monaco.js";

/** An item of Monaco's list that still knows where it comes from. */
interface Proposal extends languages.CompletionItem {
  readonly source: CompletionItem;
}

/** What helps to write: completion, hover, signature help. */
export function registerWriting(language: string, compiler: CompilerLink): void {
  languages.registerCompletionItemProvider(language, {
    triggerCharacters: [...COMPLETION_TRIGGERS],
    async provideCompletionItems(model, position, { triggerCharacter }) {
      const list = await compiler.ask("completion", pathOf(model), fromPosition(position), triggerCharacter);
      const word = model.getWordUntilPosition(position);
      const { lineNumber } = position;
      const range = new Range(lineNumber, word.startColumn, lineNumber, word.endColumn);
      return {
        incomplete: list.isIncomplete,
        suggestions: list.items.map((item) => proposalOf(item, range)),
      };
    },
    async resolveCompletionItem(item) {
      const { source } = item as Proposal;
      const { detail, documentation } = await compiler.ask("resolveCompletion", source);
      return {
        ...item,
        ...(detail === undefined ? {} : { detail }),
        ...(documentation === undefined ? {} : { documentation: toMarkdown(documentation) }),
      };
    },
  });

  languages.registerHoverProvider(language, {
    async provideHover(model, position) {
      const found = await compiler.ask("hover", pathOf(model), fromPosition(position));
      if (found === undefined) return null;
      const contents = [toMarkdown(found.contents as MarkupContent)];
      return found.range === undefined ? { contents } : { contents, range: toRange(found.range) };
    },
  });

  languages.registerSignatureHelpProvider(language, {
    signatureHelpTriggerCharacters: SIGNATURE_TRIGGERS,
    async provideSignatureHelp(model, position) {
      const found = await compiler.ask("signatureHelp", pathOf(model), fromPosition(position));
      if (found === undefined) return null;
      const { signatures, activeSignature = 0, activeParameter } = found;
      const value = {
        signatures: signatures.map(signatureOf),
        activeSignature,
        activeParameter: activeParameter ?? 0,
      };
      return { value, dispose: () => undefined };
    },
  });
}

function proposalOf(item: CompletionItem, word: Range): Proposal {
  const { label, kind, detail, documentation, sortText, filterText, insertText, textEdit, additionalTextEdits } = item;
  return {
    source: item,
    label: item.labelDetails === undefined ? label : { label, ...item.labelDetails },
    kind: KINDS[kind ?? CompletionItemKind.Text],
    insertText: textEdit?.newText ?? insertText ?? label,
    range: rangesOf(textEdit) ?? word,
    ...(item.insertTextFormat === InsertTextFormat.Snippet
      ? { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet }
      : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: toMarkdown(documentation) }),
    ...(sortText === undefined ? {} : { sortText }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(item.preselect === true ? { preselect: true } : {}),
    ...(item.commitCharacters === undefined ? {} : { commitCharacters: item.commitCharacters }),
    ...(item.tags?.includes(CompletionItemTag.Deprecated) === true
      ? { tags: [languages.CompletionItemTag.Deprecated] }
      : {}),
    ...(additionalTextEdits === undefined
      ? {}
      : { additionalTextEdits: additionalTextEdits.map((edit): editor.ISingleEditOperation => toEdit(edit)) }),
    ...(item.command === undefined
      ? {}
      : { command: { id: item.command.command, title: item.command.title, arguments: item.command.arguments ?? [] } }),
  };
}

function rangesOf(edit: CompletionItem["textEdit"]): languages.CompletionItem["range"] | undefined {
  if (edit === undefined) return undefined;
  if ("range" in edit) return toRange(edit.range);
  return { insert: toRange(edit.insert), replace: toRange(edit.replace) };
}

function signatureOf({ label, documentation, parameters = [] }: SignatureInformation): languages.SignatureInformation {
  return {
    label,
    ...(documentation === undefined ? {} : { documentation: toMarkdown(documentation) }),
    parameters: parameters.map((parameter) => ({
      label: parameter.label,
      ...(parameter.documentation === undefined ? {} : { documentation: toMarkdown(parameter.documentation) }),
    })),
  };
}

const Kind = languages.CompletionItemKind;

/** Both have the same kinds under other numbers. */
const KINDS: Readonly<Record<CompletionItemKind, languages.CompletionItemKind>> = {
  [CompletionItemKind.Text]: Kind.Text,
  [CompletionItemKind.Method]: Kind.Method,
  [CompletionItemKind.Function]: Kind.Function,
  [CompletionItemKind.Constructor]: Kind.Constructor,
  [CompletionItemKind.Field]: Kind.Field,
  [CompletionItemKind.Variable]: Kind.Variable,
  [CompletionItemKind.Class]: Kind.Class,
  [CompletionItemKind.Interface]: Kind.Interface,
  [CompletionItemKind.Module]: Kind.Module,
  [CompletionItemKind.Property]: Kind.Property,
  [CompletionItemKind.Unit]: Kind.Unit,
  [CompletionItemKind.Value]: Kind.Value,
  [CompletionItemKind.Enum]: Kind.Enum,
  [CompletionItemKind.Keyword]: Kind.Keyword,
  [CompletionItemKind.Snippet]: Kind.Snippet,
  [CompletionItemKind.Color]: Kind.Color,
  [CompletionItemKind.File]: Kind.File,
  [CompletionItemKind.Reference]: Kind.Reference,
  [CompletionItemKind.Folder]: Kind.Folder,
  [CompletionItemKind.EnumMember]: Kind.EnumMember,
  [CompletionItemKind.Constant]: Kind.Constant,
  [CompletionItemKind.Struct]: Kind.Struct,
  [CompletionItemKind.Event]: Kind.Event,
  [CompletionItemKind.Operator]: Kind.Operator,
  [CompletionItemKind.TypeParameter]: Kind.TypeParameter,
};
