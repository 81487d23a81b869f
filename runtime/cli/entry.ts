import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildFailure, formatMessages, type Plugin } from "esbuild";
import type { Implementation } from "../schema/schema.js";
import { checkImplementation } from "../server/check-options.js";

/** The user's code cannot be bundled or loaded. */
export class EntryError extends Error {
  override readonly name = "EntryError";
}

/** Code of a server, bundled but not loaded. */
export interface EntryBundle {
  readonly entry: string;
  readonly code: string;
  /** Absolute paths of all files that went into it. */
  readonly inputs: readonly string[];
}

/**
 * Bundles a server's entry with everything of the project that it imports; packages stay outside.
 * @throws EntryError
 */
export async function bundleEntry(entry: string): Promise<EntryBundle> {
  if (!existsSync(entry)) {
    throw new EntryError(`${entry} does not exist; name the module that exports the server's code with --entry`);
  }
  const folder = dirname(entry);
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      outdir: folder,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      sourcemap: "inline",
      logLevel: "silent",
      plugins: [ownRuntime],
    });
    const code = outputFiles[0]?.text ?? "";
    return { entry, code, inputs: Object.keys(metafile.inputs).map((path) => resolve(folder, path)) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const color = process.stdout.isTTY;
    const lines = await formatMessages(error.errors, { kind: "error", color, terminalWidth: 100 });
    throw new EntryError(`${entry} cannot be built:\n${lines.join("\n").trimEnd()}`);
  }
}

/**
 * Loads a bundle. Each load is a fresh copy of the code: the module's file stands beside the entry, from where its
 * packages are found, only while it is loaded.
 *
 * @throws EntryError when the code throws while it loads, ServerOptionsError when its default export is not an
 * implementation, NotYetSupportedError.
 */
export async function loadBundle({ entry, code }: EntryBundle): Promise<Implementation> {
  const file = join(dirname(entry), `.hetu-${process.pid}-${Date.now()}-${++loads}.mjs`);
  try {
    await writeFile(file, code);
  } catch (error) {
    throw new EntryError(
      `cannot write beside ${entry}: ${String(error)}; where the folder is read-only, compile the entry to JavaScript ` +
        "beforehand and name that file",
    );
  }
  try {
    return await importEntry(file, entry);
  } finally {
    await rm(file, { force: true });
  }
}

let loads = 0;

/** Loads an entry: JavaScript as it is, TypeScript through a bundle. @throws as {@link bundleEntry}, {@link loadBundle}. */
export async function loadEntry(entry: string): Promise<Implementation> {
  if (/\.[cm]?js$/.test(entry) && existsSync(entry)) return importEntry(entry, entry);
  return loadBundle(await bundleEntry(entry));
}

async function importEntry(file: string, entry: string): Promise<Implementation> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new EntryError(
      `${entry} cannot be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      {
        cause: error,
      },
    );
  }
  const implementation = module.default;
  checkImplementation(implementation, entry);
  return implementation;
}

/** The bundle and this program must share one copy of the runtime, wherever the project has its packages. */
const ownRuntime: Plugin = {
  name: "own-runtime",
  setup(builder) {
    const path = new URL("../index.js", import.meta.url).href;
    builder.onResolve({ filter: /^hetu$/ }, () => ({ path, external: true }));
  },
};

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
