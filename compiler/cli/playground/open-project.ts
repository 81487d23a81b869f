import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve, sep } from "node:path";
import { findConfigFile, loadProject, type Project } from "../../config/load-config.js";
import { findSchemaFiles } from "../../config/schema-files.js";
import type { OpenedProject } from "../../playground/opened-project.js";
import { inOrder, type SchemaTexts } from "../../playground/schema-texts.js";
import { readSchema, readSource } from "../read-schema.js";
import { UsageError } from "../usage-error.js";

/** Reads a schema as it is on the disk at that moment. @throws UsageError when it cannot be read. */
export type ReadProject = () => Promise<OpenedProject>;

/**
 * What `hetuc playground [PATH]` opens: a project, with one of its files in front where the path names it; or a file
 * that belongs to none, alone.
 *
 * @param path a `.hetu` file, a folder, a configuration file; the working folder when it is left out.
 * @returns `undefined` when no path is given and the working folder has no schema.
 * @throws UsageError when there is nothing at the path; ConfigError when the project's configuration is wrong.
 */
export async function findProject(cwd: string, path: string | undefined): Promise<ReadProject | undefined> {
  if (path === undefined) {
    const project = await loadProject(cwd);
    return (await findSchemaFiles(project)).length === 0 ? undefined : () => readWhole(project);
  }
  const place = resolve(cwd, path);
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`there is nothing at ${path}`, "give a .hetu file, or the folder of a project");
  }
  if (found.isDirectory()) {
    const project = await loadProject(place);
    return () => readWhole(project);
  }
  if (extname(place) !== ".hetu") {
    const project = await loadProject(cwd, path);
    return () => readWhole(project);
  }
  // Without a hetu.json above the file, the working folder is the project.
  const project = await loadProject((await findConfigFile(dirname(place))) === undefined ? cwd : dirname(place));
  const within = relative(project.root, place).split(sep).join("/");
  if ((await findSchemaFiles(project)).includes(within)) return () => readWhole(project, within);
  return async () => opened(place, basename(place), [[basename(place), (await readSource(place, path)).text]]);
}

async function readWhole(project: Project, shown?: string): Promise<OpenedProject> {
  const sources = await readSchema(project);
  const whole = opened(
    project.root,
    basename(project.root),
    sources.map(({ path, text }) => [shownPath(path), text] as const),
  );
  return shown === undefined ? whole : { ...whole, shown: shownPath(shown) };
}

function opened(place: string, name: string, texts: SchemaTexts): OpenedProject {
  const files = inOrder(texts);
  return { id: hashOf(place), name, version: hashOf(JSON.stringify(files)), files };
}

/** The page knows no folder above its own. */
function shownPath(path: string): string {
  return path.replaceAll("../", "up/");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
