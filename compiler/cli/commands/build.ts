import { prepareBuild, runBuild } from "../builder.js";
import { ExitCode } from "../exit-code.js";
import { type BuildOptions, planBuild } from "../plan-build.js";
import type { CommandContext } from "../command-context.js";
import { Progress } from "../progress.js";
import { reportBuild } from "../report-build.js";

/** Builds once, or again and again until it is told to stop. */
export async function build(context: CommandContext, options: BuildOptions): Promise<ExitCode> {
  if (options.watch === true) {
    const { watch } = await import("../watch.js");
    return watch(context, options);
  }
  const began = performance.now();
  const plan = await planBuild(context.cwd, options);
  const progress = new Progress(context.terminal);
  try {
    progress.stage("reading the schema");
    const outcome = await runBuild(await prepareBuild(plan), progress);
    progress.done();
    reportBuild(context.terminal, plan.project, options, outcome, performance.now() - began);
    return outcome.ok ? ExitCode.ok : ExitCode.problems;
  } finally {
    progress.done();
  }
}
