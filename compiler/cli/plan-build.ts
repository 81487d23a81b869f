import { resolve } from "node:path";
import { loadProject, type Project } from "../config/load-config.js";
import { nearestWord } from "../syntax/nearest-word.js";
import type { DiagnosticFormat } from "./diagnostic-format.js";
import { UsageError } from "./usage-error.js";

/** The options of `hetuc build`. */
export interface BuildOptions {
  readonly watch?: true;
  readonly target?: readonly string[];
  readonly out?: string;
  readonly json?: true;
  readonly format?: DiagnosticFormat;
  readonly config?: string;
}

/** What one build works on: the project with the options of the command line applied. */
export interface BuildPlan {
  readonly project: Project;
  readonly targets: readonly string[];
  /** Targets that hetu.json does not ask for; none when the command line picks the targets of this one build. */
  readonly retired: readonly string[];
}

/**
 * Reads hetu.json and applies the options to it.
 *
 * @throws ConfigError for a wrong hetu.json, UsageError for an unknown target.
 */
export async function planBuild(cwd: string, options: BuildOptions): Promise<BuildPlan> {
  const project = await loadProject(cwd, options.config);
  const { targets } = await import("../emit/registry.js");
  const known = targets.map(({ name }) => name);
  const byAlias = new Map(targets.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [alias, name] as const)));
  const wanted = (options.target ?? project.targets ?? known).map((name) => byAlias.get(name) ?? name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const place = options.target === undefined ? `, named by \`targets\` in ${project.configFile ?? "hetu.json"}` : "";
    const meant = unknown.length === 1 ? nearestWord(unknown[0] ?? "", known) : undefined;
    throw new UsageError(
      `there is no target ${unknown.map((name) => `\`${name}\``).join(" and no target ")}${place}`,
      meant === undefined ? `the targets are ${known.join(", ")}` : `did you mean \`${meant}\`?`,
    );
  }
  return {
    project: options.out === undefined ? project : { ...project, out: resolve(cwd, options.out) },
    targets: known.filter((name) => wanted.includes(name)),
    retired: options.target === undefined ? known.filter((name) => !wanted.includes(name)) : [],
  };
}
