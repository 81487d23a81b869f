import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { printGithub } from "../diagnostics/print/github.js";
import { printJson } from "../diagnostics/print/json.js";
import { printSarif, type SarifOptions } from "../diagnostics/print/sarif.js";
import { printText, summarize } from "../diagnostics/print/text.js";
import type { DiagnosticFormat } from "./diagnostic-format.js";
import { packageInfo } from "./package-info.js";
import { repositoryPaths } from "./repository-paths.js";
import { type Terminal, wantsColor } from "./terminal.js";

export interface ReportOptions extends Pick<SarifOptions, "meaning"> {
  /** The folder that paths count from, absolute: what code hosts read has paths from the root of its repository. */
  readonly root?: string;
}

/**
 * Prints diagnostics: text, which is for people, to the error stream and every other format to standard output. The
 * formats that are one document are printed for an empty list, too.
 */
export function reportDiagnostics(
  { out, err, env }: Terminal,
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  options: ReportOptions = {},
): void {
  const { root, ...more } = options;
  const paths = root === undefined ? {} : { pathOf: repositoryPaths(root) };
  switch (format) {
    case "json":
      out.write(printJson(diagnostics));
      return;
    case "sarif":
      out.write(printSarif(diagnostics, { version: packageInfo().version, ...more, ...paths }));
      return;
    case "github":
      out.write(printGithub(diagnostics, paths));
      break;
    case "text": {
      const width = err.columns === undefined ? {} : { width: Math.max(40, err.columns - 10) };
      err.write(printText(diagnostics, { color: wantsColor(err, env), ...width }));
      if (diagnostics.length > 0) err.write("\n");
    }
  }
  if (diagnostics.length > 0) err.write(`hetuc: ${summarize(diagnostics)}\n`);
}
