import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, isAbsolute, join } from "node:path";

/** A program of the compiler, ready to be started. */
export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it comes from, for the log. */
  readonly origin: "setting" | "project" | "extension";
}

export interface ServerSearch {
  /** Folders that may have a compiler installed, the first one first; absolute. */
  readonly folders: readonly string[];
  /** `hetu.server.path`; empty when it is not set. */
  readonly setting: string;
  /** The folder that the setting is relative to; the first of `folders` when left out. */
  readonly settingFrom?: string | undefined;
  /** Whether code of the open folders may run. */
  readonly trusted: boolean;
  /** The language server that the extension brings; absolute. */
  readonly bundled: string;
  /** The Node that JavaScript files are run with. */
  readonly node: string;
}

/**
 * The language server of the editor: the one that is set, that of the project, or the extension's. The project's comes
 * before the extension's so that the editor says what `hetuc check` says in CI. What an untrusted folder brings is never
 * run.
 */
export function serverProgram(search: ServerSearch): ServerProgram {
  return asServer(compilerProgram(search));
}

/** What is tried when {@link serverProgram} does not start: too old, broken, or not there. */
export function lastResort({ bundled, node }: ServerSearch): ServerProgram {
  return asServer(started(bundled, "extension", node));
}

function asServer({ command, args, origin }: ServerProgram): ServerProgram {
  return { command, args: [...args, "lsp", "--stdio"], origin };
}

/** The `hetuc` that {@link serverProgram} starts, without arguments; the extension's knows no command but `lsp`. */
export function compilerProgram({
  folders,
  setting,
  settingFrom = folders[0],
  trusted,
  bundled,
  node,
}: ServerSearch): ServerProgram {
  if (trusted && setting !== "") {
    const path = isAbsolute(setting) ? setting : join(settingFrom ?? "", setting);
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
  return isScript ? { command: node, args: [path], origin } : { command: path, args: [], origin };
}
