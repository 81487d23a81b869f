import type { MaybePromise } from "../store/contract.js";
import type { ScanResult } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { TableQueries } from "./table-queries.js";

/** Windows that are read at the same time after a reset: enough for a full pipeline, few enough for others to get in. */
const SCANS_AT_ONCE = 64;

/** What scans have found, by query. */
export type Filled = readonly (readonly [SharedQuery, ScanResult])[];

/**
 * Reads the rows of windows, so many at a time. What is found at once, and is of the state that the queries are in, is
 * in its window when this returns.
 * @param at the position that the queries are at, and whether what they had is of a history that is over.
 * @returns the scans that are under way, and those that have seen more; `undefined`: there are none.
 */
export function fillWindows(
  queries: readonly SharedQuery[],
  tableOf: (query: SharedQuery) => TableQueries,
  { position, rewritten }: { readonly position: number; readonly rewritten: boolean },
): Promise<Filled> | undefined {
  const found: (readonly [SharedQuery, ScanResult])[] = [];
  const late: Promise<void>[] = [];
  const rest = queries.values();
  const scan = (query: SharedQuery): MaybePromise<ScanResult> => {
    const table = tableOf(query);
    query.beginLoad();
    table.cover(query);
    return table.scan(query);
  };
  const goOn = async (query: SharedQuery, first: Promise<ScanResult>): Promise<void> => {
    found.push([query, await first]);
    for (const next of rest) found.push([next, await scan(next)]);
  };
  for (const query of rest) {
    const result = scan(query);
    if (result instanceof Promise) late.push(goOn(query, result));
    else if (result.position === position) query.finishLoad(result, rewritten);
    else late.push(goOn(query, Promise.resolve(result)));
    if (late.length === SCANS_AT_ONCE) break;
  }
  return late.length === 0 ? undefined : Promise.all(late).then(() => found);
}
