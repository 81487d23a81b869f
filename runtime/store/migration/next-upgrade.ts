import type { Schema } from "../../schema/schema.js";
import { consentsOf, NO_CONSENTS, optionsOf } from "./consents.js";
import { isRefusal } from "./errors.js";
import type { PlanReport, UpgradeRequest } from "./request.js";
import type { NextUpgrade, UnfinishedUpgrade } from "./unfinished.js";

/** What is noted of a request for {@link UnfinishedUpgrade.options}. */
export function notedOptions({ consents = NO_CONSENTS }: UpgradeRequest): readonly string[] {
  return optionsOf(consents);
}

/** What is told of an unfinished upgrade. */
export function unfinishedReport(
  schema: Schema,
  unfinished: UnfinishedUpgrade,
  next: NextUpgrade | undefined,
): PlanReport {
  const nothing = { from: "", to: schema.fingerprint, tables: [], changes: [], problems: [] };
  const { direction } = unfinished;
  return { status: "unfinished", direction, ...nothing, unfinished: { ...unfinished, ...(next && { next }) } };
}

/**
 * What another upgrade would make of an unfinished one.
 * @param request Where it says nothing, what the unfinished one was asked for is meant.
 * @param look finds out what becomes of one that goes the same way, or begins anew.
 */
export async function nextUpgrade(
  request: UpgradeRequest,
  unfinished: UnfinishedUpgrade,
  look: (request: UpgradeRequest) => Promise<NextUpgrade | undefined>,
): Promise<NextUpgrade | undefined> {
  if (unfinished.phase !== "building") return undefined;
  const { direction = "up", consents = NO_CONSENTS } = request;
  if (direction === "down" && unfinished.direction === "up") return { kind: "is undone" };
  const isPlain = direction === "up" && optionsOf(consents).length === 0;
  const same = { direction: unfinished.direction, consents: consentsOf(unfinished.options) };
  try {
    return await look(isPlain ? { ...request, ...same } : request);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: "is refused", reason: (error as Error).message };
  }
}
