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

/** The server deletes data of its own accord when memory is short. */
export class RedisEvictionError extends RedisStartError {
  override readonly name = "RedisEvictionError";

  constructor(
    readonly store: string,
    readonly policy: string,
  ) {
    super(
      `${store} has maxmemory-policy ${policy}: when memory is short it would delete rows that were promised to stay.\n` +
        "run: redis-cli CONFIG SET maxmemory-policy noeviction, and write it into redis.conf",
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
    readonly differences: readonly string[],
    readonly command: string,
  ) {
    super(
      `the data of ${instance} lies as another schema wants it:\n` +
        differences.map((difference) => `  - ${difference}`).join("\n") +
        `\nstart the code that goes with it, or stop all servers of ${instance} and run: ${command}`,
    );
  }
}
