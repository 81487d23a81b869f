import { createServer, type HetuServer, OperationsListener, StartSystemError } from "hetu";
import { describe, expect, test } from "vitest";
import { eventually, useRedis } from "../../redis/index.js";
import { type Received, WireClient } from "../gate/wire-client.js";
import { clusterSystems, onceId, startClusters } from "./clusters-server.js";

const redis = useRedis();

const open = (server: HetuServer): Promise<WireClient> => WireClient.open(server.port, { instance: "clusters" });

/** Two servers on one fresh Redis, and how all of it ends. */
async function two(): Promise<{ url: string; servers: [HetuServer, HetuServer]; close(): Promise<void> }> {
  const { url } = await redis.server();
  const first = await startClusters(url);
  const second = await startClusters(url);
  return {
    url,
    servers: [first, second],
    async close() {
      await first.close();
      await second.close();
    },
  };
}

/** Frames up to the answer of a call. */
async function upTo(client: WireClient, kind: string): Promise<Received[]> {
  const frames: Received[] = [];
  do frames.push(await client.next());
  while (frames.at(-1)?.[0] !== kind);
  return frames;
}

describe("two servers on one Redis", () => {
  test("serve the same rows", async () => {
    const { servers, close } = await two();
    const [here, there] = await Promise.all(servers.map(open));
    expect(await here?.call("increment", "a")).toEqual(["rsp", 1]);
    expect(await there?.call("increment", "a")).toEqual(["rsp", 2]);
    expect(await here?.call("tour", "a")).toEqual(["rsp", 1]);
    expect(await there?.call("increment", "a")).toEqual(["rsp", 4]);
    expect(await there?.call("nothing", "text")).toEqual(["rsp", "text"]);
    await close();
  });

  test("push a change of one to the subscribers of the other, and to its own before the call is answered", async () => {
    const { servers, close } = await two();
    const [writer, reader] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    for (const client of [writer, reader]) {
      client.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
      expect(await client.next()).toEqual(["sub", expect.any(String), []]);
    }
    writer.send("rpc", "increment", "b");
    const [update, answer] = await writer.take(2);
    expect(update?.[0]).toBe("updt");
    expect(answer).toEqual(["rsp", 1]);
    expect(Object.values((await reader.next())[2] as object)).toMatchObject([{ name: "b", value: 1 }]);
    await close();
  });

  test("never show a subscriber less than what a call of its own has told it", async () => {
    const { servers, close } = await two();
    const [here, there] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    expect(await here.call("increment", "a")).toEqual(["rsp", 1]);
    here.send("sub", "Counter", "get", "name", "a");
    await here.next();
    let seen = 1;
    for (let told = 2; told <= 40; told += 2) {
      expect(await there.call("increment", "a")).toEqual(["rsp", told]);
      here.send("rpc", "increment", "a");
      const frames = await upTo(here, "rsp");
      for (const [kind, , rows] of frames) {
        if (kind === "updt") seen = Number((Object.values(rows as object)[0] as { value: number }).value);
      }
      expect([seen, frames.at(-1)]).toEqual([told + 1, ["rsp", told + 1]]);
    }
    await close();
  });

  test("send events to the clients of both, after the row updates of their commit", async () => {
    const { servers, close } = await two();
    const [sender, reader] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    await reader.call("login", 5, false);
    reader.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
    await reader.next();
    sender.send("rpc", "announce", "b", "hello");
    expect((await reader.take(2)).map(([kind]) => kind)).toEqual(["updt", "evt"]);
    expect((await sender.take(2)).map(([kind]) => kind).sort()).toEqual(["evt", "rsp"]);
    sender.send("rpc", "whisper", 5, "psst");
    expect(await reader.next()).toEqual(["evt", "News", { text: "psst" }]);
    expect(await sender.next()).toEqual(["rsp", "ok"]);
    await close();
  });

  test("close a user's other connections at both, when one logs in with kick", async () => {
    const { servers, close } = await two();
    const [old, fresh] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    await old.call("login", 7, false);
    expect(await fresh.call("login", 7, true)).toEqual(["rsp", 7]);
    expect((await old.closed).code).toBe(4001);
    expect(await fresh.call("increment", "a")).toEqual(["rsp", 1]);
    await close();
  });

  test("give a repeated @once call its first result, whichever of them it comes to", async () => {
    const { servers, close } = await two();
    const clients = await Promise.all(servers.map(open));
    const id = onceId();
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const client = await open(servers[i % 2] as HetuServer);
        client.send("once", id, "increment_once", "a");
        return client.next();
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(["rsp", 1])]));
    expect(await clients[0]?.call("increment", "a")).toEqual(["rsp", 2]);
    await close();
  });

  test("pay out of one purse from both sides without making or losing gold", async () => {
    const { servers, close } = await two();
    const clients = await Promise.all([...servers, ...servers, ...servers].map(open));
    for (let owner = 0; owner < 4; owner++) await clients[0]?.call("grant", owner, 100);
    await Promise.all(
      clients.map(async (client, i) => {
        for (let n = 0; n < 25; n++) await client.call("pay", (i + n) % 4, (i * 3 + n * 7 + 1) % 4, 1 + (n % 9));
      }),
    );
    const purses = await Promise.all(
      [0, 1, 2, 3].map(async (owner) => (await open(servers[1])).call("grant", owner, 0)),
    );
    expect(purses.reduce((sum, [, gold]) => sum + Number(gold), 0)).toBe(400);
    await close();
  });

  test("run @on(start) once, and again when all have stopped; volatile rows are gone then, others are not", async () => {
    const { url, servers, close } = await two();
    const [client, other] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    expect(await client.call("diary", "opened")).toEqual(["rsp", 1]);
    await client.call("login", 3, false);
    other.send("sub", "Online", "range", "owner", 0, 10, 10, false, true);
    expect(await other.next()).toMatchObject(["sub", expect.any(String), [{ owner: 3 }]]);
    await servers[0].close();
    const third = await startClusters(url);
    expect(
      await other.call("diary", "opened").then(async (frame) => (frame[0] === "updt" ? other.next() : frame)),
    ).toEqual(["rsp", 1]);
    await third.close();
    await close();
    const fresh = await startClusters(url);
    const last = await open(fresh);
    expect(await last.call("diary", "opened")).toEqual(["rsp", 2]);
    expect(await last.call("diary", "left 3")).toEqual(["rsp", 1]);
    last.send("sub", "Presence", "range", "owner", 0, 10, 10, false, true);
    expect(await last.next()).toMatchObject(["sub", expect.any(String), [{ owner: 3, visits: 1 }]]);
    last.send("sub", "Online", "range", "owner", 0, 10, 10, false, true);
    expect(await last.next()).toMatchObject(["sub", expect.any(String), []]);
    await fresh.close();
  });

  test("start at the same moment, one of them for both", async () => {
    const { url } = await redis.server();
    const servers = await Promise.all([startClusters(url), startClusters(url), startClusters(url)]);
    const client = await open(servers[0]);
    expect(await client.call("diary", "opened")).toEqual(["rsp", 1]);
    expect(new Set(servers.map(({ leases }) => leases[0]?.worker)).size).toBe(3);
    expect(servers.map(({ ready }) => ready)).toEqual([true, true, true]);
    await Promise.all(servers.map((server) => server.close()));
    expect(servers.map(({ ready }) => ready)).toEqual([false, false, false]);
  });
});

