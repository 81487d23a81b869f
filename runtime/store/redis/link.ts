import type { RedisAddress } from "./address.js";
import type { Script } from "./script.js";

/** Numbers are sent as decimal text. */
export type RedisArgument = string | Buffer | number;

/** Buffers are views of what the socket gave: copy what is to be kept. */
export type RedisReply = Buffer | number | null | readonly RedisReply[];

/**
 * The way to a Redis server, its replicas or a cluster. Errors that pass (a lost connection, a server that starts, a
 * failover, a slot on its way) are waited out within the retry window; after that everything is refused with
 * `StoreFailedError` and {@link onFailure} is told.
 */
export interface RedisLink {
  /**
   * Runs a script on the primary of its keys, which share one hash tag. Whatever is asked in one tick leaves together.
   * When the connection breaks before the answer it runs again: it must be harmless to run it twice.
   * @throws RedisReplyError
   */
  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply>;
  /** One command about one key, which is its first argument; as {@link run}. */
  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply>;
  /**
   * As {@link run}, in order on one connection for each hash slot, and never twice.
   * @throws LinkLostError when it is not known whether it ran.
   * @throws StoreFullError when Redis is out of memory.
   * @throws NotReplicatedError when replicas are to be waited for and did not come.
   */
  commit(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply>;
  /** A connection of its own to the primary of a key, for reads that block. */
  dedicated(key: string): DedicatedLink;
  /** A replica whose state is at most so old; `undefined`: ask the primary. */
  replica(key: string, maxAgeMs: number): ReplicaLink | undefined;
  /** Told when a connection for commits broke: those without an answer may have run. @returns a function that ends it. */
  onLost(listener: () => void): () => void;
  /** Told when a server that calls need is out of reach, and by it when it is back. @returns a function that ends it. */
  onAbsence(listener: (absence: Absence) => void): () => void;
  /** Told once when the retry window has passed in vain. @returns a function that ends it. */
  onFailure(listener: (error: Error) => void): () => void;
  /** Waits for what is under way, then closes all connections. */
  close(): Promise<void>;
}

/** Dials again by itself when it is lost. */
export interface DedicatedLink {
  /**
   * Waits until there is a connection. A reply must come within `replyTimeout` of {@link LinkOptions}: block for less.
   * @throws LinkLostError when the connection breaks before the answer.
   * @throws RedisReplyError
   */
  command(name: string, args: readonly RedisArgument[]): Promise<RedisReply>;
  onLost(listener: () => void): () => void;
  /** Without waiting: what is under way is refused with `LinkLostError`. */
  close(): void;
}

export interface ReplicaLink {
  /** A script that only reads. @throws LinkLostError when the replica is gone; ask the primary then. */
  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply>;
  /** A command that only reads. @throws LinkLostError */
  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply>;
}

/** A time in which a server that calls need was out of reach. */
export interface Absence {
  /** Of a cluster, the one whose connection broke first. */
  readonly node: string | undefined;
  /**
   * Milliseconds from the break until all servers that calls need had answered. Rejects when the link ends before.
   */
  readonly over: Promise<number>;
}

/** Calls that cannot be carried out, and are tried again. */
export interface HeldCalls {
  /** Hash tag of their keys, with its braces. */
  readonly partition: string;
  /** Why the last attempt of one of them failed. */
  readonly reason: Error;
  /** For how long that one has waited. */
  readonly milliseconds: number;
}

export interface LinkOptions {
  /** What the connections are called in `CLIENT LIST`; default `hetu`. */
  readonly name?: string;
  /** Of a single server; default those that it tells of. */
  readonly replicas?: readonly RedisAddress[];
  /** Told which replicas follow their primary (`host:port`), when it is others than before; they are looked for at once. */
  readonly onReplicas?: (following: readonly string[]) => void;
  /** Told when calls have waited for a third of the retry window, and again for as long as others do; once a third. */
  readonly onHeld?: (held: HeldCalls) => void;
  /** How many replicas must have a commit before it is told, and for how many milliseconds to wait for them. */
  readonly wait?: { readonly replicas: number; readonly timeout: number };
  /** Milliseconds that a server may be out of reach before the link has failed; default 30,000. */
  readonly retryWindow?: number;
  /** Milliseconds of silence with an answer due after which a connection counts as lost; default 5,000. */
  readonly replyTimeout?: number;
}

export const DEFAULT_RETRY_WINDOW_MS = 30_000;
export const DEFAULT_REPLY_TIMEOUT_MS = 5_000;
