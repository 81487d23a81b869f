import { loadProject } from "../../config/load-config.js";
import { chooseFormat, type DiagnosticFormat } from "../diagnostic-format.js";
import { ExitCode } from "../exit-code.js";
import type { CommandContext } from "../command-context.js";
import { Progress } from "../progress.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";

export interface CheckOptions {
  readonly json?: true;
  readonly format?: DiagnosticFormat;
  readonly config?: string;
}

/** Checks the schema and prints what is wrong with it. */
export async function check({ terminal, cwd }: CommandContext, options: CheckOptions): Promise<ExitCode> {
  const progress = new Progress(terminal);
  progress.stage("reading the schema");
  const sources = await readSchema(await loadProject(cwd, options.config));
  progress.stage(`checking ${sources.length} files`);
  const { checkSources } = await import("../../pipeline.js");
  const diagnostics = checkSources(sources);
  progress.done();
  const format = options.json === true ? "json" : chooseFormat(options.format, terminal.env);
  reportDiagnostics(terminal, diagnostics, format);
  return diagnostics.some(({ severity }) => severity === "error") ? ExitCode.problems : ExitCode.ok;
}
