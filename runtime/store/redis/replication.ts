import type { NodeConnection } from "./connection.js";
import { LinkLostError, NotReplicatedError, type RedisReplyError } from "./errors.js";
import { DEFAULT_REPLY_TIMEOUT_MS, type LinkOptions, type RedisReply } from "./link.js";
import { type CallOwner, RedisCall } from "./redis-call.js";

type Wait = NonNullable<LinkOptions["wait"]>;

/** Holds the replies to commits back until replicas have them: one `WAIT` for all replies of one tick. */
export class Replication implements CallOwner {
  readonly #connection: NodeConnection;
  readonly #wait: Wait;
  /** How many replicas have what was committed before this turn ended. */
  #asking: Promise<number> | undefined;

  constructor(connection: NodeConnection, wait: Wait) {
    this.#connection = connection;
    this.#wait = wait;
  }

  /**
   * @param reply to a commit on this connection.
   * @throws NotReplicatedError
   */
  async confirmed(reply: Promise<RedisReply>): Promise<RedisReply> {
    const result = await reply;
    const { replicas, timeout } = this.#wait;
    const count = await (this.#asking ??= this.#ask());
    if (count < replicas) throw new NotReplicatedError(count, replicas, timeout, result);
    return result;
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    call.fail(error);
  }

  lost(call: RedisCall): void {
    call.fail(new LinkLostError(this.#connection.where));
  }

  ended(): void {
    // The commits are what is waited for.
  }

  async #ask(): Promise<number> {
    // At the end of this turn; replies behind it need a question of their own.
    await new Promise((resolve) => setImmediate(resolve));
    this.#asking = undefined;
    const call = new RedisCall(this, "wait", [this.#wait.replicas, this.#wait.timeout], "", false);
    if (this.#connection.ready) this.#connection.send(call);
    else this.lost(call);
    try {
      return Number(await call.promise);
    } catch (error) {
      if (error instanceof LinkLostError) return 0;
      throw error;
    }
  }
}

/** Options of a connection on which `WAIT` is sent: silence for as long as it may wait is no sign of a lost one. */
export function withWaiting(options: LinkOptions): LinkOptions {
  const { replyTimeout = DEFAULT_REPLY_TIMEOUT_MS, wait } = options;
  return wait === undefined ? options : { ...options, replyTimeout: replyTimeout + wait.timeout };
}
