import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "../config/load-config.js";
import { findSchemaFiles } from "../config/schema-files.js";
import { SourceFile } from "../source/source-file.js";
import { UsageError } from "./usage-error.js";

/**
 * Reads the project's schema. Paths are relative to its root, so that the output does not depend on where the
 * command runs.
 *
 * @throws UsageError when no file matches, or one is not UTF-8 or cannot be read.
 */
export async function readSchema(project: Project): Promise<readonly SourceFile[]> {
  const paths = await findSchemaFiles(project);
  if (paths.length === 0) {
    throw new UsageError(
      `no schema file matches ${project.schema.map((pattern) => `\`${pattern}\``).join(", ")} in ${project.root}`,
      project.configFile === undefined
        ? "run hetuc in a project, start one with `hetuc init <folder>`, or name a hetu.json with --config"
        : `write one, or correct \`schema\` in ${project.configFile}`,
    );
  }
  return Promise.all(paths.map((path) => readSource(join(project.root, path), path)));
}

/**
 * Reads one file.
 *
 * @param path where it is.
 * @param shownAs what messages call it.
 * @throws UsageError when it is not UTF-8 or cannot be read.
 */
export async function readSource(path: string, shownAs: string): Promise<SourceFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new UsageError(`there is no file ${shownAs}`, "paths count from the folder in which hetuc runs");
    }
    throw new UsageError(`${shownAs} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return new SourceFile(shownAs, decodeUtf8(bytes, shownAs));
}

/** The text of a file. @throws UsageError when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, shownAs: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${shownAs} is not valid UTF-8`, "save it with the encoding UTF-8");
  }
}
