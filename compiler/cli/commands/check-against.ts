import type { Project } from "../../config/load-config.js";
import { reaches, worstEffect } from "../../diff/change.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Source } from "../../pipeline.js";
import { ACCEPTED_FILE, readAccepted } from "../diff/accepted.js";
import { asDiagnostics, meaningOf } from "../diff/as-diagnostics.js";
import { compare } from "../diff/compare.js";
import { type FailLevel, failLevels } from "../diff/levels.js";
import { readSide } from "../diff/read-side.js";

export interface AgainstOptions {
  readonly against: string;
  readonly failOn: FailLevel;
  readonly accept: readonly string[];
}

/** What is found, and what is to be told beside it. */
export interface AgainstResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly string[];
  /** What the codes mean. */
  readonly meaning?: (code: string) => string | undefined;
}

/**
 * Changes of a schema that compiles against an older one: those that fail as errors, other ones that somebody would
 * notice as warnings. Harmless and accepted ones are left out.
 */
export async function changesAgainst(
  sources: readonly Source[],
  project: Project,
  cwd: string,
  options: AgainstOptions,
  env: NodeJS.ProcessEnv,
): Promise<AgainstResult> {
  const accepted = await readAccepted(project.root, options.accept);
  const old = await readSide(options.against, cwd, project, env);
  const result = compare(old, { name: "the project", kind: "sources", sources, root: project.root });
  if (!result.ok) return { diagnostics: [], notes: [] };
  const harmful = result.changes.filter(({ change }) => worstEffect(change) !== "safe");
  const told = harmful.filter(({ change }) => !accepted.ids.has(change.id));
  const level = failLevels[options.failOn];
  const diagnostics = asDiagnostics(told, (change) => reaches(change, level));
  const ids = new Set(result.changes.map(({ change }) => change.id));
  const idle = accepted.listed.filter((id) => !ids.has(id));
  const many = harmful.length - told.length;
  return {
    diagnostics,
    meaning: meaningOf,
    notes: [
      ...(many === 0 ? [] : [`${many} accepted ${many === 1 ? "change is" : "changes are"} left out`]),
      ...(idle.length === 0
        ? []
        : [
            `${ACCEPTED_FILE}: ${idle.join(", ")} ${idle.length === 1 ? "is" : "are"} no change against ${old.name} (any more)`,
          ]),
      ...(result.notServed.length === 0
        ? []
        : [`${old.name} does not serve ${result.notServed.join(", ")}: nothing is said of that`]),
      ...(result.publicOnly ? [`${old.name} tells its public part only: nothing is said of stored data`] : []),
    ],
  };
}