describe("a server on Redis", () => {
  test("does not start when a system @on(start) fails, and lets the next one try", async () => {
    const { url } = await redis.server();
    const failing = startClusters(url, {
      systems: {
        opened() {
          throw new Error("not today");
        },
      },
    });
    await expect(failing).rejects.toThrow(StartSystemError);
    const server = await startClusters(url);
    expect(await (await open(server)).call("diary", "opened")).toEqual(["rsp", 1]);
    await server.close();
  });

  test("refuses a database whose schema differs, and says what to run", async () => {
    const { url } = await redis.server();
    await (await startClusters(url)).close();
    const { schema, systems } = clusterSystems();
    const components = schema.components.map((codec) =>
      codec.name === "Purse"
        ? { ...codec, columns: [...codec.columns, { ...codec.columns[1]!, name: "silver" }] }
        : codec,
    );
    const server = createServer({
      implementation: { schema: { ...schema, components }, systems },
      port: 0,
      store: { url, leaseTime: 2000 },
    });
    await expect(server.listen()).rejects.toThrow(/Purse[^]*hetu upgrade --store redis:/);
  });

  test("exchanges code under subscriptions and running transactions of another server", async () => {
    const { url } = await redis.server();
    const server = await startClusters(url, { swappable: true });
    const beside = await startClusters(url);
    const [client, writer] = [await open(server), await open(beside)];
    client.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
    await client.next();
    let stop = false;
    let written = 0;
    const writing = (async () => {
      while (!stop) written = Number((await writer.call("increment", "a"))[1]);
    })();
    for (let version = 1; version <= 3; version++) {
      await server.swap(clusterSystems({ nothing: () => `version ${version}` }));
      client.send("rpc", "nothing", "");
      expect((await upTo(client, "rsp")).at(-1)).toEqual(["rsp", `version ${version}`]);
    }
    stop = true;
    await writing;
    client.send("rpc", "increment", "a");
    const frames = await upTo(client, "rsp");
    expect(frames.at(-1)).toEqual(["rsp", written + 1]);
    expect(Object.values(frames.at(-2)?.[2] as object)).toMatchObject([{ value: written + 1 }]);
    await server.close();
    await beside.close();
  });

  test("keeps components with @backend on the Redis of that name", async () => {
    const [main, archive] = [await redis.server(), await redis.server()];
    const { schema, systems } = clusterSystems();
    const tables = schema.tables.map((table) =>
      table.component === "Counter" ? { ...table, backend: "archive" } : table,
    );
    const server = createServer({
      implementation: { schema: { ...schema, tables }, systems },
      host: "127.0.0.1",
      port: 0,
      store: { url: main.url, leaseTime: 2000 },
      backends: { archive: { url: archive.url } },
    });
    await server.listen();
    const client = await open(server);
    expect(await client.call("increment", "a")).toEqual(["rsp", 1]);
    expect(await client.call("grant", 1, 1)).toEqual(["rsp", 1]);
    const keys = (await archive.command("KEYS", "*")) as string[];
    expect(keys.length).toBeGreaterThan(0);
    expect(((await main.command("KEYS", "*")) as string[]).filter((key) => keys.includes(key))).toEqual([]);
    await server.close();
  });

  test("answers calls that come while Redis is killed and started again, and goes on pushing", async () => {
    const server = await redis.server({ aof: "always" });
    const hetu = await startClusters(server.url);
    const [client, writer] = [await open(hetu), await open(hetu)];
    client.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
    await client.next();
    expect(await writer.call("increment", "a")).toEqual(["rsp", 1]);
    await client.next();
    await server.kill("SIGKILL");
    writer.send("rpc", "increment", "a");
    writer.send("rpc", "increment", "a");
    await server.restart();
    expect(await writer.take(2)).toEqual([
      ["rsp", 2],
      ["rsp", 3],
    ]);
    expect(Object.values((await client.next())[2] as object)).toMatchObject([{ value: expect.any(Number) as number }]);
    expect(await writer.call("increment", "a")).toEqual(["rsp", 4]);
    await hetu.close();
  });

  test("spreads clusters over the primaries of a Redis Cluster", async () => {
    const cluster = await redis.cluster();
    const servers = [await startClusters(cluster.url), await startClusters(cluster.url)];
    const [here, there] = (await Promise.all(servers.map(open))) as [WireClient, WireClient];
    there.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
    await there.next();
    expect(await here.call("grant", 1, 10)).toEqual(["rsp", 10]);
    expect(await here.call("login", 4, false)).toEqual(["rsp", 4]);
    expect(await here.call("tour", "b")).toEqual(["rsp", 11]);
    expect(Object.values((await there.next())[2] as object)).toMatchObject([{ name: "b", value: 1 }]);
    here.send("rpc", "announce", "b", "news");
    expect((await there.take(2)).map(([kind]) => kind)).toEqual(["updt", "evt"]);
    await Promise.all(servers.map((server) => server.close()));
  });

  test("tells what it asks of Redis, whether it has its lease, and what it has heard of others", async () => {
    const { url } = await redis.server();
    const server = await startClusters(url);
    const beside = await startClusters(url);
    const operations = await new OperationsListener(server, { port: 0 }).listen();
    const [client, other] = [await open(server), await open(beside)];
    client.send("sub", "Counter", "range", "name", "a", "z", 10, false, true);
    await client.next();
    await other.call("increment", "a");
    await client.next();
    client.send("rpc", "increment", "a");
    await client.take(2);
    const text = await (await fetch(`http://127.0.0.1:${operations.port}/metrics`)).text();
    const of = (sample: string): number =>
      Number(new RegExp(`^${sample.replace(/[{}]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1]);
    expect(of('hetu_store_info{instance="clusters",kind="redis"}')).toBe(1);
    expect(of('hetu_redis_lease_held{instance="clusters"}')).toBe(1);
    expect(of('hetu_redis_commands_total{instance="clusters",backend="default"}')).toBeGreaterThan(2);
    expect(of('hetu_redis_command_seconds_total{instance="clusters",backend="default"}')).toBeGreaterThan(0);
    expect(of('hetu_redis_commits_total{instance="clusters",partition="2",from="here"}')).toBe(1);
    expect(of('hetu_redis_commits_total{instance="clusters",partition="2",from="elsewhere"}')).toBe(1);
    expect(of('hetu_redis_feed_lag_commits{instance="clusters",partition="2"}')).toBe(0);
    operations.close();
    await server.close();
    await beside.close();
  });

  test("reads subscriptions from a replica that only the primary tells of, and says so", async () => {
    const primary = await redis.server();
    const replica = await redis.replica(primary);
    const server = await startClusters(primary.url);
    const stores = server.instances.get("clusters")?.redis;
    await eventually(() => Promise.resolve(stores?.replicas.get("default")?.length === 1));
    expect(stores?.replicas.get("default")).toEqual([`127.0.0.1:${replica.port}`]);
    const client = await open(server);
    let limit = 1;
    await eventually(async () => {
      client.send("sub", "Counter", "range", "name", "a", "z", limit++, false, true);
      await client.next();
      return (await replica.info("commandstats")).has("cmdstat_evalsha_ro");
    });
    const operations = await new OperationsListener(server, { port: 0 }).listen();
    const text = await (await fetch(`http://127.0.0.1:${operations.port}/metrics`)).text();
    expect(text).toContain('hetu_redis_replicas{instance="clusters",backend="default"} 1\n');
    operations.close();
    await server.close();
  });

  test("ends itself when others have taken its number away", async () => {
    const server = await redis.server();
    const { url } = server;
    const hetu = await startClusters(url);
    const failed = new Promise<Error>((resolve) => hetu.once("error", resolve));
    const [lease] = hetu.leases;
    const beside = await startClusters(url);
    await beside.reap("clusters", lease?.worker ?? 0, lease?.token ?? new Uint8Array(0));
    expect((await failed).name).toMatch(/LeaseLostError|WriterFencedError/);
    expect(hetu.ready).toBe(false);
    await hetu.close();
    await beside.close();
  });
});
