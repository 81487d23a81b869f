import { Redis } from "ioredis";
import { type OwnRedis, startRedis } from "./redis-server.js";

const SLOTS = 16_384;
const NODES = 3;

/** A cluster of three primaries. */
export interface OwnCluster {
  readonly url: string;
  /** `redis://…` of each node. */
  readonly nodes: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a cluster whose nodes have consecutive slots.
 * @param apart Hash tags that three nodes shall have one each of.
 */
export async function startCluster(apart: readonly [string, string, string]): Promise<OwnCluster> {
  const nodes: OwnRedis[] = [];
  try {
    const args = ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"];
    for (let i = 0; i < NODES; i++) nodes.push(await startRedis(args));
    const clients = nodes.map(({ url }) => new Redis(url, { protocol: 2 }));
    await join(nodes, clients, apart);
    for (const client of clients) client.disconnect();
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()));
    throw error;
  }
  return {
    url: `redis-cluster://${nodes.map(({ host, port }) => `${host}:${port}`).join(",")}`,
    nodes: nodes.map(({ url }) => url),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function join(nodes: readonly OwnRedis[], clients: readonly Redis[], apart: readonly string[]): Promise<void> {
  const [first] = clients as readonly [Redis];
  const taken = await Promise.all(apart.map((tag) => first.cluster("KEYSLOT", tag)));
  const [a = 0, b = 0, c = 0] = taken.sort((x, y) => x - y);
  const starts = [0, Math.ceil((a + b) / 2), Math.ceil((b + c) / 2), SLOTS];
  for (const [i, client] of clients.entries()) {
    await client.cluster("ADDSLOTSRANGE", starts[i]!, starts[i + 1]! - 1);
    await client.cluster("SET-CONFIG-EPOCH", i + 1);
  }
  for (const { host, port } of nodes.slice(1)) await first.cluster("MEET", host, port);
  for (const client of clients) {
    while (
      !(await client.cluster("INFO")).includes("cluster_state:ok") ||
      (await client.cluster("SLOTS")).length < NODES
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
