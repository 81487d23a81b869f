import { eventually, type Reply, RedisServer, type RedisServerOptions } from "./redis-server.js";

export interface RedisClusterOptions extends Omit<RedisServerOptions, "folder"> {
  /** At least 3, of which Redis makes a majority. */
  readonly primaries?: number;
  /** Of each primary. */
  readonly replicas?: number;
  /** `cluster-node-timeout` in milliseconds: how soon a dead primary is replaced. */
  readonly nodeTimeout?: number;
}

const SLOTS = 16_384;

/** A real Redis Cluster of loopback servers. */
export class RedisCluster {
  /** First the primaries as they were at the start, then the replicas. */
  readonly nodes: readonly RedisServer[];

  private constructor(nodes: readonly RedisServer[]) {
    this.nodes = nodes;
  }

  static async start(options: RedisClusterOptions = {}): Promise<RedisCluster> {
    const primaries = options.primaries ?? 3;
    const replicas = options.replicas ?? 1;
    const args = [
      ...["--cluster-enabled", "yes", "--cluster-node-timeout", String(options.nodeTimeout ?? 1000)],
      // A replica may take over however long its link was down: tests pause and cut.
      ...["--cluster-replica-validity-factor", "0", "--cluster-announce-ip", "127.0.0.1"],
      ...(options.args ?? []),
    ];
    const starts = await Promise.allSettled(
      Array.from({ length: primaries * (1 + replicas) }, () =>
        RedisServer.start({ ...(options.aof === undefined ? {} : { aof: options.aof }), args }),
      ),
    );
    const cluster = new RedisCluster(starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : [])));
    try {
      for (const start of starts) if (start.status === "rejected") throw start.reason;
      await cluster.#join(primaries);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Names all nodes. */
  get url(): string {
    return `redis-cluster://${this.nodes.map((node) => `${node.host}:${node.port}`).join(",")}`;
  }

  /** The hash slot of a key. */
  async slotOf(key: string): Promise<number> {
    return Number(await this.#anyNode().command("CLUSTER", "KEYSLOT", key));
  }

  /** The running primary that has a slot, as the nodes see it now. */
  async primaryOf(slot: number): Promise<RedisServer> {
    return (await this.#holders(slot))[0];
  }

  /** The replicas of a slot's primary. */
  async replicasOf(slot: number): Promise<readonly RedisServer[]> {
    return (await this.#holders(slot)).slice(1);
  }

  /** Waits until all running nodes say that all slots are served, and see a running primary for each. */
  async settled(): Promise<void> {
    for (const node of this.#running())
      await eventually(async () => String(await node.command("CLUSTER", "INFO")).includes("cluster_state:ok"));
    for (const node of this.#running())
      await eventually(async () => {
        const info = await node.info("replication");
        return info.get("role") === "master" || info.get("master_link_status") === "up";
      });
  }

  /**
   * Moves a slot with its keys to another primary as Redis' own tools do: importing, migrating, keys, then its owner.
   * @param halfway runs while the slot is open on both sides, after half of its keys have moved.
   */
  async moveSlot(slot: number, to: RedisServer, halfway?: () => Promise<void>): Promise<void> {
    const from = await this.primaryOf(slot);
    if (from === to) return;
    const [fromId, toId] = [String(await from.command("CLUSTER", "MYID")), String(await to.command("CLUSTER", "MYID"))];
    await to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
    await from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
    const migrate = async (most: number): Promise<number> => {
      const keys = (await from.command("CLUSTER", "GETKEYSINSLOT", slot, most)) as string[];
      if (keys.length > 0) await from.command("MIGRATE", to.host, to.port, "", 0, 10_000, "KEYS", ...keys);
      return keys.length;
    };
    await migrate(Math.ceil(Number(await from.command("CLUSTER", "COUNTKEYSINSLOT", slot)) / 2));
    await halfway?.();
    while ((await migrate(100)) > 0);
    // The new owner first: so no node answers for the slot without having it.
    await to.command("CLUSTER", "SETSLOT", slot, "NODE", toId);
    await from.command("CLUSTER", "SETSLOT", slot, "NODE", toId);
    for (const node of this.#running()) await eventually(async () => (await this.#portOf(node, slot)) === to.port);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  async #join(primaries: number): Promise<void> {
    const share = SLOTS / primaries;
    for (const [i, node] of this.nodes.entries()) {
      await node.command("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      if (i < primaries)
        await node.command("CLUSTER", "ADDSLOTSRANGE", Math.round(i * share), Math.round((i + 1) * share) - 1);
    }
    const first = this.#anyNode();
    for (const node of this.nodes.slice(1)) await node.command("CLUSTER", "MEET", first.host, first.port);
    const knowsAll = async (node: RedisServer): Promise<boolean> =>
      String(await node.command("CLUSTER", "INFO")).includes(`cluster_known_nodes:${this.nodes.length}`);
    for (const node of this.nodes) await eventually(() => knowsAll(node));
    for (const [i, node] of this.nodes.entries()) {
      if (i < primaries) continue;
      const primary = this.nodes[i % primaries] ?? first;
      const id = String(await primary.command("CLUSTER", "MYID"));
      // A node may know another one by its handshake only.
      await eventually(() =>
        node.command("CLUSTER", "REPLICATE", id).then(
          () => true,
          () => false,
        ),
      );
    }
    await this.settled();
    const replicas = this.nodes.length / primaries - 1;
    for (const node of this.nodes)
      await eventually(async () => {
        const shards = (await node.command("CLUSTER", "SLOTS")) as Reply[][];
        return shards.length === primaries && shards.every((shard) => shard.length === 3 + replicas);
      });
  }

  async #holders(slot: number): Promise<[RedisServer, ...RedisServer[]]> {
    let holders: RedisServer[] = [];
    await eventually(async () => {
      holders = await this.#holdersSeenBy(this.#anyNode(), slot);
      return holders[0]?.running === true;
    });
    const [primary, ...replicas] = holders;
    if (primary === undefined) throw new Error(`nobody has slot ${slot}`);
    return [primary, ...replicas];
  }

  async #holdersSeenBy(node: RedisServer, slot: number): Promise<RedisServer[]> {
    const shards = (await node.command("CLUSTER", "SLOTS")) as [number, number, ...[string, number][]][];
    const shard = shards.find(([low, high]) => low <= slot && slot <= high);
    const [, , ...holders] = shard ?? [0, 0];
    return holders.flatMap(([, port]) => this.nodes.filter((one) => one.port === port));
  }

  async #portOf(node: RedisServer, slot: number): Promise<number | undefined> {
    return (await this.#holdersSeenBy(node, slot))[0]?.port;
  }

  #running(): RedisServer[] {
    return this.nodes.filter((node) => node.running);
  }

  #anyNode(): RedisServer {
    const node = this.#running()[0];
    if (node === undefined) throw new Error("no node of the cluster runs");
    return node;
  }
}

/** Resolves once all nodes serve all slots and the replicas are in sync. */
export function startCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  return RedisCluster.start(options);
}
