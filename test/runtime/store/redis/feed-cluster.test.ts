import { afterEach, expect, test } from "vitest";
import { eventually, type RedisCluster, useRedis } from "../../../redis/index.js";
import { FeedProcess, META, STREAM } from "./feed-process.js";

const redis = useRedis();
const processes: FeedProcess[] = [];

afterEach(async () => {
  for (const one of processes.splice(0)) await one.stop();
});

async function startTwo(cluster: RedisCluster): Promise<[FeedProcess, FeedProcess]> {
  const one = await FeedProcess.start(cluster.url, { worker: 1 });
  processes.push(one);
  const two = await FeedProcess.start(cluster.url, { worker: 2 });
  processes.push(two);
  return [one, two];
}

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

async function commitAll(one: FeedProcess, first: number, count: number): Promise<number> {
  let last = 0;
  for (const number of numbers(first, count)) last = await one.commit(number);
  return last;
}

test("Readers go with the slot of their partition when it moves, and miss nothing", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const [one, two] = await startTwo(cluster);
  await two.reached(await commitAll(one, 1, 50));
  const slot = await cluster.slotOf(STREAM);
  const from = await cluster.primaryOf(slot);
  const to = cluster.nodes.find((node) => node !== from);
  if (to === undefined) throw new Error("one node only");
  await cluster.moveSlot(slot, to, async () => {
    // Who reads anew meets a slot that is on both sides.
    for (const node of [from, to]) await node.command("CLIENT", "KILL", "TYPE", "normal");
    await eventually(async () => Promise.resolve(one.reader.lag.milliseconds > 100));
  });
  await two.reached(await commitAll(one, 51, 50));
  for (const reader of [one, two]) {
    expect(reader.numbers).toEqual(numbers(1, 100));
    expect(reader.resets).toEqual([]);
    expect(reader.failures).toEqual([]);
  }
  expect(await to.command("EXISTS", META, STREAM)).toBe(2);
});

test("Readers go on at the replica that takes over when the primary of their partition dies", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const [one, two] = await startTwo(cluster);
  await two.reached(await commitAll(one, 1, 50));
  const slot = await cluster.slotOf(STREAM);
  const primary = await cluster.primaryOf(slot);
  const [heir] = await cluster.replicasOf(slot);
  await eventually(
    async () =>
      Number(await heir?.info("replication").then((info) => info.get("slave_repl_offset"))) ===
      Number((await primary.info("replication")).get("master_repl_offset")),
  );
  await primary.kill("SIGKILL");
  await two.reached(await commitAll(one, 51, 50));
  for (const reader of [one, two]) {
    await reader.reached(one.sequence.position);
    expect(reader.numbers).toEqual(numbers(1, 100));
    expect(reader.resets).toEqual([]);
    expect(reader.failures).toEqual([]);
  }
  // Whatever the replica had, it might have been less: positions before it are not to be compared.
  expect(Number(await heir?.command("HGET", META, "f"))).toBeGreaterThan(2 ** 32);
});
