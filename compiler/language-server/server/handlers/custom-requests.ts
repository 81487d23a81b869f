import { RequestType, type TextDocumentIdentifier } from "vscode-languageserver/node";
import { type CodeInfo, findCode } from "../../../diagnostics/registry.js";
import { clustersOf, type GraphCluster } from "../../../graph/clusters.js";
import { clustersAsMermaid } from "../../../graph/print-clusters.js";
import type { HandlerGroup } from "./handler.js";

/** `hetu/graph`: the clusters of the project that a document is of; `null` while it has errors. */
export interface Graph {
  /** As `hetuc graph --format json` prints them. */
  readonly clusters: readonly GraphCluster[];
  /** The same as a Mermaid flow chart. */
  readonly mermaid: string;
}

export const graphRequest = new RequestType<{ readonly textDocument: TextDocumentIdentifier }, Graph | null, void>(
  "hetu/graph",
);

/** `hetu/explain`: the page of a code, as `hetuc explain --json` prints it; `null` when there is no such code. */
export const explainRequest = new RequestType<{ readonly code: string }, CodeInfo | null, void>("hetu/explain");

/** What the protocol has no request for. */
export const customRequests: HandlerGroup = ({ connection, on }) => {
  connection.onRequest(graphRequest, ({ textDocument }, token) =>
    on(textDocument, token, ({ snapshot: { model } }): Graph | null => {
      if (model === undefined) return null;
      const clusters = model.namespaces.flatMap(clustersOf);
      return { clusters, mermaid: clustersAsMermaid(clusters) };
    }),
  );
  connection.onRequest(explainRequest, ({ code }) => findCode(String(code)) ?? null);
  return { experimental: { hetu: { graph: true, explain: true } } };
};
