import {
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionItemKind,
  type TextEdit,
} from "vscode-languageserver-types";
import { rangeOf } from "../places.js";
import type { Cursor } from "./cursor.js";

/** What the editor can do with proposals. */
export interface CompletionOptions {
  /** Whether it takes texts with places to fill in. */
  readonly snippets: boolean;
  /** Whether it shows Markdown; otherwise the same text is sent as plain. */
  readonly markdown: boolean;
  /** Whether it can strike deprecated names out. */
  readonly deprecatedTag: boolean;
}

/** What tells which declaration a proposal is, for {@link resolveCompletion}. */
interface ProposalData {
  readonly scope: "types" | "callables";
  readonly namespace: string;
  readonly name: string;
}

/** Something that may be written at the cursor. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** With places to fill in, as {@link place} and {@link choicePlace} write them; the label when left out. */
  readonly snippet?: string;
  /** What an editor without snippets is given; the snippet with what its places offer, when left out. */
  readonly plain?: string;
  /** How many characters behind the word at the cursor it takes the place of, too. */
  readonly swallows?: number;
  /** What is compared with what has been typed; the label when left out. */
  readonly filter?: string;
  /** From 0 to 9; lower ones come first. */
  readonly rank?: number;
  /** The place among those of one rank, up to 99,999; by label when left out. */
  readonly order?: number;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly deprecated?: boolean;
  /** Chosen first by the editor. */
  readonly preselect?: boolean;
  readonly edits?: readonly TextEdit[];
  readonly data?: ProposalData;
}

/** Proposals as the protocol has them, each in place of the word at the cursor. */
export function itemsOf(proposals: readonly Proposal[], cursor: Cursor, options: CompletionOptions): CompletionItem[] {
  const { start, end } = cursor.word;
  const eol = cursor.file.file.text.includes("\r\n") ? "\r\n" : "\n";
  return proposals.map((proposal): CompletionItem => {
    const { label, kind, snippet = escapeSnippet(label), filter, rank = 5, order, deprecated = false } = proposal;
    const { plain = plainText(snippet), swallows = 0 } = proposal;
    const hasPlaces = options.snippets && snippet.includes("$");
    const newText = (hasPlaces ? snippet : plain).replaceAll("\n", eol);
    const range = rangeOf({ file: cursor.file.file, start, end: end + swallows });
    return {
      label,
      kind,
      sortText: `${rank}${order === undefined ? "" : String(order).padStart(5, "0")}${label}`,
      filterText: filter ?? label,
      textEdit: { range, newText },
      insertTextFormat: hasPlaces ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(proposal.detail === undefined ? {} : { detail: proposal.detail }),
      ...(proposal.documentation === undefined ? {} : { documentation: markup(proposal.documentation, options) }),
      ...(deprecated && options.deprecatedTag ? { tags: [CompletionItemTag.Deprecated] } : {}),
      ...(proposal.preselect === true ? { preselect: true } : {}),
      ...(proposal.edits === undefined ? {} : { additionalTextEdits: [...proposal.edits] }),
      ...(proposal.data === undefined ? {} : { data: proposal.data }),
    };
  });
}

export function markup(
  value: string,
  { markdown }: Pick<CompletionOptions, "markdown">,
): { kind: MarkupKind; value: string } {
  return { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value };
}

/** A snippet with its places filled with what they offer first. */
export function plainText(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^}]*\|\}/g, "$1")
    .replace(/(?<!\\)\$\{?\d+\}?/g, "")
    .replace(/\\([\\$}])/g, "$1");
}

/** A text that stands for itself in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** A place to fill in, with what it offers; several of them are filled in by their number. */
export function place(number: number, text = ""): string {
  return text === "" ? `$${number}` : `\${${number}:${text}}`;
}

/** A place that is one of a few names. */
export function choicePlace(number: number, values: readonly string[]): string {
  const [only = "", second] = values;
  return second === undefined ? place(number, only) : `\${${number}|${values.join(",")}|}`;
}
