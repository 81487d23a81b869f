import { nodeText, type RedisAddress, type RedisNode } from "../address.js";
import { NodeConnection } from "../connection.js";
import type { LinkOptions, ReplicaLink } from "../link.js";
import { Freshness } from "./freshness.js";
import { askReplication } from "./poll.js";
import { ReplicaNode } from "./replica-node.js";

const POLL_MS = 200;
/** How often a primary is asked whether it has replicas by now. */
const DISCOVERY_MS = 2_000;
/** Replicas are asked this much after the primary has answered, which is longer than their lag mostly is. */
const REPLICA_DELAY_MS = 10;
/** Nobody is polled any more when no stale read was made for so long. */
const IDLE_MS = 30_000;

export interface ReplicaSetOptions {
  /** The connection to the primary, which others use, too. */
  readonly primary: () => NodeConnection | undefined;
  /** Where the replicas are; `undefined`: where the primary says. */
  readonly nodes: readonly RedisNode[] | undefined;
  readonly connect: (node: RedisNode) => NodeConnection;
  /** Told when others than before follow the primary; not while nobody reads from them. */
  readonly onChange?: () => void;
}

/** The replicas of one primary. Connects to them once somebody asks for one. */
export class ReplicaSet {
  readonly #options: ReplicaSetOptions;
  readonly #freshness = new Freshness();
  readonly #replicas = new Map<string, ReplicaNode>();
  #nodes: readonly RedisNode[];
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #used = 0;
  #asked = -Infinity;
  #turn = 0;
  #following: readonly string[] = [];

  constructor(options: ReplicaSetOptions) {
    this.#options = options;
    this.#nodes = options.nodes ?? [];
  }

  /** `host:port` of those that followed the primary when they were last asked. */
  get following(): readonly string[] {
    return this.#following;
  }

  /** Looks for them before somebody reads. */
  seek(): void {
    this.#used = performance.now();
    if (this.#timer === undefined) this.#start();
  }

  /** @returns one whose state is at most so many milliseconds old, in turn. */
  pick(maxAge: number): ReplicaLink | undefined {
    const now = performance.now();
    this.#used = now;
    this.#freshness.remember(maxAge);
    if (this.#timer === undefined) this.#start();
    const replicas = [...this.#replicas.values()];
    for (let i = 0; i < replicas.length; i++) {
      const replica = replicas[++this.#turn % replicas.length];
      const since = replica?.stateSince(this.#freshness);
      if (since !== undefined && now < since + maxAge) return replica?.link(since + maxAge);
    }
    return undefined;
  }

  /** Exchanges the replicas for those that the cluster has now. */
  use(nodes: readonly RedisNode[]): void {
    this.#nodes = nodes;
    if (this.#timer !== undefined) this.#connect();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const { connection } of this.#replicas.values()) connection.close();
    this.#replicas.clear();
  }

  #start(): void {
    this.#timer = setInterval(() => void this.#poll(), POLL_MS);
    this.#timer.unref();
    this.#connect();
    void this.#poll();
  }

  #connect(): void {
    const wanted = new Map(this.#nodes.map((node) => [nodeText(node), node]));
    for (const [name, { connection }] of this.#replicas) {
      if (wanted.has(name)) continue;
      connection.close();
      this.#replicas.delete(name);
    }
    for (const [name, node] of wanted) {
      if (!this.#replicas.has(name)) this.#replicas.set(name, new ReplicaNode(this.#options.connect(node)));
    }
  }

  async #poll(): Promise<void> {
    if (performance.now() - this.#used > IDLE_MS) {
      this.close();
      return;
    }
    const at = performance.now();
    if (this.#asking || (this.#replicas.size === 0 && at - this.#asked < DISCOVERY_MS)) return;
    this.#asking = true;
    this.#asked = at;
    const primary = this.#options.primary();
    const info = primary === undefined ? undefined : await askReplication(primary);
    this.#asking = false;
    if (info?.role === "primary") {
      this.#freshness.primaryAt(at, info.history, info.offset);
      if (this.#options.nodes === undefined) this.use(info.replicas);
    }
    setTimeout(() => void this.#pollReplicas(info?.history), REPLICA_DELAY_MS).unref();
  }

  async #pollReplicas(history: string | undefined): Promise<void> {
    await Promise.all(Array.from(this.#replicas.values(), (replica) => replica.poll()));
    // A primary that is away takes no replica away.
    if (this.#timer === undefined || history === undefined) return;
    const following = [...this.#replicas].flatMap(([name, replica]) => (replica.follows(history) ? [name] : [])).sort();
    if (following.join() === this.#following.join()) return;
    this.#following = following;
    this.#options.onChange?.();
  }
}

/** The replicas of a server that is no node of a cluster: those of the options, else those that it tells of. */
export function replicasOf(
  address: RedisAddress,
  options: LinkOptions,
  primary: () => NodeConnection | undefined,
): ReplicaSet {
  const given = new Map(options.replicas?.map((replica) => [nodeText(replica.nodes[0]), replica]));
  const set: ReplicaSet = new ReplicaSet({
    onChange: () => options.onReplicas?.(set.following),
    primary,
    nodes: options.replicas?.map(({ nodes }) => nodes[0]),
    connect: (node) =>
      // A replica has the databases of its primary; another number would be another deployment's data.
      new NodeConnection(node, { ...(given.get(nodeText(node)) ?? address), database: address.database }, options),
  });
  return set;
}
