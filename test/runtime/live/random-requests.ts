import type { SubscribeRequest } from "../../../runtime/live/contract.js";
import type { WireRow } from "../../../runtime/wire/server-frames.js";
import type { TestViewer } from "./live-world.js";
import type { Context, End, RandomQuery } from "./random-steps.js";
import { text } from "./row-text.js";

/** Makes the viewer somebody else, without telling the live queries. */
export function setContext(player: { context: Context; readonly viewer: TestViewer }, context: Context): void {
  player.context = context;
  player.viewer.caller = context.caller;
  player.viewer.admin = context.admin;
  player.viewer.session = context.guild === undefined ? {} : { guild: context.guild };
}

export function requestOf({ kind, table, columns, left, right, limit, desc, force }: RandomQuery): SubscribeRequest {
  const index = columns.join(",");
  if (kind === "get") return { kind, table, index, value: wireEnd(left, columns.length) };
  return {
    kind,
    table,
    index,
    left: wireEnd(left, columns.length),
    right: wireEnd(right, columns.length),
    limit,
    desc,
    force,
  };
}

function wireEnd(end: End, columns: number): unknown {
  if (end === undefined) return null;
  const last = end.values.at(-1) as number;
  const marked = end.exclusive ? `(${last}` : last;
  return columns === 1 ? marked : [...end.values.slice(0, -1), marked];
}

/** Columns in the order of their names: the oracle does not know the one of the schema. */
export function sorted(row: WireRow): string {
  return text(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
}
