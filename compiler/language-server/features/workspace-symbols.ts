import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import { KEYWORDS, fieldsOf } from "../../check/kinds.js";
import type { Span } from "../../source/span.js";
import type { Snapshot } from "../project/snapshot.js";
import { SYMBOL_KINDS } from "./document-symbols.js";
import { locationOf, type UriOf } from "./locations.js";

/** More than anybody looks through; editors ask again with every letter. */
const MOST_SYMBOLS = 1_000;

interface Found {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly container: string;
}

/**
 * Everything of the project whose name has the letters of the query in their order, whatever their case: declarations,
 * then fields, parameters and enum values. An empty query asks for the declarations. At most 1,000.
 */
export function workspaceSymbols(snapshot: Snapshot, query: string, uriOf: UriOf): WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const found: Found[] = [];
  const look = (candidates: Iterable<Found>): void => {
    for (const candidate of candidates) {
      if (found.length >= MOST_SYMBOLS) return;
      if (hasLetters(candidate.name.toLowerCase(), wanted)) found.push(candidate);
    }
  };
  look(declarations(snapshot));
  if (wanted !== "") look(members(snapshot));
  return found.map(({ name, kind, span, container }) => ({
    name,
    kind,
    containerName: container,
    location: locationOf(span, uriOf),
  }));
}

function* declarations({ context }: Snapshot): Generator<Found> {
  for (const { declaration, namespace } of context.declarations) {
    const kind = SYMBOL_KINDS[KEYWORDS[declaration.kind]];
    const [name, span] =
      declaration.kind === "SessionDeclaration"
        ? ["session", declaration.keyword]
        : [declaration.name.text, declaration.name.span];
    yield { name, kind, span, container: namespace.name };
  }
}

function* members({ context }: Snapshot): Generator<Found> {
  for (const { declaration, namespace } of context.declarations) {
    const owner = declaration.kind === "SessionDeclaration" ? "session" : declaration.name.text;
    const container = `${namespace.name}.${owner}`;
    const isEnum = declaration.kind === "EnumDeclaration";
    const kind = isEnum ? SymbolKind.EnumMember : SymbolKind.Field;
    for (const { name } of isEnum ? declaration.values : fieldsOf(declaration)) {
      yield { name: name.text, kind, span: name.span, container };
    }
  }
}

function hasLetters(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at);
    if (at === -1) return false;
    at += letter.length;
  }
  return true;
}
