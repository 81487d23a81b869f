import type { CompletionItem } from "vscode-languageserver-types";
import { isCallable } from "../../../check/project.js";
import type { Snapshot } from "../../project/snapshot.js";
import { summaryText } from "../hover/signature.js";
import { markup, type CompletionOptions } from "./proposal.js";

/** Adds what an editor shows of the one proposal that is chosen: its declaration as it is written, and its comment. */
export function resolveCompletion(
  snapshot: Snapshot,
  item: CompletionItem,
  options: Pick<CompletionOptions, "markdown"> = { markdown: true },
): CompletionItem {
  const data: unknown = item.data;
  const namespace = snapshot.context.namespaces.get(textOf(data, "namespace"));
  const scope = textOf(data, "scope") === "callables" ? namespace?.callables : namespace?.types;
  const declaration = scope?.get(textOf(data, "name"));
  if (declaration === undefined) return item;
  const detail = isCallable(declaration) ? { detail: callForm(declaration.parentheses) } : {};
  return { ...item, ...detail, documentation: markup(summaryText(declaration), options) };
}

function callForm({ file, start, end }: { file: { text: string }; start: number; end: number }): string {
  return file.text.slice(start, end).replace(/\s+/g, " ");
}

/** What an editor sends back may be anything. */
function textOf(data: unknown, key: string): string {
  const value: unknown = typeof data === "object" && data !== null ? Reflect.get(data, key) : undefined;
  return typeof value === "string" ? value : "";
}
