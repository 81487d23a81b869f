import type { NodeConnection } from "./connection.js";
import { LinkLostError, NotReplicatedError, type RedisReplyError } from "./errors.js";
import type { LinkOptions, RedisReply } from "./link.js";
import { type CallOwner, RedisCall } from "./redis-call.js";

type Wait = NonNullable<LinkOptions["wait"]>;

/** Holds the replies to commits back until replicas have them: one `WAIT` for all replies of one tick. */
export class Replication implements CallOwner {
  readonly #connection: NodeConnection;
  readonly #wait: Wait;
  #confirmation: Promise<void> | undefined;

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
    await (this.#confirmation ??= this.#ask());
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

  async #ask(): Promise<void> {
    // At the end of this turn, behind which further replies need a question of their own.
    await new Promise((resolve) => setImmediate(resolve));
    this.#confirmation = undefined;
    const { replicas, timeout } = this.#wait;
    const call = new RedisCall(this, "wait", [replicas, timeout], "", false);
    if (this.#connection.ready) this.#connection.send(call);
    else this.lost(call);
    const count = Number(await call.promise);
    if (count < replicas) throw new NotReplicatedError(count, replicas, timeout);
  }
}
