import { KickRow } from "../core/kick.js";
import { snowflakeAt, snowflakeTime } from "../store/snowflake.js";
import type { ConnectionTable } from "./connection-table.js";

/** Kicks that one transaction forgets. */
const BATCH = 100;

/**
 * The epoch of a kick. A kick may be forgotten, and the next one of its user must still be above all logins; so epochs
 * are at least the time in seconds.
 * @param id a snowflake of now.
 */
export function nextEpoch(last: KickRow | undefined, id: bigint): number {
  return Math.max((last?.epoch ?? 0) + 1, secondsOf(id));
}

/** Deletes the kicks of all stores that are older. @param age milliseconds. */
export async function forgetKicks(tables: readonly ConnectionTable[], age: number): Promise<void> {
  for (const table of tables) {
    const before = snowflakeTime(table.store.nextId()) - age;
    while ((await forgetSome(table, snowflakeAt(before))) === BATCH);
  }
}

/** @returns how many. */
async function forgetSome(table: ConnectionTable, before: bigint): Promise<number> {
  const { result } = await table.alone(async (attempt) => {
    const view = table.kicks(attempt);
    const rows = await view.range("at", null, before, { limit: BATCH });
    // Whoever kicks more often than once a second is ahead of the time for a while.
    const old = rows.filter((row) => row instanceof KickRow && row.epoch < secondsOf(before));
    for (const row of old) await view.delete(row);
    return old.length;
  });
  return result;
}

function secondsOf(id: bigint): number {
  return Math.max(0, Math.floor(snowflakeTime(id) / 1000));
}
