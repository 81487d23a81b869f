import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { EmittedFile } from "../target.js";

/** Where `scripts/build-templates.mjs` leaves the hand-written half of the clients, ready to be emitted. */
const TEMPLATES = new URL("dist/templates/", packageFolder());

/** The package's own folder. This module may have been bundled into another file, so its depth says nothing. */
function packageFolder(): URL {
  for (let folder = new URL(".", import.meta.url); folder.pathname !== "/"; folder = new URL("..", folder)) {
    if (existsSync(new URL("package.json", folder))) return folder;
  }
  throw new Error(`no package.json above ${import.meta.url}`);
}

/** The hand-written half of a TypeScript or JavaScript client, as files below `sdk/`. */
export function sdkFiles(target: "client-ts" | "client-js"): readonly EmittedFile[] {
  return templateFiles(target).map(({ path, content }) => ({ path: `sdk/${path}`, content }));
}

/**
 * The hand-written half of a client target. It is the package's own source and read like code that is imported: the
 * one place in the emitters that touches the disk.
 */
export function templateFiles(target: "client-ts" | "client-js" | "client-csharp"): readonly EmittedFile[] {
  const folder = fileURLToPath(new URL(`${target}/`, TEMPLATES));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/");
      const path = file.slice(folder.replaceAll("\\", "/").length).replace(/^\//, "");
      return { path, content: readFileSync(file, "utf8") };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where a module of the hand-written half stands that Node.js can load. @param path from the root of the half. */
export function sdkModule(path: string): string {
  return new URL(`client-js/${path}`, TEMPLATES).href;
}

/** JavaScript that declares `$`: the hand-written half and what it depends on, without imports. */
export function bundlePrelude(): string {
  return readFileSync(new URL("bundle-prelude.js", TEMPLATES), "utf8");
}

/** Names that the hand-written half exports to applications at run time. */
export function sdkExports(): readonly string[] {
  return JSON.parse(readFileSync(new URL("sdk-exports.json", TEMPLATES), "utf8")) as string[];
}
