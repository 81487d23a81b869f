import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { GraphCluster } from "../../../compiler/graph/clusters.js";
import { clustersAsPage } from "../../../compiler/graph/page.js";
import { GRAPH_WORDS } from "../../../compiler/graph/words.js";
import type { LanguageServer } from "./language-server";

interface Graph {
  readonly clusters: readonly GraphCluster[];
}

/** The page that shows the clusters of the schema; one at a time, made anew whenever a schema file is saved. */
export class GraphPanel implements vscode.Disposable {
  readonly #server: LanguageServer;
  #panel: vscode.WebviewPanel | undefined;
  /** A document of the project whose clusters are shown. */
  #document: string | undefined;

  constructor(server: LanguageServer) {
    this.#server = server;
  }

  /** Shows the clusters of the project that the open file is of. */
  async show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "hetu") {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a .hetu file: the clusters of its project are shown."),
      );
      return;
    }
    this.#document = document.uri.toString();
    this.#panel ??= this.#open();
    this.#panel.reveal(vscode.ViewColumn.Beside, true);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const [panel, uri] = [this.#panel, this.#document];
    if (panel === undefined || uri === undefined) return;
    const graph = await this.#server.request<Graph | null>("hetu/graph", { textDocument: { uri } });
    // With errors there are none: the picture of the last good schema stays.
    if (graph === null || graph === undefined) {
      if (panel.webview.html === "")
        panel.webview.html = `<p>${vscode.l10n.t("The schema has errors: it has no clusters yet.")}</p>`;
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    const words = GRAPH_WORDS[vscode.env.language.startsWith("zh") ? "zh" : "en"];
    const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    panel.webview.html = clustersAsPage(graph.clusters, nonce, words).replace("<head>", `<head>\n${meta}`);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("hetu.graph", vscode.l10n.t("HeTu clusters"), column, {
      enableScripts: true,
    });
    panel.onDidDispose(() => (this.#panel = undefined));
    return panel;
  }
}
