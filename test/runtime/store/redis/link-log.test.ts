import { expect, test, vi } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { logAbsence, logHeld } from "../../../../runtime/store/redis/link-log.js";
import { MeteredLink } from "../../../../runtime/store/redis/metered-link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { useRedis } from "../../../redis/index.js";

const redis = useRedis();

test("the log tells once that Redis is away, and once that it is back; closing the link is no absence", async () => {
  const server = await redis.server();
  const link = new MeteredLink(await openLink(parseRedisUrl(server.url)));
  const told: string[] = [];
  const tell = (_: object, text: string): void => void told.push(text.replaceAll(/\d+/g, "N"));
  logAbsence(link, {
    where: "the test",
    retryWindow: 20_000,
    log: { info: tell, warn: tell, error: tell },
  });
  await server.kill("SIGKILL");
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 10_000 });
  await server.restart();
  await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 10_000 });
  await link.close();
  expect(told).toEqual([
    "a connection to Redis at the test broke, or did not answer: calls wait, and this process ends if it stays away for N ms (retry_window)",
    "Redis at the test answers again, after N ms",
  ]);
});

test("a node of a cluster counts as away until it answers, whatever others do, and one without our data does not count", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0, args: ["--cluster-require-full-coverage", "no"] });
  const [dying, unused] = await Promise.all([0, 16_000].map((slot) => cluster.primaryOf(slot)));
  const link = new MeteredLink(await openLink(parseRedisUrl(cluster.url)));
  // Slots 3168 and 7233, which are those of the first two primaries.
  await Promise.all(["{f}", "{g}"].map((key) => link.command("EXISTS", key, [])));
  const told: object[] = [];
  const tell = (fields: object): void => void told.push(fields);
  logAbsence(link, { where: "the test", retryWindow: 20_000, log: { info: tell, warn: tell, error: tell } });
  const losses = link.counts.lost;
  await unused?.command("CLIENT", "KILL", "TYPE", "normal");
  await vi.waitFor(() => expect(link.counts.lost).toBe(losses + 1), { timeout: 10_000 });
  expect(told).toEqual([]);
  await dying?.kill("SIGKILL");
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 10_000 });
  await link.command("EXISTS", "{g}", []);
  expect(told).toEqual([{ store: "the test", node: `127.0.0.1:${dying?.port}` }]);
  await dying?.restart();
  await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 10_000 });
  expect(told[1]).toMatchObject({ node: `127.0.0.1:${dying?.port}`, milliseconds: expect.any(Number) as number });
  await link.close();
});

test("the log tells which calls wait, for how long and why, and what follows", () => {
  const told: [object, string][] = [];
  const tell = (fields: object, text: string): void => void told.push([fields, text]);
  const held = logHeld({
    where: "the test",
    retryWindow: 30_000,
    log: { info: tell, warn: tell, error: tell },
  });
  held({ partition: "{hetu:world:1}", reason: new Error("TRYAGAIN a slot moves"), milliseconds: 10_000.4 });
  expect(told).toEqual([
    [
      { store: "the test", partition: "{hetu:world:1}", reason: "TRYAGAIN a slot moves", milliseconds: 10_000 },
      "calls of partition {hetu:world:1} on Redis at the test have waited for 10000 ms: TRYAGAIN a slot moves; " +
        "this process ends when one has waited for 30000 ms (retry_window)",
    ],
  ]);
});
