import { afterEach, describe, expect, it } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisPlace } from "../../../../runtime/store/redis/place.js";
import { openRedisStores } from "../../../../runtime/store/redis/redis-stores.js";
import { checkStoreServers } from "../../../../runtime/store/redis/registry/server-checks.js";
import { ServerWatch } from "../../../../runtime/store/redis/registry/server-watch.js";
import { RedisCommandsError, RedisEvictionError } from "../../../../runtime/store/redis/registry/start-errors.js";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";
import { A, placed } from "./placed-schema.js";
import { TAG } from "./registry-world.js";

const redis = useRedis();
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Line {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
}

function recorded(): { readonly lines: Line[]; readonly log: Record<Line["level"], (f: object, m: string) => void> } {
  const lines: Line[] = [];
  const of = (level: Line["level"]) => (_fields: object, message: string) => void lines.push({ level, message });
  return { lines, log: { info: of("info"), warn: of("warn"), error: of("error") } };
}

function placeOf(url: string): RedisPlace {
  const address = parseRedisUrl(url);
  return { address, text: url, replicas: undefined, wait: undefined, feedLength: 1024, retryWindow: 10_000 };
}

async function linkTo(place: RedisPlace): Promise<RedisLink> {
  const link = await openLink(place.address);
  endings.push(() => link.close());
  return link;
}

async function evict(node: RedisServer, policy = "allkeys-lru"): Promise<void> {
  await node.command("CONFIG", "SET", "maxmemory", "100mb");
  await node.command("CONFIG", "SET", "maxmemory-policy", policy);
}

describe("the servers of a cluster", () => {
  it("are all looked at before the start, replicas too, whatever slot the first keys have", async () => {
    const cluster = await redis.cluster({ replicas: 1 });
    const place = placeOf(cluster.url);
    const asked = await cluster.primaryOf(await cluster.slotOf(TAG));
    const others = cluster.nodes.filter((node) => node !== asked);
    const { lines, log } = recorded();
    const link = await linkTo(place);
    await checkStoreServers(link, place, TAG, log);
    const unkept = lines.filter(({ message }) => message.includes("no append-only file"));
    expect(unkept.length).toBe(1);
    for (const { port } of cluster.nodes) expect(unkept[0]?.message).toContain(`127.0.0.1:${port}`);
    for (const node of others) {
      await evict(node);
      const refused = checkStoreServers(link, place, TAG, log);
      await expect(refused).rejects.toThrow(RedisEvictionError);
      await expect(refused).rejects.toThrow(
        `127.0.0.1:${node.port} of ${cluster.url} has maxmemory-policy allkeys-lru`,
      );
      await evict(node, "noeviction");
    }
    await evict(others[0] as RedisServer);
    const places = { home: place, backends: new Map(), prefix: "hetu", leaseTime: 1000 };
    const opened = openRedisStores({ instance: "game", schema: placed(A), places, log });
    await expect(opened).rejects.toThrow(RedisEvictionError);
  });

  it("do not hold up the start when one is down, which is said", async () => {
    const cluster = await redis.cluster({ replicas: 1 });
    const place = placeOf(cluster.url);
    const link = await linkTo(place);
    const [primary] = cluster.nodes;
    const [replica] = await cluster.replicasOf(0);
    if (primary === undefined || replica === undefined) throw new Error("no replica");
    await replica.kill();
    const { lines, log } = recorded();
    await checkStoreServers(link, place, TAG, log);
    const down = lines.filter(({ message }) => message.includes("could not be looked at"));
    expect(down.map(({ message }) => message).join()).toContain(`127.0.0.1:${replica.port} of ${cluster.url}`);
  });
});

describe("the replicas of a server", () => {
  it("are looked at before the start: one that evicts would after a failover", async () => {
    const primary = await redis.server();
    const replica = await redis.replica(primary);
    const place = placeOf(primary.url);
    const link = await linkTo(place);
    await evict(replica);
    const refused = checkStoreServers(link, place, TAG, recorded().log);
    await expect(refused).rejects.toThrow(`127.0.0.1:${replica.port} of ${primary.url} has maxmemory-policy`);
  });

  it("are refused when they lack commands", async () => {
    const primary = await redis.server();
    const lacking = await redis.server({
      args: ["--rename-command", "EVALSHA_RO", "", "--replicaof", "127.0.0.1", String(primary.port)],
    });
    await eventually(async () => (await lacking.info("replication")).get("master_link_status") === "up");
    const place = placeOf(primary.url);
    const refused = checkStoreServers(await linkTo(place), place, TAG, recorded().log);
    await expect(refused).rejects.toThrow(RedisCommandsError);
    await expect(refused).rejects.toThrow(`127.0.0.1:${lacking.port} of`);
  });
});

describe("servers in use", () => {
  it("are looked at again and again, and what endangers the data is said each time until it ends", async () => {
    const server = await redis.server();
    const place = placeOf(server.url);
    const { lines, log } = recorded();
    const watch = new ServerWatch({ link: await linkTo(place), place, key: TAG, log, interval: 20 });
    endings.push(() => watch.close());
    const errors = (): Line[] => lines.filter(({ level }) => level === "error");
    await evict(server);
    await eventually(() => Promise.resolve(errors().length >= 3));
    expect(errors()[0]?.message).toContain("has maxmemory-policy allkeys-lru");
    expect(watch.unfit).toEqual([`127.0.0.1:${server.port}`]);
    await evict(server, "noeviction");
    await eventually(() => Promise.resolve(watch.unfit.length === 0));
  });
});
