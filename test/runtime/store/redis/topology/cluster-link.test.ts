import { expect, test } from "vitest";
import { RedisAddressError } from "../../../../../runtime/store/redis/address.js";
import { LinkLostError, NotReplicatedError } from "../../../../../runtime/store/redis/errors.js";
import type { HeldCalls, RedisLink } from "../../../../../runtime/store/redis/link.js";
import { RedisUnreachableError } from "../../../../../runtime/store/redis/open-link.js";
import { hashSlot } from "../../../../../runtime/store/redis/topology/hash-slot.js";
import { eventually, type RedisCluster, type RedisServer, useRedis } from "../../../../redis/index.js";
import { scriptOf } from "../scripts.js";
import { Appender, useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();

const VALUES = [
  ["{p}1", "x"],
  ["{p}2", "y"],
] as const;
const GET_ALL = scriptOf("return redis.call('MGET', unpack(KEYS))");

async function otherPrimary(cluster: RedisCluster, slot: number) {
  const from = await cluster.primaryOf(slot);
  for (let other = 0; other < 16_384; other += 1000) {
    const node = await cluster.primaryOf(other);
    if (node !== from) return node;
  }
  throw new Error("one primary has all slots");
}

/** How many calls a server has refused with an error code. */
async function refusals(server: RedisServer, code: string): Promise<number> {
  return Number((await server.info("errorstats")).get(`errorstat_${code}`)?.replace("count=", "") ?? 0);
}

function sorted(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}

test("Commands, scripts and commits reach the primary of their slot, whichever node the address names", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const [first] = cluster.nodes;
  const link = await linkTo(`redis-cluster://${first?.host}:${first?.port}`);
  const tags = ["a", "b", "c", "d", "e", "f"];
  await Promise.all(tags.map((tag) => link.command("SET", `{${tag}}1`, [tag])));
  for (const tag of tags)
    expect(await link.run(GET_ALL, [`{${tag}}1`, `{${tag}}2`], [])).toEqual([Buffer.from(tag), null]);
  const commits = tags.map(async (tag) => {
    const appender = new Appender(link, tag);
    for (let i = 0; i < 20; i++) await appender.once();
    return appender.written();
  });
  for (const written of await Promise.all(commits))
    expect(written).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("A server that is no node of a cluster is named as the mistake", async () => {
  const server = await redis.server();
  const failure: unknown = await linkTo(server.url.replace("redis:", "redis-cluster:").replace("/0", "")).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(RedisUnreachableError);
  expect(String(failure)).toContain("write redis:// instead");
});

test("A node of a cluster that is addressed as a single server is named as the mistake", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const elsewhere = await otherPrimary(cluster, hashSlot("{p}"));
  const failure: unknown = await linkTo(elsewhere.url).catch((error: unknown) => error);
  expect(failure).toMatchObject({ hopeless: true, cause: expect.any(RedisAddressError) as unknown });
  expect(String(failure)).toContain("write redis-cluster:// instead");
});

test("A node that is to become one of a cluster, and has no slots yet, is named as the mistake", async () => {
  const server = await redis.server({ args: ["--cluster-enabled", "yes"] });
  const failure: unknown = await linkTo(server.url).catch((error: unknown) => error);
  expect(failure).toMatchObject({ hopeless: true, cause: expect.any(RedisAddressError) as unknown });
  expect(String(failure)).toContain("without hash slots; make the cluster first");
});

test("While its slot moves there and back under load, every commit is answered and runs once", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const link = await linkTo(cluster.url);
  const appender = new Appender(link, "p");
  const slot = hashSlot("{p}");
  const home = await cluster.primaryOf(slot);
  const away = await otherPrimary(cluster, slot);
  const running = appender.run(8);
  for (let round = 0; round < 3; round++) {
    for (const node of [away, home]) {
      await appender.progress(100);
      const from = await cluster.primaryOf(slot);
      const refused = await refusals(from, "TRYAGAIN");
      await cluster.moveSlot(slot, node, () =>
        // Half of the keys here, half there: nothing can run until the rest has moved.
        eventually(async () => (await refusals(from, "TRYAGAIN")) > refused),
      );
    }
  }
  await appender.progress(100);
  appender.end();
  await running;
  expect(appender.failures).toEqual([]);
  expect([...appender.unknown]).toEqual([]);
  expect(sorted(await appender.written())).toEqual(sorted(appender.answered));
  expect((await refusals(home, "MOVED")) + (await refusals(away, "MOVED"))).toBeGreaterThan(0);
});

test("Calls that wait for a slot which does not arrive are told of, once for all, and run when it has arrived", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const told: HeldCalls[] = [];
  const link = await linkTo(cluster.url, { retryWindow: 6000, onHeld: (held) => told.push(held) });
  const appender = new Appender(link, "p");
  const slot = hashSlot("{p}");
  const away = await otherPrimary(cluster, slot);
  const running = appender.run(8);
  await appender.progress(100);
  await cluster.moveSlot(slot, away, () => eventually(() => Promise.resolve(told.length > 0)));
  await appender.progress(100);
  appender.end();
  await running;
  expect(appender.failures).toEqual([]);
  // Eight wait.
  expect(told.length).toBeLessThan(8);
  expect(told[0]).toMatchObject({ partition: "{p}", reason: { code: "TRYAGAIN" } });
  expect(told[0]?.milliseconds).toBeGreaterThanOrEqual(2000);
});

