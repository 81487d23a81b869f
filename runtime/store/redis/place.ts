import type { RedisAddress } from "./address.js";

/** One Redis with its settings; durations in milliseconds. */
export interface RedisPlace {
  readonly address: RedisAddress;
  /** Without user and password, for people. */
  readonly text: string;
  /** `undefined`: those that the primary tells of. */
  readonly replicas: readonly RedisAddress[] | undefined;
  /** How many replicas must have a commit before it is told, and how long to wait for them. */
  readonly wait: { readonly replicas: number; readonly timeout: number } | undefined;
  /** Entries that the feed of a partition keeps, about. */
  readonly feedLength: number;
  /** Bytes of memory that it may take, about; `undefined`: the default. */
  readonly feedBytes?: number | undefined;
  /** For so long it may be out of reach. */
  readonly retryWindow: number;
}

/** All that an instance's data is spread over. */
export interface RedisPlaces {
  readonly home: RedisPlace;
  /** By the name in `@backend(name)`. */
  readonly backends: ReadonlyMap<string, RedisPlace>;
  /** The first word of all keys. */
  readonly prefix: string;
  /** Within it everything of a process that has died is gone. */
  readonly leaseTime: number;
  /** What people type to bring this very data to another schema; `undefined`: it is not known how the program was started. */
  readonly upgradeCommand?: string | undefined;
}
