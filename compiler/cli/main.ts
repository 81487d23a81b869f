import { CommanderError } from "commander";
import { ConfigError } from "../config/config-error.js";
import { ExitCode } from "./exit-code.js";
import { packageInfo } from "./package-info.js";
import type { CommandContext } from "./command-context.js";
import { createProgram } from "./program.js";
import { printError } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/**
 * Runs `hetuc`.
 *
 * @param args what follows the program's name.
 * @returns the exit code; nothing is thrown.
 */
export async function main(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  let code: ExitCode = ExitCode.ok;
  try {
    const program = createProgram(packageInfo().version, context, (result) => {
      code = result;
    });
    for (const command of [program, ...program.commands]) {
      command.exitOverride().configureOutput({
        writeOut: (text) => terminal.out.write(text),
        writeErr: (text) => terminal.err.write(text),
        outputError: (text) => printError(terminal, ...asUsageError(text)),
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
    }
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return ExitCode.usage;
    }
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return reportFailure(error, context);
  }
}

/** Splits what commander says, as `error: unknown command 'buidl'\n(Did you mean build?)`, into message and help. */
function asUsageError(text: string): [message: string, help: string] {
  const [first = "", ...rest] = text.trim().split("\n");
  const meant = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(rest.join(" "))?.[1];
  const help =
    meant === undefined ? "`hetuc --help` lists the commands and their options" : `did you mean \`${meant}\`?`;
  return [first.replace(/^error: /, "").replaceAll("'", "`"), help];
}

function reportFailure(error: unknown, { terminal }: CommandContext): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (error instanceof UsageError) {
    printError(terminal, error.message, error.help);
    return ExitCode.usage;
  }
  if (error instanceof ConfigError) {
    for (const problem of error.problems) printError(terminal, `${error.file}: ${problem}`);
    return ExitCode.usage;
  }
  printError(
    terminal,
    `hetuc has failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    "this is a bug in hetuc; please report it with the schema that triggers it",
  );
  return ExitCode.internal;
}