test("While keys are still to move, what only needs those that have moved is answered", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const link = await linkTo(cluster.url);
  const slot = hashSlot("{p}");
  await link.command("SET", "{p}1", ["x"]);
  await link.command("SET", "{p}2", ["y"]);
  const from = await cluster.primaryOf(slot);
  await cluster.moveSlot(slot, await otherPrimary(cluster, slot), async () => {
    expect(await link.command("GET", "{p}1", [])).toEqual(Buffer.from("x"));
    expect(await link.command("GET", "{p}2", [])).toEqual(Buffer.from("y"));
    expect(await refusals(from, "ASK")).toBe(1);
    // The node that is getting the slot would say of a key that is still to come that there is none.
    const dedicated = link.dedicated("{p}1");
    for (const [key, value] of [...VALUES, ...VALUES]) {
      expect(await dedicated.command("GET", [key])).toEqual(Buffer.from(value));
    }
    dedicated.close();
  });
  expect(await link.run(GET_ALL, ["{p}1", "{p}2"], [])).toEqual([Buffer.from("x"), Buffer.from("y")]);
});

test("After a primary is killed, commits go on at its heir; no replicated one is lost, and none runs twice", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const link = await linkTo(cluster.url, { wait: { replicas: 1, timeout: 2000 } });
  const appender = new Appender(link, "p");
  const slot = hashSlot("{p}");
  let losses = 0;
  link.onLost(() => losses++);
  const running = appender.run(8);
  await appender.progress(200);
  await (await cluster.primaryOf(slot)).kill("SIGKILL");
  await appender.progress(200);
  appender.end();
  await running;
  expect(losses).toBeGreaterThan(0);
  // After the failover the partition has no replica left, which the last commits are told of.
  expect(appender.failures.filter((error) => !(error instanceof NotReplicatedError))).toEqual([]);
  const written = await appender.written();
  expect(new Set(written).size).toBe(written.length);
  const there = new Set(written);
  expect([...appender.answered].filter((number) => !there.has(number))).toEqual([]);
});

test("A commit whose answer was lost is not sent again, and those behind it are told so", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const link = await linkTo(cluster.url, { replyTimeout: 1000 });
  const appender = new Appender(link, "p");
  await appender.once();
  const primary = await cluster.primaryOf(hashSlot("{p}"));
  primary.pause();
  await Promise.all([appender.once(), appender.once()]);
  expect([...appender.unknown]).toEqual([2, 3]);
  primary.resume();
  await eventually(async () => (await appender.written()).length === 3);
  expect(await appender.written()).toEqual([1, 2, 3]);
});

test("A dedicated connection goes with its slot, and says that it was lost", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const link = await linkTo(cluster.url);
  const slot = hashSlot("{p}");
  const reader = streamReader(link, "{p}stream");
  for (const value of ["1", "2"]) await link.command("XADD", "{p}stream", ["*", "v", value]);
  await reader.has(2);
  await cluster.moveSlot(slot, await otherPrimary(cluster, slot));
  for (const value of ["3", "4"]) await link.command("XADD", "{p}stream", ["*", "v", value]);
  await reader.has(4);
  await reader.end();
  expect(reader.values).toEqual(["1", "2", "3", "4"]);
  expect(reader.losses).toBeGreaterThan(0);
});

test("A dedicated connection reads on at the heir of a killed primary", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const link = await linkTo(cluster.url);
  const slot = hashSlot("{p}");
  const reader = streamReader(link, "{p}stream");
  await link.command("XADD", "{p}stream", ["*", "v", "1"]);
  await reader.has(1);
  const primary = await cluster.primaryOf(slot);
  const [heir] = await cluster.replicasOf(slot);
  await eventually(async () => {
    const [a, b] = await Promise.all([primary.info("replication"), heir?.info("replication")]);
    return a.get("master_repl_offset") === b?.get("slave_repl_offset");
  });
  await primary.kill("SIGKILL");
  await link.command("XADD", "{p}stream", ["*", "v", "2"]);
  await reader.has(2);
  await reader.end();
  expect(reader.values).toEqual(["1", "2"]);
});

test("Commits that too few replicas have are told so, and reads are not held up by the waiting", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1, nodeTimeout: 30_000 });
  const link = await linkTo(cluster.url, { wait: { replicas: 1, timeout: 1000 } });
  const appender = new Appender(link, "p");
  await appender.once();
  expect([...appender.answered]).toEqual([1]);
  const [replica] = await cluster.replicasOf(hashSlot("{p}"));
  replica?.pause();
  const commit = appender.once().then(() => "commit");
  const read = eventually(async () => (await appender.written()).length === 2).then(() => "read");
  expect(await Promise.race([commit, read])).toBe("read");
  await commit;
  expect(appender.failures).toEqual([expect.any(NotReplicatedError)]);
  replica?.resume();
});

/** Reads a stream as the feed is read: behind the last entry, again after each loss. */
function streamReader(link: RedisLink, key: string) {
  const dedicated = link.dedicated(key);
  const values: string[] = [];
  const state = { losses: 0, ended: false, last: "0-0" };
  const run = async (): Promise<void> => {
    while (!state.ended) {
      try {
        const reply = await dedicated.command("XREAD", ["BLOCK", 1000, "STREAMS", key, state.last]);
        const [[, entries]] = (reply ?? [["", []]]) as unknown as [[string, [Buffer, Buffer[]][]]];
        for (const [id, fields] of entries) {
          state.last = id.toString();
          values.push(String(fields[1]));
        }
      } catch (error) {
        if (!(error instanceof LinkLostError)) throw error;
        state.losses++;
      }
    }
  };
  const running = run();
  return {
    values,
    get losses() {
      return state.losses;
    },
    has: (count: number) => eventually(() => Promise.resolve(values.length >= count)),
    async end() {
      state.ended = true;
      dedicated.close();
      await running;
    },
  };
}
