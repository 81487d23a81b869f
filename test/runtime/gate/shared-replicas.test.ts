import { afterEach, describe, expect, it, vi } from "vitest";
import { eventually, type RedisServer, useRedis } from "../../redis/index.js";
import { records, SharedWorld } from "./shared-world.js";
import { WireClient } from "./wire-client.js";
import { KICKER } from "./world-server.js";

const redis = useRedis();
const worlds: SharedWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A world whose commits wait for a replica that does not exist. */
async function withoutReplica(server?: RedisServer): Promise<SharedWorld> {
  const { url } = server ?? (await redis.server());
  const world = new SharedWorld(url, { store: { url, leaseTime: 1000, waitReplicas: 1, waitTimeout: 20 } });
  worlds.push(world);
  return world;
}

const FAILED = ["err", "login", "INTERNAL"];

describe("with wait_replicas and no replica in reach", () => {
  it("new connections are let in", async () => {
    const first = await (await withoutReplica()).start();
    const client = await WireClient.open(first.port);
    await eventually(async () => (await records(first)).length === 1);
    await client.close();
  });

  it("a login that stands is carried out in its process: who the caller is, the kick, and the record", async () => {
    const world = await withoutReplica();
    const first = await world.start();
    const old = await WireClient.open(first.port);
    expect(await old.call("login", Number(KICKER))).toEqual(FAILED);
    expect(await old.call("whoami")).toEqual(["rsp", Number(KICKER)]);
    const client = await WireClient.open(first.port);
    expect(await client.call("login", Number(KICKER))).toEqual(FAILED);
    expect((await old.closed).code).toBe(4001);
    await client.close();
  });

  it("a call @once that is sent again is answered no sooner than a replica has what it did, and happens once", async () => {
    const server = await redis.server();
    const first = await (await withoutReplica(server)).start();
    const client = await WireClient.open(first.port);
    await client.call("login", 5);
    const id = new Uint8Array(24).fill(7);
    new DataView(id.buffer).setBigUint64(0, BigInt(Date.now()));
    const buy = async (): Promise<unknown> => {
      client.send("once", id, "buy", 4, 3);
      return client.next();
    };
    expect(await buy()).toEqual(["err", "buy", "INTERNAL"]);
    expect(await buy()).toEqual(["err", "buy", "INTERNAL"]);
    await redis.replica(server);
    await vi.waitFor(async () => expect(await buy()).toMatchObject(["rsp", { item: 4, left: 3 }]), {
      timeout: 20_000,
    });
  });

  it("hooks of connections that end run once each, and their records go", async () => {
    const world = await withoutReplica();
    const first = await world.start();
    const client = await WireClient.open(first.port);
    await client.call("login", 5);
    const [record] = await records(first);
    await client.close();
    await vi.waitFor(async () => expect(await records(first)).toEqual([]), { timeout: 10_000 });
    expect(world.told.all.filter((text) => text.startsWith("left"))).toEqual([`left ${record?.id} as 5 in undefined`]);
  });
});
