import type { NodeConnection } from "./connection.js";
import { LinkLostError, type RedisReplyError } from "./errors.js";
import { Lane } from "./lane.js";
import type { DedicatedLink, RedisArgument, RedisReply } from "./link.js";
import { type CallOwner, RedisCall } from "./redis-call.js";

/** {@link DedicatedLink} over a connection that nobody else uses. Nothing is sent twice here. */
export class ConnectionLink implements DedicatedLink, CallOwner {
  readonly #lane: Lane;
  readonly #closed: () => void;
  #isClosed = false;

  /** @param closed told when it is closed. */
  constructor(connection: NodeConnection, closed: () => void) {
    this.#lane = new Lane(connection);
    this.#closed = closed;
  }

  command(name: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    const call = new RedisCall(this, name, args, "", false);
    if (this.#isClosed) this.lost(call);
    else this.#lane.dispatch(call);
    return call.promise;
  }

  onLost(listener: () => void): () => void {
    return this.#lane.connection.onLost(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lane.connection.close();
    this.#lane.refuseWaiting((call) => this.lost(call));
    this.#closed();
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    call.fail(error);
  }

  lost(call: RedisCall): void {
    call.fail(new LinkLostError(this.#lane.connection.where));
  }

  ended(): void {
    // Nobody waits for the last call.
  }
}
