import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The installed package that this program belongs to. */
export interface PackageInfo {
  /** Absolute path of its folder. */
  readonly root: string;
  readonly version: string;
}

/** Finds the package by walking up: the program's place in it differs between the bundle and a single module. */
export function packageInfo(): PackageInfo {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const content: unknown = JSON.parse(readFileSync(file, "utf8"));
      if (isOurs(content)) return { root: folder, version: content.version };
    }
    if (dirname(folder) === folder) throw new Error("the package.json of hetu is missing: install the package again");
  }
}

function isOurs(content: unknown): content is { name: "hetu"; version: string } {
  return typeof content === "object" && content !== null && "name" in content && content.name === "hetu";
}
