import { type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from "vscode-languageserver/node";
import type { Reporter } from "../reporter.js";
import type { HandlerGroup } from "./handler.js";

/** Problems, for editors that ask for them. */
export function diagnosticsOf(reporter: Reporter): HandlerGroup {
  return ({ connection, on }) => {
    const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      return (await on(textDocument, token, () => reporter.answer(textDocument.uri, previousResultId))) ?? nothing;
    });
    return reporter.register();
  };
}
