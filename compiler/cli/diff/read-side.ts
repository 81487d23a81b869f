import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { glob } from "tinyglobby";
import { CONFIG_FILE_NAMES, loadProject, type Project } from "../../config/load-config.js";
import { readSchema, readSource } from "../read-schema.js";
import { UsageError } from "../usage-error.js";
import { fetchHint, isRevision, readRevision, splitRevision } from "./git-revision.js";
import { readOperationsPage } from "./operations-page.js";
import { projectIn } from "./project-in.js";
import { readModelFile } from "./schema-file.js";
import type { SchemaSide } from "./schema-side.js";

const FORMS = [
  "a .hetu file, a folder or a glob",
  "a hetu.json, or a schema.json that `hetuc build` wrote",
  "a revision of git: HEAD~1: or v1.2:path/to/project",
  "a server: ws://host/hetu/name, or http://host:9466 for its operations port",
];

/**
 * Reads what an argument of `hetuc diff` names.
 *
 * @param cwd the folder that paths count from.
 * @param project the project of that folder; what a revision without a path means.
 * @param env where the key of a server may stand.
 * @throws UsageError when it names nothing that can be read.
 */
export async function readSide(
  given: string,
  cwd: string,
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<SchemaSide> {
  if (/^(?:ws|http)s?:\/\//.test(given) && !URL.canParse(given)) {
    throw new UsageError(`${given} is no address`, "write it as ws://host:2466/hetu/name or http://host:9466");
  }
  if (/^wss?:\/\//.test(given)) {
    const { describeServer } = await import("./running-server.js");
    return describeServer(given, env["HETU_WIRE_SECRET"]);
  }
  if (/^https?:\/\//.test(given)) return readOperationsPage(given);
  const path = resolve(cwd, given);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return readFile(given, path, cwd);
  if (found?.isDirectory() === true) return projectSide(await projectIn(path, given), given);
  if (/[*?[{]/.test(given)) return readGlob(given, cwd);
  const revision = splitRevision(given);
  if (revision !== undefined) return readRevision(given, revision, cwd, project);
  if (await isRevision(given, cwd)) return readRevision(given, { revision: given, path: "" }, cwd, project);
  const hint = await fetchHint(given, cwd);
  throw new UsageError(
    `${given} is no file, folder, revision or server`,
    [...(hint === undefined ? [] : [hint]), "give one of these:", ...FORMS].join("\n        "),
  );
}

/** A project: by default the one that is worked on. */
export async function projectSide(project: Project, name = "the project"): Promise<SchemaSide> {
  return { name, kind: "sources", sources: await readSchema(project), root: project.root };
}

async function readFile(given: string, path: string, cwd: string): Promise<SchemaSide> {
  if (CONFIG_FILE_NAMES.includes(basename(path))) return projectSide(await loadProject(path, path), given);
  if (path.endsWith(".json")) {
    return { name: given, kind: "model", model: await readModelFile(path, given), path: given };
  }
  return { name: given, kind: "sources", sources: [await readSource(path, given)], root: cwd };
}

async function readGlob(given: string, cwd: string): Promise<SchemaSide> {
  const paths = (await glob(given, { cwd, ignore: ["**/node_modules/**"], onlyFiles: true })).sort();
  if (paths.length === 0)
    throw new UsageError(`no file matches ${given}`, "paths count from the folder in which hetuc runs");
  const sources = await Promise.all(paths.map((path) => readSource(resolve(cwd, path), path)));
  return { name: given, kind: "sources", sources, root: cwd };
}
