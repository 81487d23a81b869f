import { Redis } from "ioredis";
import type { Row } from "../row.js";
import { fill } from "../runtime/fill.js";
import { THINGS } from "../runtime/places.js";
import { ACCOUNTS, ITEMS } from "../runtime/systems.js";
import type { Workload } from "../runtime/workload.js";
import { RedisProbe } from "./redis-probe.js";
import { startCluster } from "./redis-cluster.js";
import { type Cost, loadOnce, type RedisParts, startHetu, type Target } from "./sides.js";

const CONNECTIONS = 128;
const WORKERS = 2;
const TABLES = ["Item", "Account", "Thing"] as const;

/**
 * Calls that go to three independent clusters of the schema by turns: on three nodes, one for each, beside all of them
 * on one node.
 * @param one A server on which the instance is already.
 */
export async function measureCluster(one: Target, options: RedisParts, report: (row: Row) => void): Promise<void> {
  const { mostRows } = options;
  const [measureMs, rounds] = options.quick ? [200, 1] : [800, 5];
  const { prefix } = one;
  const cluster = await startCluster(await tagsOf(one));
  const probe = await RedisProbe.open(cluster.nodes);
  const three: Target = { url: cluster.url, prefix, probe };
  const onOne = await startHetu(WORKERS, one);
  const onThree = await startHetu(WORKERS, three);
  try {
    await fill(onThree, mostRows);
    const workload: Workload = {
      kind: "independent",
      items: Math.min(ITEMS, mostRows),
      accounts: Math.min(ACCOUNTS, mostRows),
      things: Math.min(THINGS, mostRows),
    };
    const taken: { ours: Cost; single: Cost }[] = [];
    for (let i = 0; i < rounds; i++) {
      const ours = await loadOnce(onThree, three, CONNECTIONS, workload, measureMs);
      const single = await loadOnce(onOne, one, CONNECTIONS, workload, measureMs);
      if (ours.refused + single.refused > 0) throw new Error("calls were not answered with a result");
      taken.push({ ours, single });
    }
    const ratioOf = ({ ours, single }: (typeof taken)[number]): number => ours.callsPerSecond / single.callsPerSecond;
    taken.sort((a, b) => ratioOf(a) - ratioOf(b));
    const { ours, single } = taken[taken.length >> 1]!;
    report({
      name: `get+update in three clusters of the schema on three nodes, ${CONNECTIONS} connections, ${WORKERS} workers`,
      value: ours.callsPerSecond,
      unit: "calls/s",
      limit: single.callsPerSecond,
      ratio: ratioOf({ ours, single }),
      note:
        `limit: one node; p50 ${ours.p50Ms.toFixed(2)} ms (${single.p50Ms.toFixed(2)}); CPU a call: server ` +
        `${ours.serverCpu.toFixed(0)} µs (${single.serverCpu.toFixed(0)}), Redis ${ours.redisCpu.toFixed(1)} µs in all nodes ` +
        `(${single.redisCpu.toFixed(1)}); ` +
        `three nodes together ${(100 * ours.redisShare).toFixed(0)} % of a core, the one ${(100 * single.redisShare).toFixed(0)} %`,
    });
  } finally {
    await onThree.stop();
    await onOne.stop();
    probe.close();
    await cluster.stop();
  }
}

/** The hash tags of the partitions that are loaded, as the catalogue of the one node has numbered them. */
async function tagsOf({ url, prefix }: Target): Promise<[string, string, string]> {
  const redis = new Redis(url, { protocol: 2 });
  const tag = `${prefix}:bench`;
  const text = await redis.get(`{${tag}}:catalogue`);
  redis.disconnect();
  const { places } = JSON.parse(text ?? "{}") as { places?: Readonly<Record<string, number>> };
  const [a, b, c] = TABLES.map((table) => `${tag}:${places?.[table] ?? 0}`);
  return [a!, b!, c!];
}
