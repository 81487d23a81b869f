import type { Buffer } from "node:buffer";
import type { RedisLink } from "../link.js";

/** What of a partition the registry needs: `RedisStore` has it. */
export interface FencedPartition {
  /** Takes from a worker that has died the right to commit there, but not from the next one with its number. */
  fence(worker: number, token: Buffer): Promise<void>;
}

/** A process's place among the processes of an instance. */
export interface WorkerLease {
  /** 0 to 1023; nobody else has it as long as the lease lasts. */
  readonly worker: number;
  /** 16 random bytes. */
  readonly token: Buffer;
  /**
   * A new snowflake.
   * @throws LeaseLostError when the lease is lost, or may be: the process was paused, or the link is broken for long.
   */
  nextId(): bigint;
  /**
   * Called once when others have taken the number away: the process must end. At once when that has happened already.
   * @returns a function that ends it.
   */
  onLost(listener: (error: Error) => void): () => void;
  /**
   * What Redis' clock shows, in milliseconds since 1970, late by no more than an answer took; it goes back when that clock
   * does. All processes agree on it, however wrong their machines' clocks are.
   */
  readonly time: number;
  /** Whether the lease was confirmed within its time; a process without one is not ready. */
  readonly held: boolean;
  /** Gives the number back; the process has nothing open any more. */
  release(): Promise<void>;
  /** Lets it run out: the process has failed, and others are to clean up behind it. */
  abandon(): Promise<void>;
}

/** A worker whose lease is over. */
export interface DeadWorker {
  readonly worker: number;
  readonly token: Buffer;
  /** How many milliseconds ago it was heard of. */
  readonly lastSeen: number;
}

/** One start of an instance: from the moment when no process was left to the moment when one serves. */
export interface InstanceStart {
  /** The same for whoever takes over from a process that dies meanwhile; no two starts share it. */
  readonly id: string;
  /** Volatile tables are still to be cleared. */
  readonly fresh: boolean;
  /** To be called when they are: a process that takes over does not clear what `@on(start)` has written since. */
  cleared(): Promise<void>;
  /** Handles dead workers now (see {@link Registry.onDead}); left out, it happens when `prepare` is over. */
  handleDead(): Promise<void>;
}

/** A worker that is not known to have died. */
export interface LiveWorker {
  readonly worker: number;
  readonly token: Buffer;
  /** How many milliseconds ago it was heard of. */
  readonly lastSeen: number;
  /** Where it runs, for people: host name and process number. */
  readonly place: string;
}

/** Who belongs to an instance. One a process and instance; see docs/redis.md. */
export interface Registry {
  /**
   * Takes a number. Once a process.
   * @throws NoWorkerNumberError when all 1,024 are in use.
   * @throws UpgradeUnfinishedError while `hetu upgrade` runs, or after it was killed.
   */
  join(): Promise<WorkerLease>;
  /** The partitions that a dead worker is shut out of. Before {@link startOnce}. */
  guard(partitions: readonly FencedPartition[]): void;
  /**
   * Called for each dead worker by one process, which has shut it out of all partitions; what it throws is logged and
   * it is called again later. It returns once this process has taken over what the worker left; the worker's number is
   * free then. Before {@link startOnce}.
   */
  onDead(listener: (dead: DeadWorker) => Promise<void>): void;
  /**
   * Waits until the instance is started: by this process, which calls `prepare` then, or by another one. Dead workers
   * are looked for from here on.
   * @param onLooked called once, when it is known who has the instance: a renewal from then on shows that one lives.
   * @throws what `prepare` throws; another process, or the next start, prepares then.
   */
  startOnce(prepare: (start: InstanceStart) => Promise<void>, onLooked?: () => void): Promise<void>;
  /** A supervisor has seen a worker die: its lease is over now. Needs no lease. */
  reapNow(worker: number, token: Buffer): Promise<void>;
  /** Renews the lease after it was asked for, so that others that start see this process live. */
  renew(): Promise<void>;
  live(): Promise<readonly LiveWorker[]>;
  /** Stops looking for dead workers; the lease is renewed until it is released or abandoned. */
  close(): void;
}

export interface RegistryOptions {
  readonly link: RedisLink;
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The URL of the store without a password, for messages. */
  readonly store?: string;
  /** What people type to bring the data to another schema; default: `hetu upgrade --store <store>`. */
  readonly command?: string | undefined;
  /** Within it everything of a dead worker is gone. Milliseconds; default 10,000. */
  readonly leaseTime?: number;
  /** A clock that never goes back; milliseconds. Default that of the process. */
  readonly now?: () => number;
  readonly log: RegistryLog;
}

/** The part of pino that the registry uses. */
export interface RegistryLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
