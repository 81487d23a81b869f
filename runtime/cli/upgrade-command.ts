import type { Flags } from "./flags.js";

/** Options of `hetu upgrade`, as commander gives them. */
export interface UpgradeFlags extends Pick<Flags, "config" | "entry" | "store"> {
  readonly json?: boolean;
  readonly resetData?: boolean;
  readonly yes?: boolean;
}

export const UPGRADE_EXAMPLES = `
Examples:
  hetu upgrade                                       the store that hetu.json names
  hetu upgrade --store redis://127.0.0.1:6379/0
  hetu upgrade --config production.yaml --json
  hetu upgrade --store redis://127.0.0.1:6379/0 --reset-data --yes

All servers of the store must be stopped. New components, indexes and columns with defaults are added, longer texts and
more enum values allowed, volatile components emptied, components moved that systems now use together. What would lose
data is refused with every reason, and nothing is changed. Interrupted, it goes on when it is run again; no server
starts before it has ended.

With --reset-data it deletes everything of the instance instead, on all its Redis servers and nothing else there; the next
server begins with no data. It asks first; where there is no terminal to ask on, it needs --yes.

Exit codes: 0: the data fits the schema; 1: not now: servers run, or Redis is out of reach; 2: refused.`;
