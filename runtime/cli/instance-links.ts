import { ServerConfigError } from "../config/config-error.js";
import { checkInstanceName } from "../server/check-options.js";
import type { RedisLink } from "../store/redis/link.js";
import { openLink } from "../store/redis/open-link.js";
import type { RedisPlace, RedisPlaces } from "../store/redis/place.js";
import { checkStoreServers } from "../store/redis/registry/server-checks.js";

/** Ways to everything that an instance's data is spread over. */
export interface InstanceLinks {
  /** Hash tag of the control keys with its braces. */
  readonly tag: string;
  /** By the name of the backend; `undefined`: the default store. */
  readonly links: ReadonlyMap<string | undefined, RedisLink>;
}

/**
 * Opens them for something that is done while no server runs.
 * @throws ServerOptionsError when the instance cannot have that name; RedisUnreachableError; RedisStartError when a server does not fit.
 */
export async function withLinks<T>(
  instance: string,
  places: RedisPlaces,
  use: (links: InstanceLinks) => Promise<T>,
): Promise<T> {
  checkInstanceName(instance);
  const tag = `{${places.prefix}:${instance}}`;
  const links = new Map<string | undefined, RedisLink>();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const connect = async (name: string | undefined, place: RedisPlace): Promise<void> => {
    const link = await openLink(
      place.address,
      {
        name: `${places.prefix}:${instance}:upgrade`,
        retryWindow: place.retryWindow,
      },
      (ms) => process.stderr.write(`waiting for Redis at ${place.text} (${ms / 1000} s)\n`),
    );
    links.set(name, link);
    await checkStoreServers(link, place, tag, log);
  };
  try {
    await connect(undefined, places.home);
    for (const [name, place] of places.backends) await connect(name, place);
    return await use({ tag, links });
  } finally {
    await Promise.allSettled([...links.values()].map((link) => link.close()));
  }
}

/** @throws ServerConfigError when nobody has named that backend. */
export function linkTo(links: InstanceLinks["links"], backend: string | undefined): RedisLink {
  const found = links.get(backend);
  if (found !== undefined) return found;
  throw new ServerConfigError("hetu upgrade", [
    `there are components on backend ${backend}, whose address is not given: set backends.${backend}`,
  ]);
}
