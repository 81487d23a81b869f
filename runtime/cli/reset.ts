import { ServerConfigError } from "../config/config-error.js";
import type { RedisPlaces } from "../store/redis/place.js";
import { controlKeys } from "../store/redis/registry/control-keys.js";
import { listOf, textOf } from "../store/redis/registry/replies.js";
import { countKeys, type ResetOptions, resetInstance } from "../store/redis/registry/reset.js";
import { CATALOGUE_READ } from "../store/redis/registry/scripts.js";
import { parseCatalogue } from "../store/redis/registry/stored-catalogue.js";
import { openEachServer } from "../store/redis/topology/each-server.js";
import { askYesNo, canAsk } from "./ask.js";
import { linkTo, withLinks } from "./instance-links.js";
import type { UpgradeFlags } from "./upgrade-command.js";

/**
 * @returns whether the data may be deleted.
 * @throws ServerConfigError when nobody has said so, nor can be asked; what opening the links throws.
 */
export async function askForReset(instance: string, places: RedisPlaces, flags: UpgradeFlags): Promise<boolean> {
  if (flags.yes === true) return true;
  const keys = await onData(instance, places, countKeys);
  const what = `all data of ${nameOf(instance, places)} in ${whereOf(places)} (${keys} keys)`;
  if (flags.json === true || !canAsk()) {
    throw new ServerConfigError("hetu upgrade --reset-data", [
      `it would delete ${what}, and there is no terminal to ask on: add --yes to have it so`,
    ]);
  }
  return askYesNo(`Delete ${what}?`, new AbortController().signal);
}

/** Deletes all keys of an instance, and says how many. @throws as `resetInstance`. */
export async function resetOne(instance: string, places: RedisPlaces, flags: UpgradeFlags): Promise<void> {
  const keys = await onData(instance, places, resetInstance);
  const { prefix } = places;
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ instance, prefix, status: "reset", keys })}\n`
      : `all data of ${nameOf(instance, places)} in ${whereOf(places)} is deleted (${keys} keys); ` +
          "the next server begins with none\n",
  );
}

function onData<T>(instance: string, places: RedisPlaces, use: (options: ResetOptions) => Promise<T>): Promise<T> {
  return withLinks(instance, places, async ({ tag, links }) => {
    const { catalogue, upgrade } = controlKeys(tag);
    const [text] = listOf(await linkTo(links, undefined).run(CATALOGUE_READ, [catalogue, upgrade], [])).map(textOf);
    // Before anything is deleted: data on a backend that nobody has named would be left behind.
    if (text !== undefined && text !== "") {
      for (const { backend } of parseCatalogue(text, catalogue).partitions) linkTo(links, backend ?? undefined);
    }
    return use({
      tag,
      links,
      leaseTime: places.leaseTime,
      servers: (backend) => {
        const place = backend === undefined ? places.home : places.backends.get(backend);
        return openEachServer((place ?? places.home).address, linkTo(links, backend), {});
      },
    });
  });
}

/** As it stands in the keys: several deployments of one instance differ by the prefix. */
function nameOf(instance: string, { prefix }: RedisPlaces): string {
  return `${prefix}:${instance}`;
}

function whereOf({ home, backends }: RedisPlaces): string {
  return [home, ...backends.values()].map(({ text }) => text).join(", ");
}
