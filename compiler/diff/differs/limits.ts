import type { CallableModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { changed, type Reach, type Subject } from "../row.js";
import { limitLowered, limitRaised } from "../rows/callables.js";

type Limit = NonNullable<CallableModel["limit"]>;

/** How often a connection may call. */
export function limitChanges(
  subject: Subject,
  { limit: old }: CallableModel,
  { limit: now }: CallableModel,
  reach: Reach,
): readonly Change[] {
  if (old?.times === now?.times && old?.perMs === now?.perMs) return [];
  const row = allowsAll(old, now) ? limitRaised : limitLowered;
  return [changed(row, subject, { old: limitText(old), now: limitText(now) }, reach)];
}

/**
 * Whether the new limit lets through whatever the old one let through: in any span of the new length there are at most
 * so many calls as in the spans of the old one that cover it.
 */
function allowsAll(old: Limit | undefined, now: Limit | undefined): boolean {
  if (now === undefined) return true;
  return old !== undefined && now.times >= old.times * Math.ceil(now.perMs / old.perMs);
}

function limitText(limit: Limit | undefined): string {
  return limit === undefined ? "without a limit" : `${limit.times} times in ${limit.perMs} ms`;
}
