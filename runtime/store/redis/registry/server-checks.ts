import { RedisReplyError } from "../errors.js";
import type { RedisLink } from "../link.js";
import type { RedisPlace } from "../place.js";
import type { RegistryLog } from "./contract.js";
import { askEachNode, type NodeReport } from "./each-node.js";
import { textOf } from "./replies.js";
import { INFO } from "./scripts.js";
import { readServerInfo, type ServerInfo } from "./server-info.js";
import {
  RedisCommandsError,
  RedisEvictionError,
  RedisReplicaError,
  type RedisStartError,
  RedisVersionError,
} from "./start-errors.js";

const MIN_MAJOR = 7;

/**
 * Looks whether the servers of a store are fit for it: the primary of a key first, then every other one that has data
 * or would have it after a failover.
 * @throws RedisVersionError, RedisCommandsError, RedisReplicaError, RedisEvictionError
 */
export async function checkStoreServers(
  link: RedisLink,
  place: Pick<RedisPlace, "address" | "replicas" | "text">,
  key: string,
  log: RegistryLog,
): Promise<void> {
  const { address, text } = place;
  // Of a cluster it is warned once, of all its nodes.
  await checkServer(link, key, text, address.cluster ? { ...log, warn: () => undefined } : log);
  const reports = await askEachNode(link, place, key);
  const problem = reports.map((report) => unfitness(report, text)).find((each) => each !== undefined);
  if (problem !== undefined) throw problem;
  const others = address.cluster ? reports : reports.slice(1);
  for (const { node, answer } of others) {
    if (!(answer instanceof Error)) continue;
    log.warn(
      { store: text, node, err: answer },
      `${node} of ${text} could not be looked at, and may be unfit: ${answer.message}`,
    );
  }
  for (const warning of warningsOf(others, text)) log.warn({ store: text }, warning);
}

/**
 * Looks whether the primary of a key is fit for the store.
 * @param store Its URL without a password, for messages.
 * @throws RedisVersionError, RedisCommandsError, RedisReplicaError, RedisEvictionError
 */
export async function checkServer(
  link: RedisLink,
  key: string,
  store: string,
  log: Pick<RegistryLog, "warn">,
): Promise<Pick<ServerInfo, "product" | "version">> {
  const info = await askServer(link, key, store);
  const { product, version, fields } = info;
  const problem = unfitness({ node: store, answer: info }, store);
  if (problem instanceof RedisVersionError) throw problem;
  if ((fields.get("role") ?? "master") !== "master") {
    throw new RedisReplicaError(store, `${fields.get("master_host") ?? "?"}:${fields.get("master_port") ?? "?"}`);
  }
  if (problem !== undefined) throw problem;
  for (const warning of warningsOf([{ node: store, answer: info }], store)) log.warn({ store }, warning);
  return { product, version };
}

/** Why a server must not have data of the store; `undefined` also when it says nothing. */
export function unfitness({ node, answer, refused }: NodeReport, store: string): RedisStartError | undefined {
  if (answer instanceof Error) return undefined;
  const name = node === store ? store : `${node} of ${store}`;
  try {
    checkVersion(answer, name);
  } catch (error) {
    if (error instanceof RedisVersionError) return error;
    throw error;
  }
  const { product, version, fields } = answer;
  if (refused !== undefined) return new RedisCommandsError(name, `${product} ${version}`, refused);
  const policy = fields.get("maxmemory_policy") ?? "noeviction";
  const evicts = policy !== "noeviction" && (fields.get("maxmemory") ?? "0") !== "0";
  return evicts ? new RedisEvictionError(name, policy) : undefined;
}

function warningsOf(reports: readonly NodeReport[], store: string): readonly string[] {
  const infos = reports.flatMap(({ node, answer }) => (answer instanceof Error ? [] : [{ node, info: answer }]));
  const namesOf = (are: (info: ServerInfo) => boolean): string | undefined => {
    const nodes = infos.filter(({ info }) => are(info)).map(({ node }) => node);
    if (nodes.length === 0) return undefined;
    return nodes[0] === store ? store : `${nodes.join(", ")} of ${store}`;
  };
  const product = infos[0]?.info.product ?? "Redis";
  const warnings: string[] = [];
  const unkept = namesOf(({ fields }) => fields.get("aof_enabled") === "0");
  if (unkept !== undefined) {
    warnings.push(
      `${unkept} keeps no append-only file: what was acknowledged is lost when it dies. ` +
        `For data that must stay: CONFIG SET appendonly yes, and the same in the configuration of ${product}`,
    );
  }
  const failing = namesOf(
    ({ fields }) => fields.get("rdb_last_bgsave_status") === "err" || fields.get("aof_last_write_status") === "err",
  );
  if (failing !== undefined) {
    warnings.push(
      `${failing} could not write to its disk when it last tried, and may refuse writes: ` +
        "look at its log, at the room on its disk and at the rights of its folder",
    );
  }
  return warnings;
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
