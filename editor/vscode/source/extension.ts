import { join } from "node:path";
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { runBuild } from "./build-task";
import { explain } from "./explain-page";
import { GraphPanel } from "./graph-panel";
import { serverProgram } from "./server-program";

let client: LanguageClient | undefined;

/** Starts the language server and adds the commands. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const graph = new GraphPanel(() => client);
  const restart = async (): Promise<void> => {
    await client?.stop();
    client = newClient(context);
    await client.start();
  };
  context.subscriptions.push(
    graph,
    vscode.commands.registerCommand("hetu.restartServer", restart),
    vscode.commands.registerCommand("hetu.build", () => runBuild(programOf(context))),
    vscode.commands.registerCommand("hetu.showGraph", () => graph.show()),
    vscode.commands.registerCommand("hetu.explain", (code?: unknown) => explain(client, code)),
    vscode.commands.registerCommand("hetu.showReferences", showReferences),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === "hetu") void graph.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("hetu.server.path")) void restart();
    }),
  );
  await restart();
}

/** Ends the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

function programOf(context: vscode.ExtensionContext): ReturnType<typeof serverProgram> {
  return serverProgram({
    folders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map((f) => f.uri.fsPath),
    setting: vscode.workspace.getConfiguration("hetu").get("server.path", ""),
    trusted: vscode.workspace.isTrusted,
    bundled: join(context.extensionPath, "dist", "server", "cli.js"),
    node: process.execPath,
  });
}

function newClient(context: vscode.ExtensionContext): LanguageClient {
  const { command, args, origin } = programOf(context);
  // The Node of the editor itself, when the program is a script.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const made = new LanguageClient(
    "hetu",
    "HeTu",
    { command, args: [...args], transport: TransportKind.stdio, options: { env } },
    {
      documentSelector: [
        { scheme: "file", language: "hetu" },
        { scheme: "untitled", language: "hetu" },
      ],
      synchronize: { configurationSection: "hetu" },
    },
  );
  made.outputChannel.appendLine(`language server of the ${origin}: ${[command, ...args].join(" ")}`);
  return made;
}

/** What the code lenses run: their arguments come over the wire and are made the editor's own values. */
async function showReferences(uri: string, position: Place, locations: readonly WireLocation[]): Promise<void> {
  const at = (place: Place): vscode.Position => new vscode.Position(place.line, place.character);
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    at(position),
    locations.map(
      ({ uri: file, range }) =>
        new vscode.Location(vscode.Uri.parse(file), new vscode.Range(at(range.start), at(range.end))),
    ),
  );
}

interface Place {
  readonly line: number;
  readonly character: number;
}

interface WireLocation {
  readonly uri: string;
  readonly range: { readonly start: Place; readonly end: Place };
}
