import type { LocationLink } from "vscode-languageserver-types";
import type { Span } from "../../source/span.js";
import type { Snapshot } from "../project/snapshot.js";
import type { SchemaSymbol } from "../project/symbols/symbol.js";
import type { UriOf } from "./locations.js";
import { rangeOf } from "./places.js";

/** Where the thing that is named at an offset is declared: every statement of a namespace, otherwise mostly one place. */
export function definition(snapshot: Snapshot, path: string, offset: number, uriOf: UriOf): LocationLink[] {
  const here = snapshot.symbols.at(path, offset);
  if (here === undefined) return [];
  return snapshot.symbols
    .occurrences(here.symbol)
    .filter(({ role }) => role === "declaration")
    .map(({ span }, index) => ({
      originSelectionRange: rangeOf(here.span),
      targetUri: uriOf(span.file.path),
      // What stands first is what the symbol stands for; of a name that is declared again only the name is known.
      targetRange: rangeOf((index === 0 ? nodeSpan(here.symbol) : undefined) ?? span),
      targetSelectionRange: rangeOf(span),
    }));
}

/** All that declares a symbol; `undefined` where nothing does by itself. */
function nodeSpan(symbol: SchemaSymbol): Span | undefined {
  switch (symbol.kind) {
    case "declaration":
    case "session":
      return symbol.declaration.span;
    case "field":
      return symbol.field.span;
    case "enum value":
      return symbol.value.span;
    case "namespace":
    case "copy":
      return undefined;
  }
}
