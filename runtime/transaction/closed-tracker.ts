import type { RowTracker } from "../codegen/row.js";
import { TransactionClosedError } from "./errors.js";

const trackers = new Map<string, RowTracker>();

/**
 * Refuses assignments to rows of a transaction of `system` that has ended. Shared, so that a committed row does not
 * hold on to its transaction.
 */
export function closedTracker(system: string): RowTracker {
  let tracker = trackers.get(system);
  if (tracker === undefined) {
    tracker = {
      beforeChange(row) {
        throw new TransactionClosedError(system, `row ${row.id} was assigned to after its transaction had ended`);
      },
    };
    trackers.set(system, tracker);
  }
  return tracker;
}
