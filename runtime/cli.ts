#!/usr/bin/env node
import { packageInfo } from "./cli/package-info.js";
import { createProgram } from "./cli/program.js";

/** Ends with the exit code of a command that has one; a server goes on until a signal. */
async function run(command: Promise<number | undefined>): Promise<void> {
  const code = await command;
  if (code !== undefined) process.exit(code);
}

const program = createProgram(packageInfo().version, {
  start: async (flags) => run((await import("./cli/start.js")).start(flags)),
  dev: async (flags) => run((await import("./cli/dev.js")).dev(flags)),
  upgrade: async (flags) => run((await import("./cli/upgrade.js")).upgrade(flags)),
});

program.parseAsync().catch(async (error: unknown) => {
  const { describeFailure } = await import("./cli/failure.js");
  const { text, code } = describeFailure(error);
  process.stderr.write(`error: ${text}\n`);
  process.exit(code);
});
