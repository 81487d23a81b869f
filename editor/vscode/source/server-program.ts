import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, isAbsolute, join } from "node:path";

/** How the language server is started. */
export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it comes from, for the log. */
  readonly origin: "setting" | "project" | "extension";
}

export interface ServerSearch {
  /** Folders that are open, the first one first; absolute. */
  readonly folders: readonly string[];
  /** `hetu.server.path`; relative to the first folder. */
  readonly setting: string;
  /** Whether code of the open folders may run. */
  readonly trusted: boolean;
  /** The compiler that the extension brings; absolute. */
  readonly bundled: string;
  /** The Node that JavaScript files are run with. */
  readonly node: string;
}

/**
 * Which `hetuc` serves the editor: the one that is set, that of the project, or the extension's. The project's comes
 * before the extension's so that the editor says what `hetuc check` says in CI. What an untrusted folder brings is never
 * run.
 */
export function serverProgram({ folders, setting, trusted, bundled, node }: ServerSearch): ServerProgram {
  if (trusted && setting !== "") {
    const path = isAbsolute(setting) ? setting : join(folders[0] ?? "", setting);
    return started(path, "setting", node);
  }
  for (const folder of trusted ? folders : []) {
    const installed = installedCompiler(folder);
    if (installed !== undefined) return started(installed, "project", node);
  }
  return started(bundled, "extension", node);
}

/** `hetuc` of the package `hetu` as a folder's own code would find it. */
function installedCompiler(folder: string): string | undefined {
  const paths = createRequire(join(folder, "package.json")).resolve.paths("hetu") ?? [];
  return paths.map((path) => join(path, "hetu/dist/compiler/cli.js")).find((path) => existsSync(path));
}

function started(path: string, origin: ServerProgram["origin"], node: string): ServerProgram {
  const isScript = [".js", ".mjs", ".cjs"].includes(extname(path));
  return { command: isScript ? node : path, args: [...(isScript ? [path] : []), "lsp", "--stdio"], origin };
}
