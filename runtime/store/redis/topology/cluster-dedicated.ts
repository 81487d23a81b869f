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
  #main: Way | undefined;
  /** To the node that is getting the slot. Only for keys that the other one has said are there. */
  #detour: Way | undefined;
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
    else if (this.#main === undefined) this.#waiting.push(call);
    else this.#main.dispatch(call);
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
    for (const way of [this.#main, this.#detour]) way?.close((call) => this.lost(call));
    for (const call of this.#waiting.splice(0)) this.lost(call);
    this.#closed();
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    const redirection = this.#main === undefined ? undefined : readRedirection(error.reply, this.#main.node);
    if (redirection === undefined) {
      if (isPassing(error)) this.#topology.refresh();
      call.fail(error);
    } else if (redirection.kind === "ask") {
      this.#detourTo(redirection.node).dispatch(call);
    } else {
      this.#topology.moved(redirection.slot, redirection.node);
      this.#goTo(redirection.node);
      // After a failover the other node may lack what this one had: who reads on has to look first.
      this.lost(call);
    }
  }

  lost(call: RedisCall): void {
    call.fail(new LinkLostError(this.#main === undefined ? "the cluster" : nodeText(this.#main.node)));
  }

  ended(): void {
    // Nobody waits for the last call.
  }

  #follow(): void {
    const primary = this.#topology.primaryOf(this.#slot)?.node;
    if (primary !== undefined) this.#goTo(primary);
  }

  #goTo(node: RedisNode): void {
    if (this.#isClosed || (this.#main !== undefined && nodeText(this.#main.node) === nodeText(node))) return;
    const before = this.#main;
    const connection = this.#connect(node);
    this.#main = new Way(node, connection, false);
    connection.onLost(() => {
      this.#topology.refresh();
      for (const listener of [...this.#lostListeners]) listener();
    });
    // What waited for a connection has not run anywhere.
    before?.close((call) => this.#waiting.push(call));
    for (const call of this.#waiting.splice(0)) this.#main.dispatch(call);
    this.#detour?.close((call) => this.lost(call));
    this.#detour = undefined;
  }

  #detourTo(node: RedisNode): Way {
    if (this.#detour !== undefined && nodeText(this.#detour.node) === nodeText(node)) return this.#detour;
    this.#detour?.close((call) => this.lost(call));
    return (this.#detour = new Way(node, this.#connect(node), true));
  }
}

/** A connection to one node, and the calls that wait until there is one. */
class Way {
  readonly node: RedisNode;
  readonly #connection: NodeConnection;
  readonly #asking: boolean;
  #waiting: RedisCall[] = [];

  constructor(node: RedisNode, connection: NodeConnection, asking: boolean) {
    this.node = node;
    this.#connection = connection;
    this.#asking = asking;
    connection.onReady(() => {
      for (const call of this.#waiting.splice(0)) this.dispatch(call);
    });
  }

  dispatch(call: RedisCall): void {
    if (!this.#connection.ready) this.#waiting.push(call);
    else if (this.#asking) sendAsking(this.#connection, call);
    else this.#connection.send(call);
  }

  close(waiting: (call: RedisCall) => void): void {
    this.#connection.close();
    for (const call of this.#waiting.splice(0)) waiting(call);
  }
}
