import type { Schema } from "../../../schema/schema.js";
import type { UpgradeRequest } from "../../migration/request.js";
import type { RedisLink } from "../link.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import { countTables } from "./table-counts.js";
import { type Target, targetOf } from "./target.js";
import type { PlacedKey } from "./upgrade-turn.js";

export interface UpgradeOptions extends UpgradeRequest {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to a backend; `undefined`: to the default store. */
  readonly link: (backend: string | undefined) => RedisLink;
  /** Milliseconds after which another process may go on when this one is killed; default 10,000. */
  readonly leaseTime?: number;
}

/** What is to be done, by what rows there are. */
export async function countedTarget(
  options: UpgradeOptions,
  schema: Schema,
  stored: StoredCatalogue,
  at?: number,
): Promise<Target> {
  return targetOf(schema, stored, options, await countTables(options, stored), at);
}

export async function deleteKeys({ link }: UpgradeOptions, keys: readonly PlacedKey[]): Promise<void> {
  for (const [backend, key] of keys) await link(backend ?? undefined).command("UNLINK", key, []);
}
