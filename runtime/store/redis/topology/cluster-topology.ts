import { nodeText, type RedisAddress, RedisAddressError, type RedisNode } from "../address.js";
import type { NodeConnection } from "../connection.js";
import { LinkLostError } from "../errors.js";
import type { LinkOptions, RedisReply } from "../link.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { ClusterNode } from "./cluster-node.js";
import { SlotMap } from "./slot-map.js";

/** How often it is looked whether a shard is without its primary. */
const WATCH_MS = 500;
/** Between two questions for the map, however many calls are sent elsewhere. */
const LEAST_INTERVAL_MS = 100;

const once: CallOwner = {
  refused: (call, error) => call.fail(error),
  lost: (call) => call.fail(new LinkLostError("a node")),
  ended: () => undefined,
};

/** Which slot is where, and a connection to each primary. Asks again whenever something does not fit. */
export class ClusterTopology {
  readonly #address: RedisAddress;
  readonly #options: LinkOptions;
  readonly #nodes = new Map<string, ClusterNode>();
  readonly #listeners = new Set<() => void>();
  readonly #nodeListeners = new Set<(node: ClusterNode) => void>();
  /** Slots that somebody asks for: others may be out of reach. */
  readonly #used = new Set<number>();
  readonly #watch: NodeJS.Timeout;
  #map = SlotMap.empty;
  #refreshing = false;
  #wanted = false;
  #turn = 0;
  #completeAt = performance.now();
  #error: Error | undefined;
  #closed = false;

  constructor(address: RedisAddress, options: LinkOptions) {
    this.#address = address;
    this.#options = options;
    for (const node of address.nodes) this.node(node);
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
    this.#watch.unref();
  }

  get map(): SlotMap {
    return this.#map;
  }

  /** Since when, as `performance.now`, some slot in use is without a connection to its primary; `undefined`: none is. */
  get incompleteSince(): number | undefined {
    return this.#isComplete() ? undefined : this.#completeAt;
  }

  /** Why the slots in use cannot be reached, as long as no node tells where they are. */
  get error(): Error | undefined {
    if (this.#isComplete()) return undefined;
    const errors = [...this.#nodes.values()].map(({ error }) => error);
    return this.#error ?? (errors.includes(undefined) ? undefined : errors[0]);
  }

  /** The node there, with connections that it dials now if it had none. */
  node(node: RedisNode): ClusterNode {
    const name = nodeText(node);
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const made = new ClusterNode(node, this.#address, this.#options);
    this.#nodes.set(name, made);
    made.reads.onReady(() => {
      if (this.#map === SlotMap.empty) this.refresh();
    });
    made.reads.onLost(() => this.refresh());
    for (const listener of this.#nodeListeners) listener(made);
    return made;
  }

  primaryOf(slot: number): ClusterNode | undefined {
    this.#used.add(slot);
    const shard = this.#map.shardOf(slot);
    return shard === undefined ? undefined : this.node(shard.primary);
  }

  /** A node has said that a slot has moved. */
  moved(slot: number, to: RedisNode): void {
    if (nodeText(this.#map.shardOf(slot)?.primary ?? { host: "", port: 0 }) !== nodeText(to)) {
      this.#map = this.#map.moved(slot, to);
      for (const listener of this.#listeners) listener();
    }
    this.refresh();
  }

  /** Has the map asked for anew, soon; does not wait. */
  refresh(): void {
    if (this.#closed) return;
    this.#wanted = true;
    if (!this.#refreshing) void this.#refresh();
  }

  /** Told when slots may have other nodes. @returns a function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Told of each node that gets connections. @returns a function that ends it. */
  onNode(listener: (node: ClusterNode) => void): () => void {
    for (const node of this.#nodes.values()) listener(node);
    this.#nodeListeners.add(listener);
    return () => void this.#nodeListeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    for (const node of this.#nodes.values()) node.close();
    this.#nodes.clear();
  }

  async #refresh(): Promise<void> {
    this.#refreshing = true;
    while (this.#wanted && !this.#closed) {
      this.#wanted = false;
      const map = await this.#ask();
      if (map !== undefined && !this.#closed) this.#use(map);
      await new Promise((resolve) => setTimeout(resolve, LEAST_INTERVAL_MS).unref());
    }
    this.#refreshing = false;
  }

  /** The map as the first node sees it that answers; another one first each time, since one may be cut off. */
  async #ask(): Promise<SlotMap | undefined> {
    const nodes = [...this.#nodes.values()].filter(({ reads }) => reads.ready);
    this.#turn++;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[(this.#turn + i) % nodes.length];
      if (node === undefined) continue;
      try {
        const map = SlotMap.read(await slotsOf(node.reads), node.node);
        this.#error = map === undefined ? new Error(`${node.name} says that no node has any hash slot`) : undefined;
        if (map !== undefined) return map;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        this.#error = notACluster(error) ?? this.#error;
      }
    }
    return undefined;
  }

  #use(map: SlotMap): void {
    this.#map = map;
    const primaries = new Set(map.shards.map(({ primary }) => nodeText(primary)));
    for (const { primary } of map.shards) this.node(primary);
    for (const [name, node] of this.#nodes) {
      // One that is not reached any more would be dialled for ever; those of the address are the way back in.
      if (primaries.has(name) || node.ready || this.#isOfAddress(name)) continue;
      this.#nodes.delete(name);
      node.close();
    }
    for (const listener of this.#listeners) listener();
  }

  #isOfAddress(name: string): boolean {
    return this.#address.nodes.some((node) => nodeText(node) === name);
  }

  #isComplete(): boolean {
    if (this.#map === SlotMap.empty) return false;
    for (const slot of this.#used) {
      const shard = this.#map.shardOf(slot);
      if (shard === undefined || this.#nodes.get(nodeText(shard.primary))?.ready !== true) return false;
    }
    return true;
  }

  #look(): void {
    if (this.#isComplete()) this.#completeAt = performance.now();
    else this.refresh();
  }
}

async function slotsOf(connection: NodeConnection): Promise<RedisReply> {
  const call = new RedisCall(once, "cluster", ["SLOTS"], "", false);
  connection.send(call);
  return call.promise;
}

/** What a server says that is no node of a cluster. */
function notACluster(error: Error): RedisAddressError | undefined {
  if (!error.message.includes("cluster support disabled")) return undefined;
  return new RedisAddressError(
    "scheme",
    "the server is no node of a cluster; write redis:// instead of redis-cluster://",
  );
}
