import { TextDocument } from "vscode-languageserver-textdocument";
import { type Connection, TextDocuments, TextDocumentSyncKind } from "vscode-languageserver/node";
import { diagnosticOf } from "../features/diagnostics.js";
import { documentSymbols } from "../features/document-symbols.js";
import type { OpenProject } from "./open-project.js";
import { OpenProjects } from "./open-projects.js";

/** Serves one editor over a connection until it closes. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const projects = new OpenProjects((uri) => documents.get(uri) !== undefined);

  connection.onInitialize(() => ({
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, documentSymbolProvider: true },
    serverInfo: { name: "hetuc" },
  }));

  documents.onDidChangeContent(async ({ document }) => {
    const project = await projects.of(document.uri);
    project.workspace.set(project.pathOf(document.uri), document.getText());
    publish(project);
  });

  connection.onDocumentSymbol(async ({ textDocument: { uri } }) => {
    const project = await projects.of(uri);
    return documentSymbols(project.workspace.snapshot(), project.pathOf(uri));
  });

  function publish(project: OpenProject): void {
    const snapshot = project.workspace.snapshot();
    const uriOf = (path: string): string => project.uriOf(path);
    for (const path of snapshot.files.keys()) {
      const problems = snapshot.diagnostics.filter(({ span }) => span.file.path === path);
      const diagnostics = problems.map((problem) => diagnosticOf(problem, uriOf));
      void connection.sendDiagnostics({ uri: project.uriOf(path), diagnostics });
    }
  }

  documents.listen(connection);
  connection.listen();
}
