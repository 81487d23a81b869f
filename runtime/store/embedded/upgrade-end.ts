import { spacesOf, type TableSpaces } from "../migration/stored-after.js";
import type { Direction } from "../migration/table-plan.js";
import type { StoredSchema } from "../schema/stored-schema.js";
import { readContents, saveContents } from "./catalogue.js";
import { type Lmdb, writeNow } from "./lmdb.js";
import { META_UPGRADE } from "./meta.js";
import { emptySpace } from "./upgrade-steps.js";

/** The new catalogue holds from here on; then what only the old one needed is deleted. */
export function change(
  lmdb: Lmdb,
  { namespace, direction }: { readonly namespace: string; readonly direction: Direction },
  after: StoredSchema,
): void {
  const { nextSpace, namespaces } = readContents(lmdb);
  const before = namespaces[namespace];
  const kept = new Set(spacesOf(after).flatMap(numbersOf));
  const known = before === undefined ? [] : spacesOf(before).flatMap(numbersOf);
  const spaces = known.filter((space) => !kept.has(space));
  writeNow(lmdb, () => {
    const next = { nextSpace, namespaces: { ...namespaces, [namespace]: after } };
    saveContents(lmdb, { ...next, upgrade: { phase: "cleaning", spaces, direction } });
    void lmdb.remove(META_UPGRADE);
  });
  end(lmdb);
}

/** Deletes what an upgrade has written; the old data is as it was. Does nothing where there was none. */
export function giveUp(lmdb: Lmdb): void {
  const contents = readContents(lmdb);
  const { upgrade } = contents;
  if (upgrade === undefined) return;
  // From here on nobody goes on with it: rows are missing.
  const { build: _, ...rest } = upgrade;
  writeNow(lmdb, () => {
    saveContents(lmdb, { ...contents, upgrade: rest });
    void lmdb.remove(META_UPGRADE);
  });
  end(lmdb);
}

/** Empties the spaces that nothing needs. */
export function end(lmdb: Lmdb): void {
  const { upgrade, ...contents } = readContents(lmdb);
  if (upgrade === undefined) return;
  for (const space of upgrade.spaces) emptySpace(lmdb, space);
  writeNow(lmdb, () => saveContents(lmdb, contents));
}

function numbersOf({ rows, indexes }: TableSpaces): readonly number[] {
  return [rows, ...indexes];
}
