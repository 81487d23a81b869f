import type { SchemaChange } from "../../errors.js";
import type { RedisLink } from "../link.js";
import { partitionTag } from "./control-keys.js";
import { countRows } from "./row-copy.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import type { Target } from "./target.js";

export interface LossOptions {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to a backend, `undefined` being the default store. Without one it is taken to have rows. */
  readonly link: (backend: string | undefined) => RedisLink | undefined;
}

/** What of the changes rows would not survive that exist. */
export async function lossesOf(
  { link, tag }: LossOptions,
  { tables }: Target,
  stored: StoredCatalogue,
): Promise<SchemaChange[]> {
  const losses: SchemaChange[] = [];
  for (const { before, after, from, lossy } of tables) {
    if (before === undefined || lossy.length === 0 || before.volatile || after?.volatile === true) continue;
    for (const partition of from) {
      const backend = stored.partitions.find(({ number }) => number === partition)?.backend ?? undefined;
      const way = link(backend);
      const key = `${partitionTag(tag, partition)}:t${before.space}`;
      if (way !== undefined && (await countRows({ link: way, key })) === 0) continue;
      losses.push(...lossy);
      break;
    }
  }
  return losses;
}
