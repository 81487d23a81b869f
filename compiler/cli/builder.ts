import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { BuildCache } from "./build-cache.js";
import type { BuildPlan } from "./plan-build.js";
import type { Progress } from "./progress.js";
import type { SourceFile } from "../source/source-file.js";
import { readSchema } from "./read-schema.js";
import { UsageError } from "./usage-error.js";

/** What happened to the files of the output; paths are relative to the output folder. */
export interface FileChanges {
  readonly written: readonly string[];
  /** Number of files whose content was the same. */
  readonly unchanged: number;
  readonly removed: readonly string[];
}

export const noChanges: FileChanges = Object.freeze({ written: [], unchanged: 0, removed: [] });

/** The outcome of one build. */
export interface BuildOutcome {
  /** Whether the output now belongs to the schema; false leaves it as it was. */
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: FileChanges;
}

/** Above so many characters of schema, the compiler is busy for long enough to say so at once. */
const LONG_SOURCE = 500_000;

/** A build that has read what it needs and done nothing yet. */
export interface PreparedBuild {
  readonly plan: BuildPlan;
  readonly sources: readonly SourceFile[];
  readonly cache: BuildCache;
  /** Stands for all that was read: two builds of the same inputs have the same outcome. */
  readonly inputs: string;
}

/** Reads the schema. @throws UsageError when there is none, or it cannot be read. */
export async function prepareBuild(plan: BuildPlan): Promise<PreparedBuild> {
  const sources = await readSchema(plan.project);
  const cache = new BuildCache(plan.project);
  return { plan, sources, cache, inputs: await cache.inputsOf(sources, plan.targets) };
}

/** Checks and generates, as far as an earlier build has not. @throws UsageError when files cannot be written. */
export async function runBuild(
  { plan, sources, cache, inputs }: PreparedBuild,
  progress: Progress,
): Promise<BuildOutcome> {
  const { project, targets: targetNames, retired } = plan;
  const cached = await cache.find(inputs);
  const untouched = { ...noChanges, unchanged: cached?.files ?? 0 };
  if (cached?.warnings === 0) return { ok: true, diagnostics: [], files: untouched };

  const size = sources.reduce((sum, source) => sum + source.text.length, 0);
  progress.stage(`checking ${sources.length} files`, size > LONG_SOURCE);
  const { compileSources } = await import("../pipeline.js");
  const { model, diagnostics: problems } = compileSources(sources);
  if (model === undefined) return { ok: false, diagnostics: problems, files: noChanges };
  // Hints are for who writes the schema, in the editor and by `hetuc check`: a build that is repeated all day is not.
  const diagnostics = problems.filter(({ severity }) => severity !== "hint");
  if (cached !== undefined) return { ok: true, diagnostics, files: untouched };

  progress.stage(`generating ${targetNames.join(", ")}`, size > LONG_SOURCE);
  const { targets } = await import("../emit/registry.js");
  const { writeFiles } = await import("../emit/write-files.js");
  const outputs = [
    ...targets
      .filter(({ name }) => targetNames.includes(name))
      .map((target) => ({ target: target.name, files: target.emit(model) })),
    ...retired.map((target) => ({ target, files: [] })),
  ];
  progress.stage("writing files");
  const files = await writeFiles(project.out, outputs).catch((error: unknown) => {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError(`the output cannot be written: ${error.message}`);
  });
  await cache.store(inputs, diagnostics.length, files.all);
  return { ok: true, diagnostics, files };
}
