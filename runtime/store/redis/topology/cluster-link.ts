import { StoreClosedError } from "../../errors.js";
import { Absences } from "../absence.js";
import { nodeText, type RedisAddress } from "../address.js";
import { NodeConnection } from "../connection.js";
import { LinkLostError, type RedisReplyError } from "../errors.js";
import {
  type Absence,
  DEFAULT_RETRY_WINDOW_MS,
  type DedicatedLink,
  type LinkOptions,
  type RedisArgument,
  type RedisLink,
  type RedisReply,
  type ReplicaLink,
} from "../link.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { isPassing, isUnknownScript, writeRefusal } from "../reply-kinds.js";
import { Retries } from "../retries.js";
import type { Script } from "../script.js";
import { ClusterDedicatedLink } from "./cluster-dedicated.js";
import { type ClusterNode, sendAsking } from "./cluster-node.js";
import { ClusterTopology } from "./cluster-topology.js";
import { hashSlot } from "./hash-slot.js";
import { ReplicaSet } from "./replica-set.js";
import { readRedirection, type Shard } from "./slot-map.js";

/** Nodes may disagree for a moment; more often than this, a call waits before it follows them again. */
const MOST_REDIRECTIONS = 5;

/** Where a call is, and where it has been. */
interface Flight {
  readonly slot: number;
  node: ClusterNode | undefined;
  redirections: number;
}

/**
 * {@link RedisLink} to a cluster. A redirection, or an error that passes, says that a call has not run, so it is sent
 * again, where it belongs. A lost connection says nothing: what only reads is sent again, a commit is not.
 */
export class ClusterLink implements RedisLink, CallOwner {
  readonly #address: RedisAddress;
  readonly #options: LinkOptions;
  readonly #retries: Retries;
  readonly #topology: ClusterTopology;
  readonly #flights = new Map<RedisCall, Flight>();
  /** A key of each slot that calls are about. */
  readonly #keys = new Map<number, string>();
  readonly #absences = new Absences(() => this.#answered());
  readonly #lostListeners = new Set<() => void>();
  readonly #dedicated = new Set<ClusterDedicatedLink>();
  readonly #replicas = new Map<string, ReplicaSet>();
  readonly #watch: NodeJS.Timeout;
  #idle: (() => void) | undefined;
  #closed = false;

