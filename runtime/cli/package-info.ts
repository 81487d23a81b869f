import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The installed package that this program belongs to. */
export interface PackageInfo {
  readonly version: string;
  /** The compiler's program. */
  readonly hetuc: string;
}

/** Finds package.json from this module upward: it is not as far away in the source as in what is published. */
export function packageInfo(): PackageInfo {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const content = JSON.parse(readFileSync(file, "utf8")) as {
        name?: string;
        version: string;
        bin: { hetuc: string };
      };
      if (content.name === "hetu") return { version: content.version, hetuc: join(folder, content.bin.hetuc) };
    }
    if (dirname(folder) === folder) throw new Error("the package.json of hetu is missing; install the package again");
  }
}
