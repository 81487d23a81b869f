/** A Redis server, a primary with replicas, or a cluster. */
export interface RedisOptions {
  /**
   * `redis://[user:password@]host[:port][/database]`, `rediss://…` with TLS, `redis-cluster://host:port,host:port`,
   * `rediss-cluster://…`.
   */
  readonly url: string;
  /** URLs of replicas of that server, which subscriptions and systems that are `@stale` read from. A cluster knows its own. */
  readonly replicas?: readonly string[];
  /** How many replicas must have a commit before its call is answered; default 0. */
  readonly waitReplicas?: number;
  /** Milliseconds to wait for them; default 1,000. */
  readonly waitTimeout?: number;
  /** Commits that the change feed keeps for those that were away; default 65,536. */
  readonly feedLength?: number;
  /** Bytes of Redis' memory that the change feed of each partition may take; default 67,108,864 (64 MiB). */
  readonly feedBytes?: number;
  /** Milliseconds that Redis may be out of reach before the process gives up; default 30,000. */
  readonly retryWindow?: number;
}

/** {@link RedisOptions} of the default store, which also has what belongs to the instance as a whole. */
export interface RedisStoreOptions extends RedisOptions {
  /** Milliseconds within which everything of a process that has died is gone; default 10,000. */
  readonly leaseTime?: number;
  /** The first word of all keys; default `hetu`. */
  readonly prefix?: string;
  /**
   * What people are told to type when the data lies as another schema wants it: it must mean this data. `hetu start`
   * knows; default `hetu upgrade --store <url without password>`, with a file of settings where the prefix is another one.
   */
  readonly upgradeCommand?: string;
}
