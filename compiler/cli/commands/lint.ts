import { access, readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { loadProject, type Project } from "../../config/load-config.js";
import { SourceFile } from "../../source/source-file.js";
import type { LintedProject } from "../../lint/lint.js";
import { ServerSyntaxError } from "../../lint/server/server-syntax-error.js";
import { TsConfigError } from "../../lint/server/tsconfig-error.js";
import { DEFAULT_LINT_SETTINGS, type LintSettings } from "../../lint/settings.js";
import type { Model } from "../../model/model.js";
import type { CommandContext } from "../command-context.js";
import { chooseFormat, type DiagnosticFormat } from "../diagnostic-format.js";
import { ExitCode } from "../exit-code.js";
import { Progress } from "../progress.js";
import { readSchema } from "../read-schema.js";
import { reportDiagnostics } from "../report.js";
import { UsageError } from "../usage-error.js";

export interface LintOptions {
  readonly json?: true;
  readonly format?: DiagnosticFormat;
  readonly failOn: "warn" | "error";
  readonly config?: string;
}

const DEFAULT_ENTRY = "server/index.ts";

/** Looks for what `hetuc check` allows and is seldom wise. A schema with errors is told those instead. */
export async function lintProject({ terminal, cwd }: CommandContext, options: LintOptions): Promise<ExitCode> {
  const progress = new Progress(terminal);
  progress.stage("reading the schema");
  const format = options.json === true ? "json" : chooseFormat(options.format, terminal.env);
  const project = await loadProject(cwd, options.config);
  const sources = await readSchema(project);
  progress.stage(`checking ${sources.length} files`);
  const { analyseSources } = await import("../../pipeline.js");
  const { context: schema, build, diagnostics } = analyseSources(sources);
  if (build === undefined) {
    progress.done();
    reportDiagnostics(terminal, diagnostics, format, { root: project.root });
    return ExitCode.problems;
  }
  const model = build();
  const entries = await entriesOf(project);
  progress.stage("reading the code of the server", entries.length > 0);
  const server = entries.length === 0 ? undefined : await readCode(project, entries, model);
  progress.stage("looking for findings");
  const { lint } = await import("../../lint/lint.js");
  const configFile = project.configFile === undefined ? undefined : await sourceOf(project.configFile, project.root);
  const findings = lint({
    schema,
    model,
    settings: settingsOf(project),
    ...(configFile === undefined ? {} : { configFile }),
    ...(server === undefined ? {} : { server }),
  });
  progress.done();
  reportDiagnostics(terminal, findings, format, { root: project.root });
  const note = noteOn(server, entries, model);
  if (note !== undefined) terminal.err.write(`hetuc: ${note}\n`);
  const fails = options.failOn === "warn" ? findings.length > 0 : findings.some((each) => each.severity === "error");
  return fails ? ExitCode.problems : ExitCode.ok;
}

/** The modules that `hetu` would serve; none when the settings name none and the default is not there. */
async function entriesOf({ root, server }: Project): Promise<readonly string[]> {
  const { entry, instances } = server ?? {};
  const named = [entry, ...Object.values(typeof instances === "object" ? { ...instances } : {})];
  const given = named.filter((each): each is string => typeof each === "string").map((each) => resolve(root, each));
  if (given.length === 0) {
    const path = resolve(root, DEFAULT_ENTRY);
    return (await isThere(path)) ? [path] : [];
  }
  for (const path of given) {
    if (await isThere(path)) continue;
    throw new UsageError(
      `there is no file ${path}`,
      "correct `server.entry` or `server.instances` of hetu.json, which name the code of the server",
    );
  }
  return given;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** ts-morph, and the TypeScript in it, are loaded only here. */
async function readCode(
  { root, out }: Project,
  entries: readonly string[],
  model: Model,
): Promise<NonNullable<LintedProject["server"]>> {
  const [{ readServer }, { serverRules }] = await Promise.all([
    import("../../lint/server/read-server.js"),
    import("../../lint/rules/server-rules.js"),
  ]);
  const place = { root: withSlashes(root), entries: entries.map(withSlashes), out: withSlashes(out) };
  try {
    return { code: readServer(place, model), rules: serverRules };
  } catch (error) {
    if (error instanceof TsConfigError)
      throw new UsageError(error.message, "the code of the server is read with its options");
    if (error instanceof ServerSyntaxError)
      throw new UsageError(error.message, "correct it; what half a file does with `ctx` cannot be told");
    throw error;
  }
}

function settingsOf({ lint }: Project): LintSettings {
  if (lint === undefined) return DEFAULT_LINT_SETTINGS;
  const { ignore = [], ...levels } = lint;
  return { levels, ignore };
}

const MOST_NAMED = 5;

function noteOn(server: LintedProject["server"], entries: readonly string[], model: Model): string | undefined {
  if (server === undefined) {
    return `there is no code at ${DEFAULT_ENTRY} and hetu.json names none: only the rules for schemas ran`;
  }
  const found = new Set<object>(server.code.systems.map(({ system }) => system));
  const all = model.namespaces.flatMap(({ systems }) => systems);
  const missed = all.filter((system) => !found.has(system)).map(({ name }) => name);
  if (missed.length === 0) return undefined;
  if (found.size === 0) {
    return `no \`implement(schema, { … })\` was found from ${entries.join(", ")}: the rules for code saw nothing`;
  }
  const more = missed.length > MOST_NAMED ? ` and ${missed.length - MOST_NAMED} more` : "";
  const count = `${missed.length} of ${all.length} systems`;
  return `the code of ${count} was not found, and not looked at: ${missed.slice(0, MOST_NAMED).join(", ")}${more}`;
}

async function sourceOf(path: string, root: string): Promise<SourceFile> {
  return new SourceFile(withSlashes(relative(root, path)), await readFile(path, "utf8"));
}

function withSlashes(path: string): string {
  return path.split(sep).join("/");
}
