import { documentSymbols } from "../../features/document-symbols.js";
import type { HandlerGroup } from "./handler.js";

/** The outline of a file. */
export const outline: HandlerGroup = ({ connection, on }) => {
  connection.onDocumentSymbol(({ textDocument }, token) =>
    on(textDocument, token, ({ snapshot, path }) => documentSymbols(snapshot, path)),
  );
  return { documentSymbolProvider: true };
};
