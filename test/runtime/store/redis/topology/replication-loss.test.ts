import { expect, test } from "vitest";
import { NotReplicatedError } from "../../../../../runtime/store/redis/errors.js";
import type { LinkOptions } from "../../../../../runtime/store/redis/link.js";
import { hashSlot } from "../../../../../runtime/store/redis/topology/hash-slot.js";
import { useRedis } from "../../../../redis/index.js";
import { Appender, useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();

/** Commits while the only replica is cut off, then the primary dies and the replica takes over. */
async function failOver(options: LinkOptions): Promise<{ readonly appender: Appender; readonly written: number[] }> {
  const cluster = await redis.cluster({ primaries: 3, replicas: 1 });
  const link = await linkTo(cluster.url, options);
  const slot = hashSlot("{p}");
  const [primary, [replica]] = [await cluster.primaryOf(slot), await cluster.replicasOf(slot)];
  const appender = new Appender(link, "p");
  await appender.once();
  await primary.command("WAIT", 1, 10_000);
  // It stands still, so that it does not come back, and what is sent from now on is not even in its socket.
  replica?.pause();
  await primary.command("CLIENT", "KILL", "TYPE", "replica");
  for (let i = 0; i < 5; i++) await appender.once();
  await primary.kill("SIGKILL");
  replica?.resume();
  return { appender, written: await appender.written() };
}

test("Without waiting for replicas, commits that none had when the primary died are lost though they were answered", async () => {
  const { appender, written } = await failOver({});
  expect([...appender.answered]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(written).toEqual([1]);
});

test("With waiting for a replica, a commit that none had when the primary died was not told as done", async () => {
  const { appender, written } = await failOver({ wait: { replicas: 1, timeout: 100 } });
  expect([...appender.answered]).toEqual([1]);
  expect(appender.failures).toEqual(Array.from({ length: 5 }, () => expect.any(NotReplicatedError) as unknown));
  expect(written).toEqual([1]);
});

test.each(["single", "cluster"])(
  "Waiting for replicas longer than answers may take is no lost connection (%s)",
  async (kind) => {
    const url = kind === "single" ? (await redis.server()).url : (await redis.cluster({ replicas: 0 })).url;
    const link = await linkTo(url, { replyTimeout: 300, wait: { replicas: 1, timeout: 1000 } });
    const appender = new Appender(link, "p");
    await appender.once();
    expect(appender.failures).toEqual([expect.any(NotReplicatedError)]);
    expect(await appender.written()).toEqual([1]);
  },
);
