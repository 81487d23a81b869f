import { randomBytes } from "node:crypto";
import type { Row } from "../row.js";
import { measureRedisCalls } from "./calls.js";
import { measureCluster } from "./cluster.js";
import { measureRedisLive } from "./live.js";
import { RedisProbe } from "./redis-probe.js";
import { type OwnRedis, startRedis } from "./redis-server.js";
import type { Target } from "./sides.js";

export interface RedisOptions {
  readonly quick: boolean;
  /** `redis://…` of a server to use; left out: one is started. */
  readonly url: string | undefined;
}

/**
 * The runtime on Redis: calls beside a bare handler, a cluster beside one node, live queries.
 * @throws RedisMissingError
 */
export async function run(options: RedisOptions, report: (row: Row) => void): Promise<void> {
  const own = options.url === undefined ? await startRedis() : undefined;
  try {
    const { quick } = options;
    const parts = quick ? { quick, workers: [1], mostRows: 1000 } : { quick, workers: [1, 2, 4], mostRows: Infinity };
    await withTarget(options.url ?? (own as OwnRedis).url, async (target) => {
      await measureRedisCalls(target, parts, report);
      await measureRedisLive(target, parts, report);
      // The nodes are beside the server only where both are of this machine.
      if (own !== undefined) await measureCluster(target, parts, report);
    });
  } finally {
    await own?.stop();
  }
}

/** Works under a prefix that nobody has, and deletes what is left there. */
async function withTarget(url: string, work: (target: Target) => Promise<void>): Promise<void> {
  const probe = await RedisProbe.open([url]);
  const prefix = `hetu-bench-${randomBytes(4).toString("hex")}`;
  try {
    await work({ url, prefix, probe });
  } finally {
    await probe.clear(prefix);
    probe.close();
  }
}
