import { afterEach, expect, test } from "vitest";
import { parseRedisUrl } from "../../../../../runtime/store/redis/address.js";
import type { RedisLink, ReplicaLink } from "../../../../../runtime/store/redis/link.js";
import type { RedisStore } from "../../../../../runtime/store/redis/redis-store.js";
import { eventually, useRedis } from "../../../../redis/index.js";
import { NO_READS, Positions } from "../../positions.js";
import { freshTag, openStore } from "../open-store.js";
import { useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();
const stores: RedisStore[] = [];
/** Longer than this machine may stand still. */
const ANY_AGE = 60_000;

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function replicaOf(link: RedisLink, key: string): Promise<ReplicaLink> {
  let found: ReplicaLink | undefined;
  await eventually(() => Promise.resolve((found = link.replica(key, ANY_AGE)) !== undefined));
  if (found === undefined) throw new Error("there was one just now");
  return found;
}

test("A replica whose address has no database is read in the database of its primary", async () => {
  const primary = await redis.server();
  const replica = await redis.replica(primary);
  await primary.command("SET", "k", "of another deployment");
  const replicas = [parseRedisUrl(replica.url.replace(/\/0$/, ""))];
  const link = await linkTo(primary.url.replace(/0$/, "2"), { replicas });
  await link.command("SET", "k", ["ours"]);
  await primary.command("WAIT", 1, 0);
  expect(await (await replicaOf(link, "k")).command("GET", "k", [])).toEqual(Buffer.from("ours"));
});

test("What a replica has of positions that the primary never gave holds up neither subscriptions nor calls", async () => {
  const primary = await redis.server();
  const replica = await redis.replica(primary, { args: ["--replica-read-only", "no"] });
  const tag = freshTag();
  const link = await linkTo(primary.url);
  const store = await openStore(link, tag);
  stores.push(store);
  const positions = new Positions(store);
  await positions.insert({ owner: 1n });
  await primary.command("WAIT", 1, 0);
  await replica.command("HSET", `${tag}:m`, "p", store.position + 1_000);
  await replicaOf(link, `${tag}:m`);
  const stale = new Positions(store.stale(ANY_AGE));
  expect(await stale.owners("owner")).toEqual([1n]);
  const snapshot = await store.snapshot(positions.scan("owner"));
  expect(snapshot.position).toBe(store.position);
  expect(snapshot.rows).toHaveLength(1);
  // A call that only reads waits for what it can have seen.
  const found = await store.commit({ ...NO_READS, keys: [positions.absent(2n)], operations: 1 }, []);
  expect(found).toMatchObject({ status: "committed" });
});

test("Which replicas follow is told when they are found, and when there is another one or none", async () => {
  const primary = await redis.server();
  const first = await redis.replica(primary);
  const told: (readonly string[])[] = [];
  await linkTo(primary.url, { onReplicas: (names) => told.push(names) });
  await eventually(() => Promise.resolve(told.length === 1));
  const second = await redis.replica(primary);
  const names = [first, second].map(({ port }) => `127.0.0.1:${port}`).sort();
  await eventually(() => Promise.resolve(told.at(-1)?.length === 2));
  await first.kill();
  await eventually(() => Promise.resolve(told.at(-1)?.length === 1));
  expect(told).toEqual([[`127.0.0.1:${first.port}`], names, [`127.0.0.1:${second.port}`]]);
});
