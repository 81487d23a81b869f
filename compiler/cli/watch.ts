import { fstatSync } from "node:fs";
import { basename, extname, join, relative, sep } from "node:path";
import { watch as watchFiles, type FSWatcher } from "chokidar";
import { ConfigError } from "../config/config-error.js";
import { CONFIG_FILE_NAMES } from "../config/load-config.js";
import { prepareBuild, runBuild } from "./builder.js";
import { failedEvent } from "./build-event.js";
import { ExitCode } from "./exit-code.js";
import type { CommandContext } from "./command-context.js";
import { type BuildOptions, type BuildPlan, planBuild } from "./plan-build.js";
import { Progress } from "./progress.js";
import { reportBuild } from "./report-build.js";
import { printError } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Editors write several times for one save; builds wait until it has been quiet for so long. */
const QUIET_MS = 40;

const unwatchedFolders: ReadonlySet<string> = new Set(["node_modules", ".git", ".hetu"]);

/**
 * Builds, and builds again whenever the schema or hetu.json changes, until SIGINT, SIGTERM, or, with `--json`, the end
 * of a piped standard input: a program that starts it this way is not outlived by it.
 */
export async function watch(context: CommandContext, options: BuildOptions): Promise<ExitCode> {
  const stopped = stopSignal(options.json === true);
  // A mistake on the command line ends the command; one in hetu.json that comes later is only told.
  let plan = await planBuild(context.cwd, options);
  const trigger = new Trigger();
  let watcher = await startWatcher(plan, trigger);
  trigger.fire();

  let known: string | undefined;
  while (await Promise.race([trigger.next(), stopped])) {
    const began = performance.now();
    try {
      const changed = await planBuild(context.cwd, options);
      if (schemaFolders(changed).join() !== schemaFolders(plan).join()) {
        await watcher.close();
        watcher = await startWatcher(changed, trigger);
      }
      plan = changed;
      known = await buildAndReport(context, options, plan, began, known);
    } catch (error) {
      if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
      if (known !== error.message) tellFailure(context, options, error, performance.now() - began);
      known = error.message;
    }
  }
  await watcher.close();
  // Standard input that is still open would keep the process alive.
  process.stdin.destroy();
  return ExitCode.ok;
}

/**
 * @param known the inputs of the last build, whose outcome nobody needs to be told again.
 * @returns the inputs of this one.
 */
async function buildAndReport(
  { terminal }: CommandContext,
  options: BuildOptions,
  plan: BuildPlan,
  began: number,
  known: string | undefined,
): Promise<string> {
  const progress = new Progress(terminal);
  try {
    const prepared = await prepareBuild(plan);
    if (prepared.inputs === known) return known;
    // Editors that read what is printed drop the problems of the build before.
    if (known !== undefined && options.json !== true) terminal.err.write("hetuc: building again\n");
    const outcome = await runBuild(prepared, progress);
    progress.done();
    reportBuild(terminal, plan.project, options, outcome, performance.now() - began);
    if (options.json !== true) terminal.err.write("hetuc: waiting for changes\n");
    return prepared.inputs;
  } finally {
    progress.done();
  }
}

function tellFailure({ terminal }: CommandContext, options: BuildOptions, error: Error, ms: number): void {
  const help = error instanceof UsageError ? error.help : undefined;
  if (options.json === true) terminal.out.write(`${JSON.stringify(failedEvent(error.message, help, ms))}\n`);
  else printError(terminal, error.message, help);
}

/** Collects changes: many at once, or while a build runs, make one more build. */
class Trigger {
  #timer: NodeJS.Timeout | undefined;
  #due = false;
  #wake: ((fired: true) => void) | undefined;

  /** A file changed. */
  change(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.fire(), QUIET_MS);
  }

  fire(): void {
    this.#due = true;
    this.#deliver();
  }

  /** Resolves when something has changed since it last did. */
  next(): Promise<true> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (!this.#due || this.#wake === undefined) return;
    this.#due = false;
    const wake = this.#wake;
    this.#wake = undefined;
    wake(true);
  }
}

async function startWatcher(plan: BuildPlan, trigger: Trigger): Promise<FSWatcher> {
  const { root, out, schema } = plan.project;
  const folders = schemaFolders(plan);
  const extensions = new Set(schema.map((pattern) => extname(pattern)));
  const isRead = (path: string): boolean =>
    extensions.has(extname(path)) || CONFIG_FILE_NAMES.includes(basename(path)) || path === plan.project.configFile;
  const watcher = watchFiles([root, ...folders], {
    ignoreInitial: true,
    ignored: (path, stats) => {
      if (
        isWithin(path, out) ||
        relative(root, path)
          .split(sep)
          .some((step) => unwatchedFolders.has(step))
      )
        return true;
      if (stats?.isFile() === true) return !isRead(path);
      // Of the root itself only what leads to the schema is watched.
      if (stats?.isDirectory() !== true || path === root) return false;
      return !folders.some((folder) => isWithin(path, folder) || isWithin(folder, path));
    },
  });
  watcher.on("all", () => trigger.change());
  // A file that is replaced twice within a second, as editors do, is lost to the events above; the system's own tell.
  watcher.on("raw", (_event, path) => {
    if (isRead(path) || extname(path) === "") trigger.change();
  });
  await new Promise<void>((resolve, reject) => {
    watcher.once("ready", () => resolve());
    watcher.once("error", (error) => reject(error instanceof Error ? error : new Error(String(error))));
  });
  return watcher;
}

/** For each glob the folder that its fixed part names. */
function schemaFolders({ project }: BuildPlan): readonly string[] {
  const folders = project.schema.map((pattern) => {
    const steps = pattern.split("/");
    const wild = steps.findIndex((step) => /[*?[\]{}()!+@]/.test(step));
    // The last step of a glob without wildcards is the file itself.
    return join(project.root, ...steps.slice(0, wild === -1 ? -1 : wild));
  });
  return [...new Set(folders)];
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** Resolves to false once the command should end. */
function stopSignal(alsoEndOfInput: boolean): Promise<false> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(false);
    process.once("SIGINT", stop).once("SIGTERM", stop);
    if (!alsoEndOfInput || !isPipe(0)) return;
    process.stdin.once("end", stop).once("close", stop).resume();
  });
}

function isPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
