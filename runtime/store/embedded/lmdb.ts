import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";

export type Lmdb = RootDatabase<Uint8Array, Uint8Array>;

/** Address space reserved for the file; it grows beyond by remapping. Costs nothing until it is used. */
const DEFAULT_MAP_BYTES = 16 * 2 ** 30;

/** The database file of a folder. */
export function databaseFile(folder: string): string {
  return join(folder, "data.mdb");
}

/**
 * Opens the database file in `folder`.
 *
 * `overlappingSync`: a transaction is visible, and in the kernel's page cache, before it is flushed to the disk; a
 * third meta page remembers the last flushed one, whose pages are not reused. After a crash of the process the last
 * committed transaction counts; after a crash of the machine (told by the kernel's boot id) the last flushed one.
 * Windows flushes in the transaction.
 */
export function openLmdb(folder: string, mapBytes = DEFAULT_MAP_BYTES): Lmdb {
  return open<Uint8Array, Uint8Array>({
    path: databaseFile(folder),
    noSubdir: true,
    keyEncoding: "binary",
    encoding: "binary",
    overlappingSync: process.platform !== "win32",
    eventTurnBatching: false,
    mapSize: mapBytes,
    maxDbs: 1,
    maxReaders: 16,
  });
}

/** Runs `write` in a transaction that is visible when this returns and thrown away when it throws. */
export function writeNow<T>(lmdb: Lmdb, write: () => T): T {
  const result = lmdb.transactionSync(write);
  lmdb.resetReadTxn();
  return result;
}
