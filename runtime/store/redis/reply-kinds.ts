import { RedisReplyError, StoreFullError, StoreUnwritableError } from "./errors.js";

/** States that pass: the server loads its data, a failover is under way, a slot moves, too few replicas are there. */
const PASSING = new Set(["LOADING", "TRYAGAIN", "CLUSTERDOWN", "READONLY", "MASTERDOWN", "BUSY", "NOREPLICAS"]);

/** What only another configuration changes. */
const REFUSED_LOGIN = new Set(["WRONGPASS", "NOAUTH", "NOPERM"]);

/** Whether the same command may succeed a little later. It has not run. */
export function isPassing({ code }: RedisReplyError): boolean {
  return PASSING.has(code);
}

/** Whether the server does not know the script's digest. */
export function isUnknownScript({ code }: RedisReplyError): boolean {
  return code === "NOSCRIPT";
}

/** Whether the server is a node of a cluster, and another one has the key. */
export function isRedirection({ code }: RedisReplyError): boolean {
  return code === "MOVED" || code === "ASK";
}

/** Whether the server is a replica: perhaps it was the primary before a failover. */
export function isReplica({ code }: RedisReplyError): boolean {
  return code === "READONLY";
}

/** Whether the server takes no writes since it cannot save to its disk. Nobody's writes, and reads go on. */
export function isUnwritable({ code }: RedisReplyError): boolean {
  return code === "MISCONF";
}

/** What a call fails with that has not run since the server takes no writes; `undefined`: it is for another reason. */
export function writeRefusal(error: RedisReplyError): StoreFullError | StoreUnwritableError | undefined {
  if (error.code === "OOM") return new StoreFullError(error);
  return isUnwritable(error) ? new StoreUnwritableError(error) : undefined;
}

/** Whether an error of dialling will stay until somebody changes the configuration. */
export function isHopeless(error: Error): boolean {
  if (error.name === "RedisAddressError") return true;
  if (refusalOf(error) !== undefined) return true;
  const { code = "" } = error as NodeJS.ErrnoException;
  return code === "ENOTFOUND" || isUntrusted(code);
}

/** `WRONGPASS`, `NOAUTH` or `NOPERM` when it is about who may use the server. */
export function refusalOf(error: Error): string | undefined {
  // While a connection is made ioredis tells of it, later a call does.
  const reply = error instanceof RedisReplyError ? error.reply : error.name === "ReplyError" ? error.message : "";
  const code = reply.slice(0, reply.search(/\s|$/));
  return REFUSED_LOGIN.has(code) ? code : undefined;
}

/** Codes of OpenSSL and Node.js for certificates that do not pass. */
function isUntrusted(code: string): boolean {
  return code.includes("CERT") || code.startsWith("UNABLE_TO_VERIFY") || code.startsWith("ERR_TLS");
}
