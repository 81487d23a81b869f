import { expect, it } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { controlKeys } from "../../../../runtime/store/redis/registry/control-keys.js";
import { resetInstance } from "../../../../runtime/store/redis/registry/reset.js";
import { upgrade } from "../../../../runtime/store/redis/registry/upgrade.js";
import { openEachServer } from "../../../../runtime/store/redis/topology/each-server.js";
import { useRedis } from "../../../redis/index.js";
import { A, placed } from "./placed-schema.js";

const redis = useRedis();
const TAG = "{hetu:game}";

it("deletes the keys of an instance on every node of a cluster and on its backends", async () => {
  const cluster = await redis.cluster({ replicas: 0 });
  const big = await redis.server();
  const [home, other] = [parseRedisUrl(cluster.url), parseRedisUrl(big.url)];
  const links = new Map([
    [undefined, await openLink(home)],
    ["big", await openLink(other)],
  ]);
  try {
    for (const link of links.values()) {
      for (let partition = 0; partition < 12; partition++) {
        await link.command("HSET", `{hetu:game:${partition}}:t1`, ["a", "b"]);
        await link.command("HSET", `{hetu:games:${partition}}:t1`, ["a", "b"]);
      }
    }
    const keys = await resetInstance({
      tag: TAG,
      links,
      servers: (backend) => {
        const link = links.get(backend);
        if (link === undefined) throw new Error("no such backend");
        return openEachServer(backend === undefined ? home : other, link, {});
      },
      leaseTime: 1000,
    });
    expect(keys).toBe(24);
    const lists = await Promise.all([...cluster.nodes, big].map((server) => server.command("KEYS", "*")));
    const left = lists.flatMap((list) => list as string[]);
    expect(left.length).toBe(24);
    expect(left.every((key) => key.startsWith("{hetu:games:"))).toBe(true);
  } finally {
    await Promise.all([...links.values()].map((link) => link.close()));
  }
});

it("is finished by an upgrade when it was killed half-way", async () => {
  const server = await redis.server();
  const link = await openLink(parseRedisUrl(server.url));
  try {
    const { catalogue, upgrade: state } = controlKeys(TAG);
    const keys = [
      [null, catalogue],
      [null, "{hetu:game:0}:t7"],
    ];
    await server.command("SET", catalogue, "whatever");
    await server.command("HSET", "{hetu:game:0}:t7", "a", "b");
    await server.command("SET", state, JSON.stringify({ phase: "resetting", keys, nextSpace: 0, nextPartition: 0 }));
    const report = await upgrade({ tag: TAG, link: () => link, leaseTime: 1000 }, placed(A));
    expect(report).toMatchObject({ status: "empty", resumed: true });
    expect(await server.command("KEYS", "*")).toEqual([]);
  } finally {
    await link.close();
  }
});
