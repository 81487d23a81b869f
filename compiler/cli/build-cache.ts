import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Project } from "../config/load-config.js";
import type { SourceFile } from "../source/source-file.js";
import { packageInfo } from "./package-info.js";

/** A file of the output as the last build left it. */
interface OutputState {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

interface Entry {
  readonly inputs: string;
  readonly warnings: number;
  readonly outputs: readonly OutputState[];
}

/** What the last build that is still true gave. */
export interface CachedBuild {
  readonly warnings: number;
  /** Number of files that it wrote or left. */
  readonly files: number;
}

/**
 * Remembers which inputs the output was made of, so that a build of the same inputs ends at once. Lives in `.hetu/`
 * beside hetu.json; without it, or when any file of the output was touched, everything is built.
 */
export class BuildCache {
  readonly #project: Project;
  readonly #file: string;

  constructor(project: Project) {
    this.#project = project;
    const place = createHash("sha256").update(project.out).digest("hex").slice(0, 12);
    this.#file = join(project.root, ".hetu", `build-${place}.json`);
  }

  /** A hash over all that the output depends on: the compiler itself, the targets, every file. */
  async inputsOf(sources: readonly SourceFile[], targets: readonly string[]): Promise<string> {
    const hash = createHash("sha256");
    const add = (text: string): void => void hash.update(`${text.length}:`).update(text);
    await addCompiler(add);
    add(this.#project.out);
    add(targets.join());
    for (const { path, text } of sources) {
      add(path);
      add(text);
    }
    return hash.digest("hex");
  }

  /** The last build, when it was of these inputs and its output is untouched. */
  async find(inputs: string): Promise<CachedBuild | undefined> {
    const text = await readFile(this.#file, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const entry = parseEntry(text);
    if (entry?.inputs !== inputs) return undefined;
    const untouched = await Promise.all(entry.outputs.map((state) => isUntouched(this.#project.out, state)));
    return untouched.every(Boolean) ? { warnings: entry.warnings, files: entry.outputs.length } : undefined;
  }

  /**
   * Notes a build that succeeded. A cache that cannot be written costs time, not correctness: that is no failure.
   *
   * @param outputs the paths of all its files, relative to the output folder.
   */
  async store(inputs: string, warnings: number, outputs: readonly string[]): Promise<void> {
    const states = await Promise.all(
      outputs.map(async (path): Promise<OutputState> => {
        const { size, mtimeMs } = await stat(join(this.#project.out, path));
        return { path, size, mtimeMs };
      }),
    );
    const entry: Entry = { inputs, warnings, outputs: states };
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(join(dirname(this.#file), ".gitignore"), "*\n");
      await writeFile(this.#file, JSON.stringify(entry));
    } catch {
      return;
    }
  }
}

/** What the compiler is made of. */
async function addCompiler(add: (text: string) => void): Promise<void> {
  const { root, version } = packageInfo();
  add(version);
  // The bundle's names of its own parts carry hashes of their content, so this one file stands for all of them.
  add(await readFile(join(root, "dist/compiler/cli.js"), "utf8").catch(() => ""));
  const templates = join(root, "dist/templates");
  const entries = await readdir(templates, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const { size, mtimeMs } = await stat(file);
    add(`${relative(templates, file)}:${size}:${mtimeMs}`);
  }
}

async function isUntouched(out: string, { path, size, mtimeMs }: OutputState): Promise<boolean> {
  const found = await stat(join(out, path)).catch(() => undefined);
  return found?.size === size && found.mtimeMs === mtimeMs;
}

function parseEntry(text: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(text);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && "inputs" in value && "warnings" in value && "outputs" in value;
}
