import { RedisReplyError } from "../errors.js";
import type { RedisLink } from "../link.js";
import { readScript } from "../script.js";
import type { RegistryLog } from "./contract.js";
import { textOf } from "./replies.js";
import { readServerInfo, type ServerInfo } from "./server-info.js";
import { RedisCommandsError, RedisEvictionError, RedisReplicaError, RedisVersionError } from "./start-errors.js";

const INFO = readScript("server-info", { readOnly: true });

const MIN_MAJOR = 7;

/**
 * Looks whether the primary of a key is fit for the store.
 * @param store Its URL without a password, for messages.
 * @throws RedisVersionError, RedisCommandsError, RedisReplicaError, RedisEvictionError
 */
export async function checkServer(
  link: RedisLink,
  key: string,
  store: string,
  log: RegistryLog,
): Promise<Pick<ServerInfo, "product" | "version">> {
  const info = await askServer(link, key, store);
  checkVersion(info, store);
  const { product, version, fields } = info;
  if ((fields.get("role") ?? "master") !== "master") {
    throw new RedisReplicaError(store, `${fields.get("master_host") ?? "?"}:${fields.get("master_port") ?? "?"}`);
  }
  const policy = fields.get("maxmemory_policy") ?? "noeviction";
  if (policy !== "noeviction" && fields.get("maxmemory") !== "0") throw new RedisEvictionError(store, policy);
  if (fields.get("aof_enabled") === "0") {
    log.warn(
      { store },
      `${store} keeps no append-only file: what was acknowledged is lost when it dies. ` +
        `For data that must stay: CONFIG SET appendonly yes, and the same in the configuration of ${product}`,
    );
  }
  return { product, version };
}

/** @throws RedisVersionError */
export function checkVersion({ product, version, redisVersion }: ServerInfo, store: string): void {
  if (Number.parseInt(redisVersion, 10) >= MIN_MAJOR) return;
  const named = version === "" ? "of an unknown version" : version;
  const oldest = `Redis ${MIN_MAJOR}.0`;
  throw new RedisVersionError(
    store,
    product,
    named,
    product === "Redis" ? oldest : `one that is compatible with ${oldest}`,
  );
}

async function askServer(link: RedisLink, key: string, store: string): Promise<ServerInfo> {
  try {
    return readServerInfo(textOf(await link.run(INFO, [key], [])));
  } catch (error) {
    if (!(error instanceof RedisReplyError)) throw error;
    // Servers that are too old, or lack scripts, do not even understand the question.
    const info = await askPlainly(link, key);
    if (info === undefined) throw error;
    checkVersion(info, store);
    throw new RedisCommandsError(store, `${info.product} ${info.version}`, error);
  }
}

async function askPlainly(link: RedisLink, key: string): Promise<ServerInfo | undefined> {
  const own = link.dedicated(key);
  try {
    return readServerInfo(textOf(await own.command("INFO", [])));
  } catch (error) {
    if (error instanceof RedisReplyError) return undefined;
    throw error;
  } finally {
    own.close();
  }
}
