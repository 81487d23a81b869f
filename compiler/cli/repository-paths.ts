import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/**
 * How code hosts call a file: by its path from the root of the repository, wherever in it the project lies.
 *
 * @param root the folder that paths count from; absolute.
 * @returns what makes such a path of one. Outside of a repository, and of files that lie outside of it, paths stay.
 */
export function repositoryPaths(root: string): (path: string) => string {
  const top = repositoryOf(root);
  if (top === undefined) return (path) => path;
  return (path) => {
    const found = relative(top, resolve(root, path));
    return found === ".." || found.startsWith(`..${sep}`) || isAbsolute(found) ? path : found.split(sep).join("/");
  };
}

/** The nearest folder upward with a `.git`, which is a file in a work tree or a submodule. */
function repositoryOf(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
