import { relative, sep } from "node:path";
import { glob } from "tinyglobby";
import type { Project } from "./load-config.js";

/** The paths of a project's schema files, relative to its root, with `/`, sorted: the order in which they count. */
export async function findSchemaFiles(project: Project): Promise<readonly string[]> {
  const out = relative(project.root, project.out).split(sep).join("/");
  const files = await glob([...project.schema], {
    cwd: project.root,
    ignore: ["**/node_modules/**", ...(out === "" || out.startsWith("..") ? [] : [`${out}/**`])],
    onlyFiles: true,
    followSymbolicLinks: true,
    expandDirectories: false,
  });
  return [...new Set(files)].sort();
}
