import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { CONFIG_FILE_NAMES, loadProject, type Project } from "../../config/load-config.js";
import { findSchemaFiles } from "../../config/schema-files.js";
import { UsageError } from "../usage-error.js";

/**
 * The project in a folder: what its configuration says, `schema/` by default, or whatever schema files there are.
 *
 * @param advice what to do when there are none.
 * @throws UsageError when there are none.
 */
export async function projectIn(
  folder: string,
  shownAs: string,
  advice = "a schema file ends in .hetu; is it the right folder?",
): Promise<Project> {
  for (const name of CONFIG_FILE_NAMES) {
    const file = resolve(folder, name);
    if ((await stat(file).catch(() => undefined))?.isFile() === true) return loadProject(folder, file);
  }
  const plain: Project = { root: folder, schema: ["schema/**/*.hetu"], out: resolve(folder, "generated") };
  if ((await findSchemaFiles(plain)).length > 0) return plain;
  const loose: Project = { ...plain, schema: ["**/*.hetu"] };
  if ((await findSchemaFiles(loose)).length > 0) return loose;
  throw new UsageError(`${shownAs} holds no schema file`, advice);
}
