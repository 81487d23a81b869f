import { nodeText, type RedisAddress, type RedisNode } from "../address.js";
import { NodeConnection } from "../connection.js";
import { LinkLostError } from "../errors.js";
import type { LinkOptions } from "../link.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { Replication, withWaiting } from "../replication.js";

/** Nobody waits for these calls: their reply is that of the call behind them. */
const unheard: CallOwner = {
  refused: (call, error) => call.fail(error),
  lost: (call) => call.fail(new LinkLostError("a node")),
  ended: () => undefined,
};

/** A node of a cluster that is a primary, or was one. */
export class ClusterNode {
  readonly node: RedisNode;
  readonly reads: NodeConnection;
  /** The same as for reads, unless commits wait for replicas, which holds up all that comes behind. */
  readonly commits: NodeConnection;
  readonly replication: Replication | undefined;

  constructor(node: RedisNode, address: RedisAddress, options: LinkOptions) {
    this.node = node;
    this.reads = new NodeConnection(node, address, options);
    this.commits = options.wait === undefined ? this.reads : new NodeConnection(node, address, withWaiting(options));
    this.replication = options.wait === undefined ? undefined : new Replication(this.commits, options.wait);
  }

  get name(): string {
    return nodeText(this.node);
  }

  get ready(): boolean {
    return this.reads.ready && this.commits.ready;
  }

  get error(): Error | undefined {
    return this.reads.error ?? this.commits.error;
  }

  connectionFor(call: RedisCall): NodeConnection {
    return call.repeatable ? this.reads : this.commits;
  }

  close(): void {
    this.reads.close();
    this.commits.close();
  }
}

/** Sends a call for a slot that the node is only getting: it must be told that this is meant. */
export function sendAsking(connection: NodeConnection, call: RedisCall): void {
  const asking = new RedisCall(unheard, "asking", [], "", false);
  asking.promise.catch(() => undefined);
  connection.send(asking);
  connection.send(call);
}
