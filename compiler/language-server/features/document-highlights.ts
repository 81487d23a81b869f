import { DocumentHighlightKind, type DocumentHighlight } from "vscode-languageserver-types";
import type { Snapshot } from "../project/snapshot.js";
import { sameSymbol } from "../project/symbols/symbol.js";
import { rangeOf } from "./places.js";

/** Every place of the file that names what is named at an offset; declarations are what writes it. */
export function documentHighlights(snapshot: Snapshot, path: string, offset: number): DocumentHighlight[] {
  const here = snapshot.symbols.at(path, offset);
  if (here === undefined) return [];
  return snapshot.symbols
    .inFile(path)
    .filter(({ symbol }) => sameSymbol(symbol, here.symbol))
    .map(({ span, role }) => ({
      range: rangeOf(span),
      kind: role === "declaration" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
