import { ServerConfigError } from "../config/config-error.js";
import type { RedisPlaces } from "../store/redis/place.js";
import { controlKeys } from "../store/redis/registry/control-keys.js";
import { listOf, textOf } from "../store/redis/registry/replies.js";
import { resetInstance } from "../store/redis/registry/reset.js";
import { CATALOGUE_READ } from "../store/redis/registry/scripts.js";
import { parseCatalogue } from "../store/redis/registry/stored-catalogue.js";
import { openEachServer } from "../store/redis/topology/each-server.js";
import { askYesNo, canAsk } from "./ask.js";
import { linkTo, withLinks } from "./instance-links.js";
import type { UpgradeFlags } from "./upgrade-command.js";

/** @returns whether the data may be deleted. @throws ServerConfigError when nobody has said so, nor can be asked. */
export async function askForReset(instance: string, places: RedisPlaces, flags: UpgradeFlags): Promise<boolean> {
  if (flags.yes === true) return true;
  const where = [places.home, ...places.backends.values()].map(({ text }) => text).join(", ");
  if (flags.json === true || !canAsk()) {
    throw new ServerConfigError("hetu upgrade --reset-data", [
      `it would delete all data of ${instance} in ${where}, and there is no terminal to ask on: add --yes to have it so`,
    ]);
  }
  return askYesNo(`Delete all data of ${instance} in ${where}?`, new AbortController().signal);
}

/** Deletes all keys of an instance, and says how many. @throws as `resetInstance`. */
export async function resetOne(instance: string, places: RedisPlaces, flags: UpgradeFlags): Promise<void> {
  const keys = await withLinks(instance, places, async ({ tag, links }) => {
    const { catalogue, upgrade } = controlKeys(tag);
    const [text] = listOf(await linkTo(links, undefined).run(CATALOGUE_READ, [catalogue, upgrade], [])).map(textOf);
    // Before anything is deleted: data on a backend that nobody has named would be left behind.
    if (text !== undefined && text !== "") {
      for (const { backend } of parseCatalogue(text, catalogue).partitions) linkTo(links, backend ?? undefined);
    }
    return resetInstance({
      tag,
      links,
      leaseTime: places.leaseTime,
      servers: (backend) => {
        const place = backend === undefined ? places.home : places.backends.get(backend);
        return openEachServer((place ?? places.home).address, linkTo(links, backend), {});
      },
    });
  });
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ instance, status: "reset", keys })}\n`
      : `all data of ${instance} is deleted (${keys} keys); the next server begins with none\n`,
  );
}
