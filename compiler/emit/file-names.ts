import { snakeCase } from "../model/names/words.js";

/** Names that Windows gives to devices, whatever the extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * The file name of each declaration of one folder, without extension: `MoveTo` and `move_to` give `move-to`. Names
 * that would meet on a file system that ignores case are told apart by a number.
 */
export function fileNames(names: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of names) {
    const plain = snakeCase(name).replaceAll("_", "-");
    const base = DEVICES.test(plain) ? `${plain}-` : plain;
    let file = base;
    for (let n = 2; taken.has(file); n++) file = `${base}-${n}`;
    taken.add(file);
    files.set(name, file);
  }
  return files;
}
