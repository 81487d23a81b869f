import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** What the compiler prints for each build with `--json`; keys that are not needed here are left out. */
const buildEvent = z.object({
  event: z.enum(["built", "failed"]),
  ok: z.boolean(),
  diagnostics: z.array(
    z.object({
      code: z.string(),
      severity: z.string(),
      message: z.string(),
      path: z.string(),
      start: z.object({ line: z.number(), column: z.number() }),
      help: z.string().optional(),
    }),
  ),
  files: z.object({ written: z.array(z.string()), unchanged: z.number(), removed: z.array(z.string()) }),
  ms: z.number(),
  error: z.object({ message: z.string(), help: z.string().optional() }).optional(),
});

export type BuildEvent = z.infer<typeof buildEvent>;

/** `hetuc build --watch --json` as a child process. The server never has the compiler in its own memory. */
export class CompilerProcess {
  readonly #child: ChildProcess;

  /**
   * @param program path of the compiler.
   * @param config the hetu.json, or the folder to search from.
   * @param onExit it has ended by itself, which it should not.
   */
  constructor(
    program: string,
    config: { readonly file: string | undefined; readonly root: string },
    onBuild: (event: BuildEvent) => void,
    onExit: (reason: string) => void,
  ) {
    // Its standard input is a pipe whose end is its end: it never outlives this process.
    this.#child = spawn(process.execPath, [program, "build", "--watch", "--json", ...configArguments(config.file)], {
      cwd: config.file === undefined ? config.root : dirname(config.file),
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on("line", (line) => {
        const event = parse(line);
        if (event !== undefined) onBuild(event);
      });
    }
    this.#child.on("error", (error) => onExit(error.message));
    this.#child.on("exit", (code, signal) => onExit(signal ?? `exit code ${code ?? "unknown"}`));
  }

  stop(): void {
    this.#child.removeAllListeners("exit");
    this.#child.stdin?.end();
    this.#child.kill("SIGTERM");
  }
}

/** The compiler reads hetu.json only. */
function configArguments(file: string | undefined): readonly string[] {
  return file?.endsWith(".json") === true ? ["--config", file] : [];
}

function parse(line: string): BuildEvent | undefined {
  try {
    const result = buildEvent.safeParse(JSON.parse(line));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
