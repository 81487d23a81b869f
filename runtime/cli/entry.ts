import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildFailure, formatMessages, type Plugin, stop } from "esbuild";
import type { Implementation } from "../schema/schema.js";
import { checkImplementation } from "../server/check-options.js";
import { migrationNames } from "./migration-files.js";

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
  bundling++;
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
    if (!isBuildFailure(error)) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EntryError(`${entry} could not be built, since the bundler ended: ${reason}`, { cause: error });
    }
    const color = process.stdout.isTTY;
    const lines = await formatMessages(error.errors, { kind: "error", color, terminalWidth: 100 });
    throw new EntryError(`${entry} cannot be built:\n${lines.join("\n").trimEnd()}`);
  } finally {
    // It has a process of its own, and does not notice for good when that dies: the next bundle gets a new one.
    if (--bundling === 0) await stop();
  }
}

/** Bundles that are being made. */
let bundling = 0;

/** What a server's entry module exports. */
export interface LoadedCode {
  readonly implementation: Implementation;
  /** Ends timers and closes handles of the module; called once, when none of its calls runs any more. */
  readonly dispose: (() => unknown) | undefined;
}

/** Whether an entry is imported as it is, and not bundled. */
export function isJavaScript(entry: string): boolean {
  return /\.[cm]?js$/.test(entry) && existsSync(entry);
}

/**
 * Loads a bundle. Each load is a fresh copy of the code: the module's file stands beside the entry, from where its
 * packages are found, only while it is loaded.
 *
 * @throws EntryError when the code throws while it loads, ServerOptionsError when its default export is not an
 * implementation, NotYetSupportedError.
 */
export async function loadBundle(bundle: EntryBundle): Promise<LoadedCode> {
  const file = await writeBundle(bundle, `${process.pid}-${Date.now()}-${++loads}`);
  try {
    return await importEntry(pathToFileURL(file).href, bundle.entry);
  } finally {
    await rm(file, { force: true });
  }
}

let loads = 0;

/**
 * Writes a bundle beside its entry.
 * @param name makes the file's name unlike that of every other bundle there.
 * @returns its path.
 * @throws EntryError
 */
export async function writeBundle({ entry, code }: EntryBundle, name: string): Promise<string> {
  const file = join(dirname(entry), `${BUNDLE_PREFIX}${name}.mjs`);
  try {
    await writeFile(file, code);
  } catch (error) {
    await rm(file, { force: true });
    throw new EntryError(
      `cannot write beside ${entry}: ${String(error)}; where the folder is read-only, compile the entry to JavaScript ` +
        "beforehand and name that file",
    );
  }
  return file;
}

/** Of the names of bundles. */
export const BUNDLE_PREFIX = ".hetu-";

/** Loads an entry: JavaScript as it is, TypeScript through a bundle. @throws as {@link bundleEntry}, {@link loadBundle}. */
export async function loadEntry(entry: string): Promise<LoadedCode> {
  return isJavaScript(entry) ? importEntry(pathToFileURL(entry).href, entry) : loadBundle(await bundleEntry(entry));
}

/**
 * @param url of a module that has not been imported before, where it is to be fresh.
 * @param entry what the user calls it.
 * @throws as {@link loadBundle}
 */
export async function importEntry(url: string, entry: string): Promise<LoadedCode> {
  let module: { readonly default?: unknown; readonly dispose?: unknown };
  try {
    module = (await import(url)) as { readonly default?: unknown; readonly dispose?: unknown };
  } catch (error) {
    throw new EntryError(
      `${entry} cannot be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      {
        cause: error,
      },
    );
  }
  const { default: implementation, dispose } = module;
  checkImplementation(implementation, entry);
  if (dispose !== undefined && typeof dispose !== "function") {
    throw new EntryError(
      `${entry} exports dispose, which is no function; it is called when code was exchanged: export function dispose() { … }`,
    );
  }
  const known: Implementation = { ...implementation, migrations: migrationNames(entry) };
  return { implementation: known, dispose: dispose === undefined ? undefined : () => (dispose as () => unknown)() };
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
