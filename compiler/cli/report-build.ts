import type { Project } from "../config/load-config.js";
import type { BuildOutcome } from "./builder.js";
import { buildEvent } from "./build-event.js";
import { chooseFormat } from "./diagnostic-format.js";
import type { BuildOptions } from "./plan-build.js";
import { reportDiagnostics } from "./report.js";
import type { Terminal } from "./terminal.js";

/** Prints what a build gave, for programs or for people. */
export function reportBuild(
  terminal: Terminal,
  { root }: Project,
  options: BuildOptions,
  outcome: BuildOutcome,
  ms: number,
): void {
  if (options.json === true) {
    terminal.out.write(`${JSON.stringify(buildEvent(outcome, ms))}\n`);
    return;
  }
  const format = chooseFormat(options.format, terminal.env);
  reportDiagnostics(terminal, outcome.diagnostics, format, { root });
  if (!outcome.ok || format === "json" || format === "sarif") return;
  const { written, unchanged, removed } = outcome.files;
  const counts = [
    written.length > 0 ? `${written.length} written` : "",
    removed.length > 0 ? `${removed.length} removed` : "",
    unchanged > 0 ? `${unchanged} unchanged` : "",
  ].filter((text) => text !== "");
  terminal.err.write(`hetuc: ${counts.join(", ")} in ${(ms / 1000).toFixed(2)} s\n`);
}
