/** One server, as a client dials it. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** A parsed URL of a Redis server or cluster. */
export interface RedisAddress {
  readonly cluster: boolean;
  readonly tls: boolean;
  /** More than one only of a cluster: any of them tells the others. */
  readonly nodes: readonly [RedisNode, ...RedisNode[]];
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Always 0 on a cluster. */
  readonly database: number;
}

/** A URL that names no Redis; `part` says which piece of it is wrong. */
export class RedisAddressError extends Error {
  override readonly name = "RedisAddressError";

  constructor(
    readonly part: "scheme" | "user" | "password" | "host" | "port" | "database" | "query",
    description: string,
  ) {
    super(`the address of Redis has a wrong ${part}: ${description}`);
  }
}

const SCHEMES: Readonly<Record<string, { readonly cluster: boolean; readonly tls: boolean }>> = {
  redis: { cluster: false, tls: false },
  rediss: { cluster: false, tls: true },
  "redis-cluster": { cluster: true, tls: false },
  "rediss-cluster": { cluster: true, tls: true },
};

const DEFAULT_PORT = 6379;

/** Of the databases that a server can be configured to have; the server tells when it has fewer. */
const MAX_DATABASE = 0x7fff_ffff;

/** The last `@` ends the login, so that one in a password, written as it is, never shows as a part of the host. */
const URL_PARTS = /^([^:/]+):\/\/(?:(.*)@)?([^/?#]*)(?:\/([^?#]*))?(?:([?#]).*)?$/s;

/**
 * Reads `redis://[user:password@]host[:port][/database]`, `rediss://…` (TLS), `redis-cluster://host:port,host:port` or
 * `rediss-cluster://…`. User and password may be percent-encoded; `:password@` has no user.
 * @throws RedisAddressError. Its text never shows the password.
 */
export function parseRedisUrl(url: string): RedisAddress {
  const found = URL_PARTS.exec(url);
  const name = found?.[1] ?? "";
  const scheme = SCHEMES[name.toLowerCase()];
  if (found === null || scheme === undefined) {
    const given = found === null ? "it has none" : `${JSON.stringify(name)} is not one`;
    throw new RedisAddressError("scheme", `${given}; write ${Object.keys(SCHEMES).join("://, ")}:// before the host`);
  }
  const [, , login, hosts = "", path = "", rest] = found;
  if (rest !== undefined) {
    throw new RedisAddressError("query", `nothing may follow the database, but there is a ${rest}; use the settings`);
  }
  const [first, ...others] = hosts.split(",").map((host) => parseNode(host));
  if (others.length > 0 && !scheme.cluster) {
    const advice = `write ${name}-cluster:// for a cluster; replicas have a setting of their own`;
    throw new RedisAddressError("host", `${name}:// takes one host, but here are ${others.length + 1}; ${advice}`);
  }
  return {
    ...scheme,
    nodes: [first as RedisNode, ...others],
    ...parseLogin(login),
    database: parseDatabase(path, scheme.cluster),
  };
}

/** Whether a URL that {@link parseRedisUrl} takes says which database is meant. */
export function namesDatabase(url: string): boolean {
  return (URL_PARTS.exec(url)?.[4] ?? "") !== "";
}

/** The address without user and password, for logs and errors. */
export function addressText({ cluster, tls, nodes, database }: RedisAddress): string {
  const scheme = `${tls ? "rediss" : "redis"}${cluster ? "-cluster" : ""}`;
  return `${scheme}://${nodes.map(nodeText).join(",")}${database === 0 ? "" : `/${database}`}`;
}

/** `host:port`, with brackets about an IPv6 address. */
export function nodeText({ host, port }: RedisNode): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseNode(text: string): RedisNode {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]*))(?::(.*))?$/s.exec(text);
  if (found === null) {
    throw new RedisAddressError("host", `${JSON.stringify(text)} is none; write an IPv6 address as [::1]:6379`);
  }
  const host = found[1] ?? found[2] ?? "";
  if (host === "") throw new RedisAddressError("host", "it is missing; write for example 127.0.0.1");
  if (/\s/.test(host)) throw new RedisAddressError("host", `${JSON.stringify(host)} has a space in it`);
  return { host, port: parsePort(found[3]) };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new RedisAddressError("port", `${JSON.stringify(text)} is not a number from 1 to 65535`);
}

function parseLogin(login: string | undefined): Pick<RedisAddress, "user" | "password"> {
  if (login === undefined || login === "") return { user: undefined, password: undefined };
  const colon = login.indexOf(":");
  const user = decode("user", colon < 0 ? login : login.slice(0, colon));
  const password = colon < 0 ? "" : decode("password", login.slice(colon + 1));
  if (password === "") {
    throw new RedisAddressError("password", "there is a user but no password; write user:password@ or leave both out");
  }
  return { user: user === "" ? undefined : user, password };
}

function decode(part: "user" | "password", text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new RedisAddressError(part, "a % in it is not followed by two hexadecimal digits; write a % itself as %25");
  }
}

function parseDatabase(path: string, cluster: boolean): number {
  if (path === "") return 0;
  const database = /^\d{1,10}$/.test(path) ? Number(path) : Infinity;
  if (database > MAX_DATABASE) {
    throw new RedisAddressError("database", `${JSON.stringify(path)} is not a whole number; write for example /0`);
  }
  if (cluster && database !== 0) {
    throw new RedisAddressError("database", `a cluster has only database 0, not ${database}`);
  }
  return database;
}
