/** What a server says of itself, of which the answer to `INFO` consists. */
export interface ServerInfo {
  /** `Redis`, or the name of a fork. */
  readonly product: string;
  /** Of the product; empty when it does not say. */
  readonly version: string;
  /** The version of Redis that it says to be compatible with; empty when it does not say. */
  readonly redisVersion: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Forks and servers of the same protocol: each names its own version in a field of `INFO`. */
const FORKS = ["Valkey", "Redict", "KeyDB", "Dragonfly", "Garnet", "Kvrocks"] as const;

export function readServerInfo(text: string): ServerInfo {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const redisVersion = fields.get("redis_version") ?? "";
  const fork = FORKS.find((name) => fields.has(`${name.toLowerCase()}_version`));
  if (fork === undefined) return { product: "Redis", version: redisVersion, redisVersion, fields };
  return { product: fork, version: fields.get(`${fork.toLowerCase()}_version`) ?? "", redisVersion, fields };
}
