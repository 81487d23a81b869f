import { loadProject } from "../../config/load-config.js";
import { chooseFormat, type DiagnosticFormat } from "../diagnostic-format.js";
import { ExitCode } from "../exit-code.js";
import type { CommandContext } from "../command-context.js";
import type { FailLevel } from "../diff/levels.js";
import type { AgainstResult } from "./check-against.js";
import { Progress } from "../progress.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";
import { UsageError } from "../usage-error.js";

export interface CheckOptions {
  readonly json?: true;
  readonly format?: DiagnosticFormat;
  readonly config?: string;
  /** The older schema: whatever `hetuc diff` takes. */
  readonly against?: string;
  readonly failOn?: FailLevel;
  readonly accept?: readonly string[];
}

/** Checks the schema and prints what is wrong with it, and with its changes against an older one. */
export async function check({ terminal, cwd }: CommandContext, options: CheckOptions): Promise<ExitCode> {
  if (options.against === undefined && (options.failOn !== undefined || options.accept !== undefined)) {
    throw new UsageError(
      "--fail-on and --accept say what to do with changes",
      "say against what: --against origin/main",
    );
  }
  const progress = new Progress(terminal);
  progress.stage("reading the schema");
  const project = await loadProject(cwd, options.config);
  const sources = await readSchema(project);
  progress.stage(`checking ${sources.length} files`);
  const { checkSources } = await import("../../pipeline.js");
  const problems = checkSources(sources);
  const { against, failOn = "clients", accept = [] } = options;
  const compiles = problems.every(({ severity }) => severity !== "error");
  if (against !== undefined) progress.stage(`comparing with ${against}`);
  const changes: AgainstResult =
    against === undefined || !compiles
      ? { diagnostics: [], notes: [] }
      : await (
          await import("./check-against.js")
        ).changesAgainst(sources, project, cwd, { against, failOn, accept }, terminal.env);
  progress.done();
  const format = options.json === true ? "json" : chooseFormat(options.format, terminal.env);
  const diagnostics = [...problems, ...changes.diagnostics];
  const { meaning } = changes;
  reportDiagnostics(terminal, diagnostics, format, {
    root: project.root,
    ...(meaning === undefined ? {} : { meaning }),
  });
  for (const note of changes.notes) terminal.err.write(`hetuc: ${note}\n`);
  return diagnostics.some(({ severity }) => severity === "error") ? ExitCode.problems : ExitCode.ok;
}
