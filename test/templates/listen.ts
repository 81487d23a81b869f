import type { Account, LiveRange } from "../fixtures/world/generated/client-ts/world/index.js";

/** Everything that a live query tells, as short texts. */
export function listen(range: LiveRange<Account>): string[] {
  const told: string[] = [];
  range.onInsert((row) => told.push(`+${row.number}=${row.balance}`));
  range.onUpdate((row, old) => told.push(`${old.number}=${old.balance}→${row.number}=${row.balance}`));
  range.onDelete((old) => told.push(`-${old.number}`));
  range.onStale(() => told.push("stale"));
  range.onResynced(() => told.push("resynced"));
  range.onError((error) => told.push(error.name));
  return told;
}
