import type { RedisLink } from "../link.js";
import { partitionTag } from "./control-keys.js";
import { countRows } from "./row-copy.js";
import type { StoredCatalogue } from "./stored-catalogue.js";

export interface CountOptions {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to a backend, `undefined` being the default store. Without one it is taken to have rows. */
  readonly link: (backend: string | undefined) => RedisLink | undefined;
}

/** How many rows the tables have that lie in one partition; of others it says one. */
export async function countTables(
  { tag, link }: CountOptions,
  { namespaces, places, partitions }: StoredCatalogue,
): Promise<(table: string) => number> {
  const counts = new Map<string, number>();
  for (const { tables } of Object.values(namespaces)) {
    for (const [name, { space }] of Object.entries(tables)) {
      const partition = places[name];
      const way = link(partitions.find(({ number }) => number === partition)?.backend ?? undefined);
      if (partition === undefined || way === undefined) continue;
      counts.set(name, await countRows({ link: way, key: `${partitionTag(tag, partition)}:t${space}` }));
    }
  }
  return (table) => counts.get(table) ?? 1;
}
