import type { Implementation } from "../schema/schema.js";
import {
  addressText,
  namesDatabase,
  parseRedisUrl,
  type RedisAddress,
  RedisAddressError,
} from "../store/redis/address.js";
import type { RedisPlace, RedisPlaces } from "../store/redis/place.js";
import { checkNumber } from "./check-options.js";
import { ServerOptionsError } from "./errors.js";
import type { ServerOptions } from "./options.js";
import type { RedisOptions } from "./store-options.js";

/** Where the data of a server is. */
export type StorePlace =
  | {
      readonly kind: "embedded";
      readonly folder: string;
      readonly durability: "commit" | "flush";
      readonly worker: number;
    }
  | ({
      readonly kind: "redis";
      /** Where the embedded store would have its data, or had it before; `undefined`: not known. */
      readonly embedded: string | undefined;
    } & RedisPlaces);

const MAX_WORKER = 1023;
const DEFAULT_WAIT_TIMEOUT = 1000;
const DEFAULT_FEED_LENGTH = 65_536;
const DEFAULT_FEED_BYTES = 64 * 1024 * 1024;
/** Below it hardly any process could be cut off without reading all its rows again. */
export const LEAST_FEED_BYTES = 1024 * 1024;
export const MOST_FEED_BYTES = 1024 ** 4;
const DEFAULT_RETRY_WINDOW = 30_000;
const DEFAULT_PREFIX = "hetu";
const DEFAULT_LEASE_TIME = 10_000;
/** A process that is slow for so long is common; one that is taken for dead has to end. */
export const LEAST_LEASE_TIME_MS = 500;
/** The most that any duration may be. */
export const DAY_MS = 86_400_000;

/** @throws ServerOptionsError that names the option, its value and what to do. */
export function checkStore(options: ServerOptions): StorePlace {
  const worker = checkNumber("worker", options.worker ?? 0, 0, MAX_WORKER);
  const { data, store, durability } = options;
  if (store === undefined) {
    if (data === undefined) {
      throw new ServerOptionsError("createServer needs data, the folder of the embedded store, or store, a Redis");
    }
    return { kind: "embedded", folder: data, durability: durability ?? "commit", worker };
  }
  if (durability === "flush") {
    throw new ServerOptionsError(
      "durability is flush, which is a matter of the embedded store; on Redis what an answer waits for is decided by " +
        "appendfsync in Redis' own configuration (always: the disk) and by wait_replicas: take durability away",
    );
  }
  if (options.worker !== undefined) {
    throw new ServerOptionsError(
      `worker is ${worker}, which is a matter of the embedded store; on Redis each process takes a number by itself: ` +
        "take worker away",
    );
  }
  if (options.resetData === true) {
    throw new ServerOptionsError(
      "resetData is a matter of the embedded store; on Redis other processes may serve the data: stop " +
        "them and run hetu upgrade --reset-data, or use another prefix or database",
    );
  }
  const prefix = store.prefix ?? DEFAULT_PREFIX;
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(prefix)) {
    throw new ServerOptionsError(
      `store.prefix is ${JSON.stringify(prefix)}: use 1 to 32 letters, digits, ".", "_" or "-"`,
    );
  }
  const home = checkRedis("store", store);
  return {
    kind: "redis",
    embedded: data,
    home,
    backends: new Map(
      Object.entries(options.backends ?? {}).map(([name, each]) => [name, checkRedis(`backends.${name}`, each)]),
    ),
    prefix,
    leaseTime: checkNumber("store.leaseTime", store.leaseTime ?? DEFAULT_LEASE_TIME, LEAST_LEASE_TIME_MS, DAY_MS),
    // Without the prefix it would mean the data of somebody else.
    upgradeCommand:
      store.upgradeCommand ??
      (prefix === DEFAULT_PREFIX
        ? undefined
        : `hetu upgrade --store ${home.text} --config <a hetu.json with server.store.prefix: ${prefix}>`),
  };
}

/** @throws ServerOptionsError when components ask for a Redis that nobody has named. */
export function checkBackends(place: StorePlace, { schema }: Implementation, where: string): void {
  if (place.kind === "embedded") return;
  const missing = schema.tables.find(({ backend }) => backend !== undefined && !place.backends.has(backend));
  if (missing === undefined) return;
  const { component, backend = "" } = missing;
  throw new ServerOptionsError(
    `${where}: component ${component} is @backend(${backend}), and no such Redis is named: set backends.${backend} ` +
      "(server.backends in hetu.json) to its address",
  );
}

function checkRedis(name: string, options: RedisOptions): RedisPlace {
  const address = checkAddress(`${name}.url`, options.url);
  const replicas = options.replicas?.map((url, at) => checkReplica(`${name}.replicas.${at}`, url, address));
  if (address.cluster && replicas !== undefined && replicas.length > 0) {
    throw new ServerOptionsError(`${name}.replicas: a cluster tells which replicas it has; leave them out`);
  }
  const waitReplicas = checkNumber(`${name}.waitReplicas`, options.waitReplicas ?? 0, 0, 100);
  const timeout = checkNumber(`${name}.waitTimeout`, options.waitTimeout ?? DEFAULT_WAIT_TIMEOUT, 1, DAY_MS);
  return {
    address,
    text: addressText(address),
    replicas,
    wait: waitReplicas === 0 ? undefined : { replicas: waitReplicas, timeout },
    feedLength: checkNumber(`${name}.feedLength`, options.feedLength ?? DEFAULT_FEED_LENGTH, 1, 100_000_000),
    feedBytes: checkNumber(
      `${name}.feedBytes`,
      options.feedBytes ?? DEFAULT_FEED_BYTES,
      LEAST_FEED_BYTES,
      MOST_FEED_BYTES,
    ),
    retryWindow: checkNumber(`${name}.retryWindow`, options.retryWindow ?? DEFAULT_RETRY_WINDOW, 0, DAY_MS),
  };
}

/** A replica has the databases of its primary, under the same numbers. */
function checkReplica(name: string, url: string, primary: RedisAddress): RedisAddress {
  const address = checkAddress(name, url);
  const { database } = primary;
  if (address.cluster && !primary.cluster) {
    throw new ServerOptionsError(`${name}: replicas are single servers, redis:// or rediss://`);
  }
  if (namesDatabase(url) && address.database !== database) {
    throw new ServerOptionsError(
      `${name}: it names database ${address.database}, and the data is in database ${database} of the primary, which a ` +
        `replica has under the same number: write ${addressText({ ...address, database })} or leave the number out`,
    );
  }
  return { ...address, database };
}

function checkAddress(name: string, url: string): RedisAddress {
  try {
    return parseRedisUrl(url);
  } catch (error) {
    if (error instanceof RedisAddressError) throw new ServerOptionsError(`${name}: ${error.message}`);
    throw error;
  }
}