  constructor(address: RedisAddress, options: LinkOptions = {}) {
    this.#address = address;
    this.#options = options;
    const window = options.retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
    this.#retries = new Retries(window, options.onHeld);
    this.#topology = new ClusterTopology(address, options);
    this.#topology.onNode(({ name, commits }) => {
      commits.onLost(() => {
        if (!this.#closed && this.#isNeeded(name)) this.#absences.broke(name);
        for (const listener of [...this.#lostListeners]) listener();
      });
    });
    this.#topology.onChange(() => this.#useReplicas());
    this.#watch = setInterval(() => {
      const since = this.#topology.incompleteSince;
      if (since !== undefined && performance.now() - since > window) this.#retries.fail(this.error);
    }, WATCH_MS);
    this.#watch.unref();
  }

  /** Why a part of the cluster cannot be reached; `undefined` while all of it is. */
  get error(): Error | undefined {
    return this.#topology.error;
  }

  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    const call = RedisCall.script(this, script, keys, args, true);
    this.#start(call);
    return call.promise;
  }

  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    const call = new RedisCall(this, name, [key, ...args], key, true);
    this.#start(call);
    return call.promise;
  }

  commit(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    const call = RedisCall.script(this, script, keys, args, false);
    const flight = this.#start(call);
    return this.#options.wait === undefined ? call.promise : replicated(call, flight);
  }

  dedicated(key: string): DedicatedLink {
    const connect = (node: ClusterNode["node"]): NodeConnection =>
      new NodeConnection(node, this.#address, this.#options);
    const link: ClusterDedicatedLink = new ClusterDedicatedLink(hashSlot(key), this.#topology, connect, () => {
      this.#dedicated.delete(link);
    });
    this.#dedicated.add(link);
    return link;
  }

  replica(key: string, maxAgeMs: number): ReplicaLink | undefined {
    const shard = this.#topology.map.shardOf(hashSlot(key));
    if (shard === undefined || shard.replicas.length === 0 || this.#closed) return undefined;
    return this.#replicasOf(shard).pick(maxAgeMs);
  }

  /** Looks for replicas before somebody reads from them. */
  seekReplicas(): void {
    for (const shard of this.#topology.map.shards) if (shard.replicas.length > 0) this.#replicasOf(shard).seek();
  }

  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => void this.#lostListeners.delete(listener);
  }

  onAbsence(listener: (absence: Absence) => void): () => void {
    return this.#absences.onAbsence(listener);
  }

  onFailure(listener: (error: Error) => void): () => void {
    return this.#retries.onFailure(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#flights.size > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.abandon();
  }

  /** Closes without waiting. */
  abandon(): void {
    this.#closed = true;
    this.#retries.close();
    clearInterval(this.#watch);
    for (const link of [...this.#dedicated]) link.close();
    for (const set of this.#replicas.values()) set.close();
    this.#replicas.clear();
    this.#topology.close();
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    const flight = this.#flights.get(call);
    const asked = flight?.node;
    if (flight === undefined || asked === undefined) return;
    const redirection = readRedirection(error.reply, asked.node);
    if (redirection !== undefined) {
      if (redirection.kind === "moved") this.#topology.moved(redirection.slot, redirection.node);
      if (++flight.redirections > MOST_REDIRECTIONS) this.#later(call, error);
      else if (redirection.kind === "moved") this.#dispatch(call);
      else this.#send(call, flight, this.#topology.node(redirection.node), true);
    } else if (isUnknownScript(error) && call.sendSource()) this.#dispatch(call);
    else if (isPassing(error)) {
      this.#topology.refresh();
      this.#later(call, error);
    } else call.fail(writeRefusal(error) ?? error);
  }

  lost(call: RedisCall): void {
    const flight = this.#flights.get(call);
    if (flight === undefined) return;
    const error = new LinkLostError(flight.node?.name ?? "a node");
    this.#topology.refresh();
    if (call.repeatable) this.#later(call, error);
    else call.fail(error);
  }

  ended(call: RedisCall): void {
    this.#flights.delete(call);
    if (this.#flights.size === 0) this.#idle?.();
  }

  #start(call: RedisCall): Flight {
    const slot = hashSlot(call.key);
    const flight: Flight = { slot, node: undefined, redirections: 0 };
    this.#flights.set(call, flight);
    if (!this.#keys.has(slot)) this.#keys.set(slot, call.key);
    if (this.#closed) call.fail(new StoreClosedError());
    else this.#dispatch(call);
    return flight;
  }

  #dispatch(call: RedisCall): void {
    const flight = this.#flights.get(call);
    if (flight === undefined) return;
    if (this.#retries.failure !== undefined) call.fail(this.#retries.failure);
    else {
      const node = this.#topology.primaryOf(flight.slot);
      if (node !== undefined) this.#send(call, flight, node, false);
      else this.#later(call, this.error ?? new LinkLostError("the cluster"));
    }
  }

  #send(call: RedisCall, flight: Flight, node: ClusterNode, asking: boolean): void {
    flight.node = node;
    const connection = node.connectionFor(call);
    if (!connection.ready) {
      this.#topology.refresh();
      this.#later(call, connection.error ?? new LinkLostError(connection.where));
    } else if (asking) sendAsking(connection, call);
    else connection.send(call);
  }

  #later(call: RedisCall, cause: Error): void {
    this.#retries.later(
      call,
      () => {
        const flight = this.#flights.get(call);
        if (flight !== undefined) flight.redirections = 0;
        this.#dispatch(call);
      },
      cause,
    );
  }

  /** Whether a node is the primary of a slot that calls are about. */
  #isNeeded(node: string): boolean {
    for (const slot of this.#keys.keys()) {
      const primary = this.#topology.map.shardOf(slot)?.primary;
      if (primary !== undefined && nodeText(primary) === node) return true;
    }
    return false;
  }

  /** Waits until the primary of each slot in use has answered. @throws LinkLostError when a connection broke before. */
  async #answered(): Promise<void> {
    const asked = [...this.#keys.values()].map((key) => {
      const call = new RedisCall(this, "exists", [key], key, false);
      this.#start(call);
      return call.promise;
    });
    await Promise.all(asked);
  }

  #replicasOf(shard: Shard): ReplicaSet {
    const name = nodeText(shard.primary);
    const known = this.#replicas.get(name);
    if (known !== undefined) return known;
    const set = new ReplicaSet({
      onChange: () => this.#tellReplicas(),
      primary: () => this.#topology.node(shard.primary).reads,
      nodes: shard.replicas,
      connect: (node) => new NodeConnection(node, this.#address, { ...this.#options, replica: true }),
    });
    this.#replicas.set(name, set);
    return set;
  }

  #tellReplicas(): void {
    this.#options.onReplicas?.([...this.#replicas.values()].flatMap(({ following }) => following).sort());
  }

  #useReplicas(): void {
    const shards = new Map(this.#topology.map.shards.map((shard) => [nodeText(shard.primary), shard]));
    for (const [name, set] of this.#replicas) {
      const shard = shards.get(name);
      if (shard !== undefined) set.use(shard.replicas);
      else {
        set.close();
        this.#replicas.delete(name);
      }
    }
  }
}

const WATCH_MS = 500;

/** The reply to a commit, once replicas of the node that ran it have it. */
async function replicated(call: RedisCall, flight: Flight): Promise<RedisReply> {
  const reply = await call.promise;
  return flight.node?.replication === undefined ? reply : flight.node.replication.confirmed(Promise.resolve(reply));
}
