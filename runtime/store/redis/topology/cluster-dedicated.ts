import { nodeText, type RedisNode } from "../address.js";
import type { NodeConnection } from "../connection.js";
import { LinkLostError, type RedisReplyError } from "../errors.js";
import type { DedicatedLink, RedisArgument, RedisReply } from "../link.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { isPassing } from "../reply-kinds.js";
import { sendAsking } from "./cluster-node.js";
import type { ClusterTopology } from "./cluster-topology.js";
import { readRedirection } from "./slot-map.js";

/**
 * A connection of its own to the primary of a slot. It goes with the slot: when that has another node, what is under
 * way is lost and the next command goes there. Nothing is sent twice.
 */
export class ClusterDedicatedLink implements DedicatedLink, CallOwner {
  readonly #slot: number;
  readonly #topology: ClusterTopology;
  readonly #connect: (node: RedisNode) => NodeConnection;
  readonly #closed: () => void;
  readonly #unfollow: () => void;
  readonly #lostListeners = new Set<() => void>();
  #connection: NodeConnection | undefined;
  #forget: () => void = () => undefined;
  /** Where the connection leads. */
  #node: RedisNode | undefined;
  /** Set while the slot is on its way to where the connection leads: the node that still has it. */
  #askedFrom: string | undefined;
  #waiting: RedisCall[] = [];
  #isClosed = false;

  /** @param closed told when it is closed. */
  constructor(
    slot: number,
    topology: ClusterTopology,
    connect: (node: RedisNode) => NodeConnection,
    closed: () => void,
  ) {
    this.#slot = slot;
    this.#topology = topology;
    this.#connect = connect;
    this.#closed = closed;
    this.#unfollow = topology.onChange(() => this.#follow());
    this.#follow();
  }

  command(name: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    const call = new RedisCall(this, name, args, "", false);
    if (this.#isClosed) this.lost(call);
    else if (this.#connection?.ready === true) this.#send(this.#connection, call);
    else this.#waiting.push(call);
    return call.promise;
  }

  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => void this.#lostListeners.delete(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unfollow();
    this.#connection?.close();
    for (const call of this.#waiting.splice(0)) this.lost(call);
    this.#closed();
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    const redirection = this.#node === undefined ? undefined : readRedirection(error.reply, this.#node);
    if (redirection === undefined) {
      if (isPassing(error)) this.#topology.refresh();
      call.fail(error);
      return;
    }
    if (redirection.kind === "ask") {
      // Single keys are on their way: what is there is what was here, so nobody need look at it anew.
      this.#forget();
      this.#goTo(redirection.node, this.#where);
      this.#waiting.push(call);
      return;
    }
    this.#topology.moved(redirection.slot, redirection.node);
    if (nodeText(redirection.node) !== this.#where) this.#goTo(redirection.node, undefined);
    // After a failover the other node may lack what this one had: who reads on has to look first.
    this.lost(call);
  }

  lost(call: RedisCall): void {
    call.fail(new LinkLostError(this.#where));
  }

  ended(): void {
    // Nobody waits for the last call.
  }

  get #where(): string {
    return this.#node === undefined ? "the cluster" : nodeText(this.#node);
  }

  #follow(): void {
    const primary = this.#topology.primaryOf(this.#slot)?.node;
    if (primary === undefined) return;
    const name = nodeText(primary);
    if (name === this.#where) this.#askedFrom = undefined;
    else if (name !== this.#askedFrom) this.#goTo(primary, undefined);
  }

  #goTo(node: RedisNode, askedFrom: string | undefined): void {
    const before = this.#connection;
    const connection = this.#connect(node);
    this.#connection = connection;
    this.#node = node;
    this.#askedFrom = askedFrom;
    connection.onReady(() => {
      for (const call of this.#waiting.splice(0)) this.#send(connection, call);
    });
    this.#forget = connection.onLost(() => {
      this.#topology.refresh();
      for (const listener of [...this.#lostListeners]) listener();
    });
    before?.close();
  }

  #send(connection: NodeConnection, call: RedisCall): void {
    if (this.#askedFrom === undefined) connection.send(call);
    else sendAsking(connection, call);
  }
}
