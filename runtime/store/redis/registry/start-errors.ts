import type { DataChange, DataProblem } from "../../migration/changes.js";
import { differencesText } from "../../migration/errors.js";

/** Redis, or what is stored there, keeps a server from starting; starting again does not help. */
export abstract class RedisStartError extends Error {}

/** The keys were written by a version of HeTu whose layout this one does not know, or by something else. */
export class RedisFormatError extends RedisStartError {
  override readonly name = "RedisFormatError";

  constructor(
    readonly key: string,
    readonly found: number | undefined,
    readonly supported: number,
  ) {
    super(
      found === undefined
        ? `the key ${key} of this database holds something that HeTu did not write: ` +
            "use another database number or another prefix"
        : `the database has format ${found} (key ${key}); this version of hetu reads format ${supported}: ` +
            `start the version of hetu that wrote it, or use another database`,
    );
  }
}

/** The server is older than what the store needs, or none that is known to do. */
export class RedisVersionError extends RedisStartError {
  override readonly name = "RedisVersionError";

  constructor(
    readonly store: string,
    readonly product: string,
    readonly version: string,
    readonly required: string,
  ) {
    super(`${store} is ${product} ${version}, and HeTu needs ${required} or later: upgrade the server`);
  }
}

/** The server speaks the protocol of Redis and refuses what the store needs, or refuses it to this user. */
export class RedisCommandsError extends RedisStartError {
  override readonly name = "RedisCommandsError";

  /** @param server its product and version. */
  constructor(
    readonly store: string,
    readonly server: string,
    cause: Error,
  ) {
    super(
      `${store} is ${server}, and HeTu cannot use it: ${cause.message}\n` +
        "HeTu needs the streams and the Lua scripts of Redis 7.0 (XADD, XREAD, EVALSHA, EVALSHA_RO, flags of scripts), " +
        "and a user who may use them: use Redis 7.0 or later, or Valkey, or change the rights of the user",
      { cause },
    );
  }
}

/** The server deletes data of its own accord when memory is short. */
export class RedisEvictionError extends RedisStartError {
  override readonly name = "RedisEvictionError";

  constructor(
    readonly store: string,
    readonly policy: string,
  ) {
    super(
      `${store} has maxmemory-policy ${policy}: when memory is short it would delete rows that were promised to stay.\n` +
        "run there: CONFIG SET maxmemory-policy noeviction, and write the same into the configuration of the server",
    );
  }
}

/** The address is that of a replica, which takes no writes. */
export class RedisReplicaError extends RedisStartError {
  override readonly name = "RedisReplicaError";

  constructor(
    readonly store: string,
    readonly primary: string,
  ) {
    super(
      `${store} is a replica of ${primary}: give the address of the primary as the store, ` +
        'and this one under "replicas"',
    );
  }
}

/** The data lies as another schema wants it. */
export class StoredSchemaError extends RedisStartError {
  override readonly name = "StoredSchemaError";

  constructor(
    readonly instance: string,
    readonly changes: readonly DataChange[],
    /** What puts it right. */
    readonly command: string,
    /** What an upgrade asks for before it looks at the rows. */
    readonly problems: readonly DataProblem[] = [],
  ) {
    super(
      `the data of ${instance} lies as another schema wants it:\n` +
        differencesText(changes, problems) +
        `\nstart the code that goes with it, or look what would be done: ${command} --plan` +
        `\nthen stop all servers of ${instance} and run: ${command}`,
    );
  }
}
