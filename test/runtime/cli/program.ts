import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { globSync } from "tinyglobby";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The programs as they ship — one JavaScript module for each of TypeScript — made from the source as it is now. */
export class Programs {
  private constructor(readonly folder: string) {}

  static async build(): Promise<Programs> {
    const cache = join(root, "node_modules/.cache/hetu-test");
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, "programs-"));
    await build({
      entryPoints: globSync(["runtime/**/*.ts", "compiler/**/*.ts", "!compiler/init/template/**"], {
        cwd: root,
        absolute: true,
      }),
      outbase: root,
      outdir: join(folder, "dist"),
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "error",
    });
    for (const script of globSync("runtime/**/*.lua", { cwd: root })) {
      await mkdir(dirname(join(folder, "dist", script)), { recursive: true });
      await copyFile(join(root, script), join(folder, "dist", script));
    }
    await copyFile(join(root, "package.json"), join(folder, "package.json"));
    return new Programs(folder);
  }

  get hetu(): string {
    return join(this.folder, "dist/runtime/cli.js");
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Files may not grow beyond so many blocks of 512 bytes: writes beyond fail like those on a full disk. */
  readonly fileBlocks?: number;
}

/** A child process whose output is read line by line. */
export class Program {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #waiting: (() => void)[] = [];

  constructor(script: string, args: readonly string[], options: ProgramOptions = {}) {
    const { fileBlocks } = options;
    const [command, ...before] =
      fileBlocks === undefined
        ? [process.execPath]
        : ["sh", "-c", `trap '' XFSZ; ulimit -f ${fileBlocks}; exec "$0" "$@"`, process.execPath];
    this.child = spawn(command, [...before, script, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.exited = once(this.child, "close").then(([code, signal]) => {
      this.#wake();
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (text: string) => {
        const parts = (rest + text).split("\n");
        rest = parts.pop() ?? "";
        this.lines.push(...parts);
        this.#wake();
      });
    }
  }

  get text(): string {
    return this.lines.join("\n");
  }

  /** The first match of a pattern in what it has printed, or will print, from line `from` on. */
  async line(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (let next = from; ;) {
      for (; next < this.lines.length; next++) {
        const match = pattern.exec(this.lines[next] ?? "");
        if (match !== null) return match;
      }
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the program ended before it printed ${String(pattern)}:\n${this.text}`);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ends it, if it still runs. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.exited;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
