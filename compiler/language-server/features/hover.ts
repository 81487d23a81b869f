import { MarkupKind, type Hover } from "vscode-languageserver-types";
import { NAMELESS } from "../../check/project.js";
import type { Snapshot } from "../project/snapshot.js";
import type { SchemaSymbol } from "../project/symbols/symbol.js";
import { declarationText } from "./hover/declaration-text.js";
import { languageWord } from "./hover/language-word.js";
import { enumValueText, fieldText } from "./hover/member-text.js";
import { listed } from "./hover/signature.js";
import { rangeOf } from "./places.js";

/** What there is to know of the name or the word at an offset. @param markdown whether the editor shows Markdown. */
export function hover(snapshot: Snapshot, path: string, offset: number, markdown = true): Hover | undefined {
  const file = snapshot.file(path);
  if (file === undefined) return undefined;
  const kind = markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  const occurrence = snapshot.symbols.at(path, offset);
  const text = occurrence === undefined ? undefined : symbolText(snapshot, occurrence.symbol);
  if (occurrence !== undefined && text !== undefined) {
    return { contents: { kind, value: text }, range: rangeOf(occurrence.span) };
  }
  const word = languageWord(file, offset);
  return word === undefined ? undefined : { contents: { kind, value: word.text }, range: rangeOf(word.span) };
}

function symbolText(snapshot: Snapshot, symbol: SchemaSymbol): string | undefined {
  if (symbol.kind === "namespace") return namespaceText(snapshot, symbol.name);
  const namespace = snapshot.context.namespaces.get(symbol.namespace);
  if (namespace === undefined) return undefined;
  switch (symbol.kind) {
    case "declaration":
    case "session":
      return declarationText(snapshot, symbol.declaration, namespace);
    case "field":
      return fieldText(snapshot, symbol.owner, symbol.field, namespace);
    case "enum value":
      return enumValueText(symbol.declaration, symbol.value);
    case "copy":
      return `Separate tables: what is called with \`:${symbol.suffix}\` runs on \`<Component>:${symbol.suffix}\`, which callers with the same name share.`;
  }
}

function namespaceText({ context }: Snapshot, name: string): string {
  const namespace = context.namespaces.get(name);
  const files = namespace?.files.map(({ file }) => file.path) ?? [];
  const head = name === NAMELESS ? "" : `\`\`\`hetu\nnamespace ${name}\n\`\`\`\n\n`;
  return `${head}${namespace?.declarations.length ?? 0} declarations in ${listed(files)}.`;
}
