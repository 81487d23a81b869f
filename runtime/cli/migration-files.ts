import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ServerConfigError } from "../config/config-error.js";

/** Beside the entry. */
const FOLDER = "migrations";
const FILE = /^(?!.*\.d\.[cm]?ts$)([^.].*)\.[cm]?[jt]s$/;

/**
 * Files of the folder `migrations` beside an entry, by the names of the migrations and in their order.
 * @throws ServerConfigError when two have one name.
 */
export function migrationFiles(entry: string): ReadonlyMap<string, string> {
  const folder = join(dirname(entry), FOLDER);
  if (!existsSync(folder)) return new Map();
  const found = readdirSync(folder).flatMap((file): [string, string][] => {
    const name = FILE.exec(file)?.[1];
    return name === undefined ? [] : [[name, join(folder, file)]];
  });
  const files = new Map<string, string>();
  for (const [name, file] of found.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const other = files.get(name);
    if (other !== undefined) {
      throw new ServerConfigError(join(dirname(entry), FOLDER), [
        `${basename(other)} and ${basename(file)} are migrations of one name: rename one of them`,
      ]);
    }
    files.set(name, file);
  }
  return files;
}

/** Names of the migrations beside an entry. */
export function migrationNames(entry: string): readonly string[] {
  return [...migrationFiles(entry).keys()];
}
