import { expect, test, vi } from "vitest";
import { NotReplicatedError } from "../../../../../runtime/store/redis/errors.js";
import { useRedis } from "../../../../redis/index.js";
import { Positions } from "../../positions.js";
import { freshTag, openStore } from "../open-store.js";
import { useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();

/** However busy the machine is. */
const WITHIN = { timeout: 20_000 };

test.each([
  ["says that no replica has it", true],
  ["is answered when a replica has it", false],
])("A commit whose fate is found in the feed after its link was lost %s", async (_, isCutOff) => {
  const primary = await redis.server();
  const replica = await redis.replica(primary);
  const proxy = await redis.proxy(primary);
  const tag = freshTag();
  // What is cut off must be told soon, what is not however slow the machine is.
  const timeout = isCutOff ? 200 : 20_000;
  const store = await openStore(await linkTo(proxy.url, { wait: { replicas: 1, timeout } }), tag);
  try {
    const positions = new Positions(store);
    await positions.insert({ owner: 1n });
    if (isCutOff) replica.pause();
    for (const owner of [2n, 3n, 4n]) {
      proxy.hold("toClient");
      const { position } = store;
      const committing = positions.commit([positions.inserted({ owner })]);
      await vi.waitUntil(async () => Number(await primary.command("HGET", `${tag}:m`, "p")) > position, WITHIN);
      proxy.cut();
      proxy.resume();
      const result = await committing;
      if (result.status !== "committed") throw new Error(result.status);
      if (isCutOff) expect(result.failure).toBeInstanceOf(NotReplicatedError);
      else expect(result.failure).toBeUndefined();
      expect(await primary.command("XLEN", `${tag}:f`)).toBe(Number(owner));
    }
  } finally {
    replica.resume();
    await store.close();
  }
});
