import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

/** One file of vectors: what it is about, its kind, and the cases. */
export interface VectorFile {
  readonly kind: string;
  readonly about: string;
  readonly cases: readonly VectorCase[];
}

export type VectorCase = { readonly name: string } & Readonly<Record<string, unknown>>;

/** Where the vectors are, whichever bundle this module is part of. */
export function vectorFolder(root: string): string {
  return join(root, "test/conformance/vectors");
}

/** Paths of all vector files in a folder, relative and with `/`, sorted; `index.json` is not among them. */
export function vectorPaths(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => path !== "index.json")
    .sort();
}

/** A file as it lies in the repository, without a check of its shape; `undefined` when there is none. */
export function readVectorFile(folder: string, path: string): unknown {
  const file = join(folder, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : undefined;
}

/** As it is written: by Prettier, with long lines, so that a step or a row stands in one. */
export function vectorText(content: unknown): Promise<string> {
  return format(JSON.stringify(content), { parser: "json", printWidth: 180 });
}

/** Writes the files, and removes those that nobody recorded. */
export function writeAll(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const path of vectorPaths(folder)) if (!texts.has(path)) rmSync(join(folder, path));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Paths whose files are missing, too many or different. */
export function staleFiles(folder: string, texts: ReadonlyMap<string, string>): string[] {
  const known = new Set([...vectorPaths(folder), ...texts.keys()]);
  const present = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
  return [...known].filter((path) => present(path) !== texts.get(path)).sort();
}

/** The repository that this module lies in, when it is not bundled. */
export const repository: string = fileURLToPath(new URL("../../..", import.meta.url));
