import { loadProject } from "../../config/load-config.js";
import { ExitCode } from "../exit-code.js";
import { clustersOf, type GraphCluster } from "../../graph/clusters.js";
import { clustersAsJson, clustersAsMermaid, clustersAsText } from "../../graph/print-clusters.js";
import { clustersAsPage } from "../../graph/page.js";
import { clustersAsSvg } from "../../graph/standalone-svg.js";
import type { CommandContext } from "../command-context.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";

export interface GraphOptions {
  readonly format: "text" | "mermaid" | "html" | "svg" | "json";
  readonly config?: string;
}

type Print = (clusters: readonly GraphCluster[]) => string;

const PRINTERS: Readonly<Record<GraphOptions["format"], Print>> = {
  text: clustersAsText,
  mermaid: clustersAsMermaid,
  html: clustersAsPage,
  svg: clustersAsSvg,
  json: clustersAsJson,
};

/** Prints the clusters; a schema with errors has none, so its errors are printed instead. */
export async function graph(context: CommandContext, options: GraphOptions): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const sources = await readSchema(await loadProject(cwd, options.config));
  const { compileSources } = await import("../../pipeline.js");
  const { model, diagnostics } = compileSources(sources);
  if (model === undefined) {
    reportDiagnostics(terminal, diagnostics, "text");
    return ExitCode.problems;
  }
  terminal.out.write(PRINTERS[options.format](model.namespaces.flatMap(clustersOf)));
  return ExitCode.ok;
}
