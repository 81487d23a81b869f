import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { loadProject } from "../../config/load-config.js";
import { SourceFile } from "../../source/source-file.js";
import type { FormatResult } from "../../format/format.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { ExitCode } from "../exit-code.js";
import type { CommandContext } from "../command-context.js";
import { decodeUtf8, readSchema, readSource } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";
import { UsageError } from "../usage-error.js";

export interface FmtOptions {
  readonly check?: true;
  readonly config?: string;
}

/** A file to format: where it is, and what it holds. */
interface Input {
  readonly path: string;
  readonly source: SourceFile;
}

/**
 * Formats files in place, or with `--check` lists those that are not formatted. A file with syntax errors is left as
 * it is and reported.
 */
export async function fmt(context: CommandContext, files: readonly string[], options: FmtOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { format } = await import("../../format/format.js");
  if (files.includes("-")) {
    if (files.length > 1) throw new UsageError("`-` reads standard input and cannot be given together with files");
    return formatInput(context, options, format);
  }
  const problems: Diagnostic[] = [];
  let changed = 0;
  for (const { path, source } of await inputs(context, files, options)) {
    const result = format(source);
    if (!result.ok) problems.push(...result.diagnostics);
    if (!result.ok || result.text === source.text) continue;
    changed += 1;
    terminal.out.write(`${source.path}\n`);
    if (options.check !== true) await writeFile(path, result.text);
  }
  reportDiagnostics(terminal, problems, "text");
  if (options.check === true && changed > 0) {
    terminal.err.write(`${changed} ${changed === 1 ? "file is" : "files are"} not formatted; run \`hetuc fmt\`\n`);
  }
  return problems.length > 0 || (options.check === true && changed > 0) ? ExitCode.problems : ExitCode.ok;
}

async function inputs(
  { cwd }: CommandContext,
  files: readonly string[],
  options: FmtOptions,
): Promise<readonly Input[]> {
  if (files.length === 0) {
    const project = await loadProject(cwd, options.config);
    const sources = await readSchema(project);
    return sources.map((source) => ({ path: join(project.root, source.path), source }));
  }
  return Promise.all(
    files.map(async (file) => ({ path: resolve(cwd, file), source: await readSource(resolve(cwd, file), file) })),
  );
}

async function formatInput(
  { terminal }: CommandContext,
  options: FmtOptions,
  format: (source: SourceFile) => FormatResult,
): Promise<ExitCode> {
  const source = new SourceFile("<stdin>", decodeUtf8(await buffer(process.stdin), "standard input"));
  const result = format(source);
  if (!result.ok) {
    reportDiagnostics(terminal, result.diagnostics, "text");
    return ExitCode.problems;
  }
  if (options.check === true) return result.text === source.text ? ExitCode.ok : ExitCode.problems;
  terminal.out.write(result.text);
  return ExitCode.ok;
}
