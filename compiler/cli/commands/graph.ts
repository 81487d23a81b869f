import { loadProject } from "../../config/load-config.js";
import { ExitCode } from "../exit-code.js";
import { clustersOf } from "../../graph/clusters.js";
import { clustersAsJson, clustersAsMermaid, clustersAsText } from "../../graph/print-clusters.js";
import type { CommandContext } from "../command-context.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";

export interface GraphOptions {
  readonly format: "text" | "mermaid" | "json";
  readonly config?: string;
}

const printers = { text: clustersAsText, mermaid: clustersAsMermaid, json: clustersAsJson } as const;

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
  terminal.out.write(printers[options.format](model.namespaces.flatMap(clustersOf)));
  return ExitCode.ok;
}
