import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { KEYWORDS, fieldsOf, type Keyword } from "../../check/kinds.js";
import type { Declaration, EnumValue, Field } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { rangeOf } from "./places.js";

/** What editors show each kind of declaration as. */
export const SYMBOL_KINDS: Readonly<Record<Keyword, SymbolKind>> = {
  enum: SymbolKind.Enum,
  session: SymbolKind.Object,
  component: SymbolKind.Class,
  struct: SymbolKind.Struct,
  error: SymbolKind.Constant,
  event: SymbolKind.Event,
  system: SymbolKind.Function,
  endpoint: SymbolKind.Interface,
};

/** The outline of a file: its declarations, and their members below them. */
export function documentSymbols(snapshot: Snapshot, path: string): DocumentSymbol[] {
  return (snapshot.file(path)?.declarations ?? []).map(declarationSymbol);
}

function declarationSymbol(declaration: Declaration): DocumentSymbol {
  const members = declaration.kind === "EnumDeclaration" ? declaration.values : fieldsOf(declaration);
  return {
    name: declaration.kind === "SessionDeclaration" ? "session" : declaration.name.text,
    detail: KEYWORDS[declaration.kind],
    kind: SYMBOL_KINDS[KEYWORDS[declaration.kind]],
    range: rangeOf(declaration.span),
    selectionRange: rangeOf(declaration.kind === "SessionDeclaration" ? declaration.keyword : declaration.name.span),
    children: members.map(memberSymbol),
  };
}

function memberSymbol(member: Field | EnumValue): DocumentSymbol {
  return {
    name: member.name.text,
    kind: member.kind === "EnumValue" ? SymbolKind.EnumMember : SymbolKind.Field,
    range: rangeOf(member.span),
    selectionRange: rangeOf(member.name.span),
  };
}
