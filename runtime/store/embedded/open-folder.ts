import { StoreFormatError } from "../errors.js";
import { claim, enter, leave } from "./folder-lock.js";
import { Journal } from "./journal.js";
import { type Lmdb, openLmdb, writeNow } from "./lmdb.js";
import { FORMAT, META_FORMAT, META_POSITION, numberValue, readNumber } from "./meta.js";

/** The folder of a store, which this process has for itself. */
export interface OpenFolder {
  readonly lmdb: Lmdb;
  readonly journal: Journal;
  /** @param isWhole LMDB has everything: the journal can go, and the next process need not wait. */
  close(isWhole: boolean): Promise<void>;
}

/**
 * Opens a folder, and brings LMDB up to its journal.
 * @throws StoreLockedError when another process has it open.
 * @throws StoreFormatError when another version of the layout wrote it.
 */
export function openFolder(path: string, mapBytes?: number): OpenFolder {
  const folder = enter(path);
  try {
    const lmdb = openLmdb(folder, mapBytes);
    try {
      checkFormat(lmdb, path);
      const release = claim(lmdb, path);
      const journal = new Journal(folder);
      recover(lmdb, journal);
      return {
        lmdb,
        journal,
        async close(isWhole) {
          if (isWhole) {
            journal.discard();
            release();
          } else {
            journal.close();
          }
          await lmdb.close();
          leave(folder);
        },
      };
    } catch (error) {
      void lmdb.close();
      throw error;
    }
  } catch (error) {
    leave(folder);
    throw error;
  }
}

/** Brings LMDB up to what an earlier process had in its journal when it died. */
function recover(lmdb: Lmdb, journal: Journal): void {
  const records = journal.recover(readNumber(lmdb, META_POSITION) ?? 0);
  const last = records.at(-1);
  if (last === undefined) return;
  writeNow(lmdb, () => {
    for (const { writes } of records) {
      for (const { key, value } of writes) {
        if (value === undefined) void lmdb.remove(key);
        else void lmdb.put(key, value);
      }
    }
    void lmdb.put(META_POSITION, numberValue(last.position));
  });
}

function checkFormat(lmdb: Lmdb, path: string): void {
  const format = readNumber(lmdb, META_FORMAT);
  if (format === FORMAT) return;
  if (format !== undefined) throw new StoreFormatError(path, format, FORMAT);
  writeNow(lmdb, () => void lmdb.put(META_FORMAT, numberValue(FORMAT)));
}
