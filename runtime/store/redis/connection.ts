import { type Command, Redis } from "ioredis";
import { nodeText, type RedisAddress, RedisAddressError, type RedisNode } from "./address.js";
import { DEFAULT_REPLY_TIMEOUT_MS } from "./link.js";
import type { RedisCall } from "./redis-call.js";

/** Milliseconds until the second attempt to dial; doubled up to the longest. */
const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1_000;

export interface ConnectionOptions {
  readonly name?: string;
  readonly replyTimeout?: number;
  /** The node is a replica of a cluster, which must be told that stale answers will do. */
  readonly replica?: boolean;
}

/**
 * One connection to one node, which dials again by itself. What is sent within one turn of the event loop leaves in one
 * write.
 */
export class NodeConnection {
  readonly #redis: Redis;
  readonly #node: RedisNode;
  #corked = false;
  #closed = false;
  readonly #readyListeners = new Set<() => void>();
  readonly #lostListeners = new Set<() => void>();
  /** Whether the connection that ioredis calls ready is one to use. */
  #usable = false;
  #error: Error | undefined;

  /** @param address Of which the node is one: user, password, database and TLS are the same for all. */
  constructor(node: RedisNode, address: RedisAddress, options: ConnectionOptions = {}) {
    this.#node = node;
    this.#redis = new Redis({
      host: node.host,
      port: node.port,
      ...(address.user === undefined ? {} : { username: address.user }),
      ...(address.password === undefined ? {} : { password: address.password }),
      ...(address.tls ? { tls: {} } : {}),
      db: address.database,
      connectionName: options.name ?? "hetu",
      readOnly: options.replica ?? false,
      protocol: 2,
      disableClientInfo: true,
      // A server that is loading says so to each call, which waits then.
      enableReadyCheck: false,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      // What was under way when the connection broke is given back at once.
      maxRetriesPerRequest: 0,
      socketTimeout: options.replyTimeout ?? DEFAULT_REPLY_TIMEOUT_MS,
      connectTimeout: options.replyTimeout ?? DEFAULT_REPLY_TIMEOUT_MS,
      retryStrategy: (attempt) => delayOf(attempt),
    });
    this.#redis.on("error", (error: Error) => this.#failed(error));
    this.#redis.on("connect", () => (this.#error = undefined));
    this.#redis.on("ready", () => this.#isReady());
    this.#redis.on("close", () => this.#isLost());
  }

  get ready(): boolean {
    return this.#usable && this.#redis.status === "ready";
  }

  /** Why the last attempt to get a connection failed. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** For logs and errors. */
  get where(): string {
    return nodeText(this.#node);
  }

  /** Only when {@link ready}. Its owner hears of errors. */
  send(call: RedisCall): void {
    this.#cork();
    // What ioredis asks of a command is in `RedisCall`.
    this.#redis.sendCommand(call as unknown as Command);
  }

  /** @returns a function that ends it. */
  onReady(listener: () => void): () => void {
    this.#readyListeners.add(listener);
    return () => void this.#readyListeners.delete(listener);
  }

  /** Told when a connection that was ready has gone, after the owners of its calls. @returns a function that ends it. */
  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => void this.#lostListeners.delete(listener);
  }

  /** Breaks the connection and dials again: the node behind the name may have changed its role. */
  redial(): void {
    if (!this.#closed) this.#redis.disconnect(true);
  }

  /** At once: what is under way is given back as lost. */
  close(): void {
    this.#closed = true;
    this.#redis.disconnect();
  }

  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    const socket = this.#redis.stream;
    socket.cork();
    // Not at the end of the tick: all sockets that are readable in this turn share the write.
    setImmediate(() => {
      this.#corked = false;
      socket.uncork();
    });
  }

  #failed(error: Error): void {
    this.#error = isWrongDatabase(error)
      ? new RedisAddressError("database", `${this.where} says: ${error.message}`)
      : error;
    // Of a login that was refused, it would show the password wherever the error is logged.
    Reflect.deleteProperty(error, "command");
  }

  #isReady(): void {
    // ioredis goes on with database 0 when there is no other.
    this.#usable = !(this.#error instanceof RedisAddressError);
    if (!this.#usable) return;
    this.#error = undefined;
    for (const listener of this.#readyListeners) listener();
  }

  #isLost(): void {
    if (!this.#usable) return;
    this.#usable = false;
    for (const listener of this.#lostListeners) listener();
  }
}

/** Doubles with every attempt, and differs a little between processes, which would come all at once otherwise. */
export function delayOf(attempt: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return delay * (0.75 + Math.random() / 2);
}

function isWrongDatabase(error: Error): boolean {
  return (error as { command?: { name?: unknown } }).command?.name === "select";
}
