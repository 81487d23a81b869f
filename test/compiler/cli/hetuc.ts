import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const compilerProgram = join(repository, "dist/compiler/cli.js");

if (!existsSync(compilerProgram)) throw new Error("these tests run the built program: run `npm run build` first");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** An environment in which nothing of the test's own decides on colours or formats. */
export function plainEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, ...extra };
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const child = spawn(program, args, { cwd: options.cwd, env: plainEnvironment(options.env), stdio: "pipe" });
  child.stdin.end(options.input ?? "");
  return finished(child);
}

/** Runs `hetuc` as it ships, to its end. */
export function hetuc(args: readonly string[], options: RunOptions): Promise<Finished> {
  return run(process.execPath, [compilerProgram, ...args], options);
}

/** Collects what a process prints until it has ended. */
export function finished(child: ChildProcess): Promise<Finished> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder of its own that goes away with the scope: `await using folder = await temporaryFolder({ … })`. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  write(file: string, content: string): Promise<void>;
  read(file: string): Promise<string>;
  /** Every file below a folder with its content, by its path relative to that folder. */
  tree(folder: string): Promise<Readonly<Record<string, string>>>;
}

/** @param files contents by path. */
export async function temporaryFolder(files: Readonly<Record<string, string>> = {}): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "hetuc-test-")));
  const folder: TemporaryFolder = {
    path,
    async write(file, content) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      // In one step, so that a watcher never sees half a file.
      await writeFile(join(path, `${file}.new`), content);
      await rename(join(path, `${file}.new`), join(path, file));
    },
    read: (file) => readFile(join(path, file), "utf8"),
    tree: (below) => tree(join(path, below)),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
  for (const [file, content] of Object.entries(files)) await folder.write(file, content);
  return folder;
}

async function tree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const file = join(entry.parentPath, entry.name);
    files[relative(folder, file).split(sep).join("/")] = await readFile(file, "utf8");
  }
  return files;
}
