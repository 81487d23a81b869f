import { loadProject } from "../../config/load-config.js";
import { reaches } from "../../diff/change.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { printGithub } from "../../diagnostics/print/github.js";
import { printSarif } from "../../diagnostics/print/sarif.js";
import { readAccepted } from "../diff/accepted.js";
import { asDiagnostics, meaningOf } from "../diff/as-diagnostics.js";
import { compare, type PlacedChange } from "../diff/compare.js";
import { type FailLevel, failLevels } from "../diff/levels.js";
import { printChangesAsJson } from "../diff/print-json.js";
import { printMarkdown } from "../diff/print-markdown.js";
import { countEffects, printChanges } from "../diff/print-text.js";
import { projectSide, readSide } from "../diff/read-side.js";
import type { CommandContext } from "../command-context.js";
import { ExitCode } from "../exit-code.js";
import { packageInfo } from "../package-info.js";
import { Progress } from "../progress.js";
import { repositoryPaths } from "../repository-paths.js";
import { reportDiagnostics } from "../report.js";
import { wantsColor } from "../terminal.js";

export const diffFormats = ["text", "json", "github", "sarif", "markdown"] as const;

export interface DiffOptions {
  readonly json?: true;
  readonly format?: (typeof diffFormats)[number];
  readonly failOn?: FailLevel;
  readonly accept?: readonly string[];
  readonly config?: string;
}

/** Columns that a line of source may take where the terminal does not say how wide it is. */
const DEFAULT_WIDTH = 120;

/** Tells in what two schemas differ, and what that does to clients and data. */
export async function diff(
  context: CommandContext,
  given: { readonly old: string; readonly now: string | undefined },
  options: DiffOptions,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const progress = new Progress(terminal);
  const project = await loadProject(cwd, options.config);
  const accepted = await readAccepted(project.root, options.accept ?? []);
  progress.stage(`reading ${given.old}`);
  const old = await readSide(given.old, cwd, project, terminal.env);
  progress.stage(`reading ${given.now ?? "the project"}`);
  const now =
    given.now === undefined ? await projectSide(project) : await readSide(given.now, cwd, project, terminal.env);
  progress.stage("comparing");
  const result = compare(old, now);
  progress.done();
  if (!result.ok) {
    reportDiagnostics(terminal, result.diagnostics, "text");
    return ExitCode.problems;
  }
  const { changes, publicOnly, notServed } = result;
  const level = options.failOn === undefined ? undefined : failLevels[options.failOn];
  const isAccepted = ({ change }: PlacedChange): boolean => accepted.ids.has(change.id);
  const fails = ({ change }: PlacedChange): boolean =>
    level !== undefined && reaches(change, level) && !isAccepted({ change });
  const names = { old: old.name, now: now.name };
  const pathOf = repositoryPaths(now.kind === "sources" ? now.root : cwd);
  const diagnostics = (): readonly Diagnostic[] =>
    asDiagnostics(changes, (change) => fails({ change }), now.kind === "model" ? now.path : undefined);
  switch (options.json === true ? "json" : (options.format ?? "text")) {
    case "text": {
      const { out, env } = terminal;
      const width = out.columns === undefined ? DEFAULT_WIDTH : Math.max(40, out.columns - 10);
      out.write(printChanges(changes, { color: wantsColor(out, env), width, isAccepted }));
      break;
    }
    case "json":
      terminal.out.write(
        printChangesAsJson(changes, { old: old.name, new: now.name, publicOnly }, (change) => ({
          fails: fails({ change }),
          accepted: isAccepted({ change }),
        })),
      );
      break;
    case "github":
      terminal.out.write(printGithub(diagnostics(), { pathOf }));
      break;
    case "sarif": {
      const { version } = packageInfo();
      terminal.out.write(printSarif(diagnostics(), { version, meaning: meaningOf, pathOf }));
      break;
    }
    case "markdown":
      terminal.out.write(printMarkdown(changes, names));
  }
  const counted = changes.length === 0 ? "no difference" : countEffects(changes);
  const part = publicOnly ? "; only what clients are told was compared, nothing of stored data" : "";
  const left = notServed.length === 0 ? "" : `; not served there, so left out: ${notServed.join(", ")}`;
  terminal.err.write(`hetuc: ${counted}, from ${names.old} to ${names.now}${part}${left}\n`);
  return changes.some(fails) ? ExitCode.problems : ExitCode.ok;
}
