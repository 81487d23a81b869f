import type { RedisLink } from "../link.js";
import { readScript } from "../script.js";
import type { RegistryLog } from "./contract.js";
import { textOf } from "./replies.js";
import { RedisEvictionError, RedisReplicaError, RedisVersionError } from "./start-errors.js";

const INFO = readScript("server-info", { readOnly: true });

/** A product, the field of INFO that has its own version, and the Redis that it says to be. */
const FORKS = [
  { product: "Valkey", field: "valkey_version" },
  { product: "Dragonfly", field: "dragonfly_version" },
  { product: "Garnet", field: "garnet_version" },
  { product: "Kvrocks", field: "kvrocks_version" },
] as const;

const MIN_MAJOR = 7;

export interface CheckedServer {
  /** `Redis`, or the name of a fork. */
  readonly product: string;
  readonly version: string;
}

/**
 * Looks whether the primary of a key is fit for the store.
 * @param store Its URL without a password, for messages.
 * @throws RedisVersionError, RedisReplicaError, RedisEvictionError
 */
export async function checkServer(
  link: RedisLink,
  key: string,
  store: string,
  log: RegistryLog,
): Promise<CheckedServer> {
  const info = parseInfo(textOf(await link.run(INFO, [key], [])));
  const redis = info.get("redis_version") ?? "";
  const fork = FORKS.find(({ field }) => info.has(field));
  const product = fork?.product ?? "Redis";
  const version = fork === undefined ? redis : (info.get(fork.field) ?? "");
  if (!(Number.parseInt(redis, 10) >= MIN_MAJOR)) {
    const required = fork === undefined ? `Redis ${MIN_MAJOR}.0` : `one that is compatible with Redis ${MIN_MAJOR}.0`;
    throw new RedisVersionError(store, product, version === "" ? "of an unknown version" : version, required);
  }
  if ((info.get("role") ?? "master") !== "master") {
    throw new RedisReplicaError(store, `${info.get("master_host") ?? "?"}:${info.get("master_port") ?? "?"}`);
  }
  const policy = info.get("maxmemory_policy") ?? "noeviction";
  if (policy !== "noeviction" && info.get("maxmemory") !== "0") throw new RedisEvictionError(store, policy);
  if (info.get("aof_enabled") === "0") {
    log.warn(
      { store },
      `${store} keeps no append-only file: what was acknowledged is lost when it dies. ` +
        "For data that must stay: redis-cli CONFIG SET appendonly yes, and write it into redis.conf",
    );
  }
  return { product, version };
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}
