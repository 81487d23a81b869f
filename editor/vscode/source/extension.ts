import { join } from "node:path";
import * as vscode from "vscode";
import { ExplainPages } from "./explain-page";
import { GraphPanel } from "./graph-panel";
import { LanguageServer } from "./language-server";
import { findProjects } from "./projects";
import { SchemaTasks } from "./schema-tasks";
import { compilerProgram, lastResort, serverProgram, type ServerProgram } from "./server-program";
import { showReferences } from "./show-references";

let server: LanguageServer | undefined;

/** Starts the language server and adds commands and tasks. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const search = (folders: readonly string[]): Parameters<typeof serverProgram>[0] => ({
    folders,
    setting: vscode.workspace.getConfiguration("hetu").get("server.path", ""),
    settingFrom: workspaceFolders()[0],
    trusted: vscode.workspace.isTrusted,
    bundled: join(context.extensionPath, "dist", "server", "cli.js"),
    node: process.execPath,
  });
  const programs = async (): Promise<readonly ServerProgram[]> => {
    // Without the editor's search, which is a program of its own, the open folders are enough to go on with.
    const projects = await findProjects().catch((error: unknown) => {
      running.warn(`projects cannot be searched for: ${String(error)}`);
      return [];
    });
    const places = search([...workspaceFolders(), ...projects.map(({ uri }) => uri.fsPath)]);
    const first = serverProgram(places);
    return first.origin === "extension" ? [first] : [first, lastResort(places)];
  };
  const running = (server = new LanguageServer(programs));
  const graph = new GraphPanel(running);
  const pages = new ExplainPages(running);
  const tasks = new SchemaTasks((folder) => compilerProgram(search([folder])));
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    running,
    graph,
    pages,
    vscode.tasks.registerTaskProvider("hetu", tasks),
    registerCommand("hetu.restartServer", () => running.restart()),
    registerCommand("hetu.showOutput", () => running.showLog()),
    registerCommand("hetu.build", () => tasks.build()),
    registerCommand("hetu.showGraph", () => graph.show()),
    registerCommand("hetu.explain", (code?: unknown) => pages.show(code)),
    registerCommand("hetu.showReferences", showReferences),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === "hetu") void graph.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("hetu.server.path")) void running.restart();
    }),
  );
  await running.restart();
}

/** Ends the language server. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}

function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
}
