import { afterEach, expect, test, vi } from "vitest";
import { useRedis } from "../../redis/index.js";
import { records, SharedWorld } from "./shared-world.js";
import { WireClient } from "./wire-client.js";

const redis = useRedis();
let world: SharedWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

test("without memory in Redis the rows of a dead process go, by hooks that delete, and connections are refused", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  world = new SharedWorld(server.url);
  const dying = await world.start(proxy.url);
  const witness = await world.start();
  const client = await WireClient.open(dying.port, { instance: "world" });
  expect(await client.call("login", 5)).toMatchObject(["rsp", expect.anything()]);
  expect(await records(witness)).toHaveLength(1);
  await server.command("CONFIG", "SET", "maxmemory", 1);
  // It is silent for longer than its lease, and taken for dead.
  proxy.hold();
  await vi.waitFor(async () => expect(await records(witness)).toEqual([]), { timeout: 20_000 });
  expect(world.told.all.filter((line) => line.startsWith("left")).length).toBe(1);
  await server.command("CONFIG", "SET", "maxmemory", 0);
  proxy.cut();
  proxy.resume();
});
