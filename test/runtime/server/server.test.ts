import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createServer,
  DEFAULT_LIMITS,
  type Implementation,
  type ServerOptions,
  NotYetSupportedError,
  SchemaChangeError,
  ServerOptionsError,
  StartSystemError,
  StoreLockedError,
} from "hetu";
import { expect, test } from "vitest";
import { WireClient } from "../gate/wire-client.js";
import { startWorld, worldSystems, worldWithoutAccount } from "../gate/world-server.js";

const implementation = worldSystems();

/** The world with its first component elsewhere. */
function onBackend(backend: string): Implementation {
  const [first, ...others] = implementation.schema.tables;
  const tables = first === undefined ? [] : [{ ...first, backend }, ...others];
  return { ...implementation, schema: { ...implementation.schema, tables } };
}

test("a schema with constructs that do not run yet is refused by name and place", () => {
  const schema = { ...implementation.schema, notYet: ["@every of system reap", "@backend of component Score"] };
  const make = (): unknown => createServer({ implementation: { ...implementation, schema }, data: "unused" });
  expect(make).toThrow(NotYetSupportedError);
  expect(make).toThrow(/@every of system reap\n {2}- @backend of component Score/);
});

test.each([
  ["neither code nor instances", { data: "d" }, /either implementation or instances/],
  ["no instance at all", { data: "d", instances: {} }, /instances is empty/],
  ["an instance name that is no path", { data: "d", instances: { "a/b": implementation } }, /instance name "a\/b"/],
  [
    "an instance name that leaves the folder",
    { data: "d", instances: { "..": implementation } },
    /instance name "\.\."/,
  ],
  ["a port out of range", { data: "d", implementation, port: 70_000 }, /port is 70000: .* from 0 to 65535/],
  [
    "an unknown limit",
    { data: "d", implementation, limits: { foo: 1 } },
    /limits\.foo is unknown; known are maxMessage/,
  ],
  ["a limit of nothing", { data: "d", implementation, limits: { subscriptions: 0 } }, /limits\.subscriptions is 0/],
  [
    "messages without a bound",
    { data: "d", implementation, limits: { maxMessage: Infinity } },
    /maxMessage must be finite/,
  ],
  ["neither a folder nor a Redis", { implementation }, /needs data, .* or store, a Redis/],
  [
    "an address that names no Redis",
    { implementation, store: { url: "redis://u:s3cret@host:0" } },
    /store\.url: the address of Redis has a wrong port/,
  ],
  [
    "replicas of a cluster",
    { implementation, store: { url: "redis-cluster://a:1", replicas: ["redis://b"] } },
    /store\.replicas: a cluster tells/,
  ],
  [
    "a replica in another database than its primary's",
    { implementation, store: { url: "redis://a/2", replicas: ["redis://b/2", "redis://b/0"] } },
    /store\.replicas\.1: it names database 0, .* database 2 .* write redis:\/\/b:6379\/2 or leave/,
  ],
  [
    "a durability that is not Redis'",
    { implementation, store: { url: "redis://a" }, durability: "flush" },
    /appendfsync .* wait_replicas/,
  ],
  [
    "a worker number where processes take one",
    { implementation, store: { url: "redis://a" }, worker: 3 },
    /worker is 3, .* take worker away/,
  ],
  [
    "a lease that nobody could keep",
    { implementation, store: { url: "redis://a", leaseTime: 10 } },
    /store\.leaseTime is 10: .* from 500/,
  ],
  [
    "a component whose backend nobody has named",
    { implementation: onBackend("fast"), store: { url: "redis://a" }, backends: { slow: { url: "redis://b" } } },
    /component Thing is @backend\(fast\), .* set backends\.fast/,
  ],
] as readonly (readonly [string, object, RegExp])[])("createServer refuses %s", (_what, options, message) => {
  expect(() => createServer(options as ServerOptions)).toThrow(ServerOptionsError);
  expect(() => createServer(options as ServerOptions)).toThrow(message);
});

test("listen refuses data that a schema does not fit, naming what is missing", async () => {
  const data = await mkdtemp(join(tmpdir(), "hetu-server-"));
  const world = await startWorld({ data });
  const client = await WireClient.open(world.port);
  await client.call("transfer", 1, 2, 10);
  await world.close();
  const server = createServer({ implementation: worldWithoutAccount(), data, port: 0 });
  await expect(server.listen()).rejects.toThrow(SchemaChangeError);
  await expect(server.close()).resolves.toBeUndefined();
  const again = await startWorld({ data });
  await again.close();
  await rm(data, { recursive: true });
});

test("a failing @on(start) keeps the server from starting, with the reason", async () => {
  const start = startWorld({
    systems: {
      started() {
        throw new Error("no money");
      },
    },
  });
  await expect(start).rejects.toThrow(StartSystemError);
  await expect(start).rejects.toThrow(/started, which is @on\(start\), failed: Error: no money/);
});

test("data in use by another server is refused", async () => {
  const world = await startWorld();
  await expect(startWorld({ data: world.data })).rejects.toThrow(StoreLockedError);
  await world.close();
});

test("a taken port is told with its code, and the data is free again", async () => {
  const world = await startWorld();
  const data = await mkdtemp(join(tmpdir(), "hetu-server-"));
  await expect(startWorld({ data, port: world.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await (await startWorld({ data })).close();
  await world.close();
  await rm(data, { recursive: true });
});

test("stopping lets running calls finish and answers later ones SHUTTING_DOWN", async () => {
  let proceed: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (proceed = resolve));
  let entered: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (entered = resolve));
  const world = await startWorld({
    systems: {
      async login(ctx, id) {
        await ctx.Online.upsert({ owner: id });
        entered();
        await held;
        return id;
      },
    },
  });
  const client = await WireClient.open(world.port);
  client.send("rpc", "login", 3);
  client.send("rpc", "echo", "late");
  await running;
  const closed = world.close();
  const refused = new WireClient(`ws://127.0.0.1:${world.port}/hetu/world`);
  expect((await refused.closed).code).toBe(1006);
  proceed();
  expect(await client.take(2)).toEqual([
    ["rsp", 3],
    ["rej", "echo", "SHUTTING_DOWN", { reason: "the server stops" }],
  ]);
  expect((await client.closed).code).toBe(1001);
  await closed;
  expect(world.server.state).toBe("closed");
});

test("past the deadline a call that does not end is left behind", async () => {
  const world = await startWorld({
    stopDeadline: 50,
    systems: { echo: () => new Promise<string>(() => undefined) },
  });
  const client = await WireClient.open(world.port);
  client.send("rpc", "echo", "never");
  client.send("clock");
  await new Promise((resolve) => setImmediate(resolve));
  await world.close();
  expect(world.server.state).toBe("closed");
});

test("every limit but that of a message can be lifted", async () => {
  const names = Object.keys(DEFAULT_LIMITS).filter((name) => name !== "maxMessage");
  const world = await startWorld({ limits: Object.fromEntries(names.map((name) => [name, Infinity])) });
  const client = await WireClient.open(world.port);
  expect(await client.call("echo", "free")).toEqual(["rsp", "free"]);
  await world.close();
});

test("events tell listening, stopping and closed", async () => {
  const data = await mkdtemp(join(tmpdir(), "hetu-server-"));
  const server = createServer({ implementation, data, port: 0, host: "127.0.0.1" });
  const seen: string[] = [];
  server.on("listening", (port) => seen.push(`listening ${port === server.port}`));
  server.on("stopping", () => seen.push("stopping"));
  server.on("closed", () => seen.push("closed"));
  await server.listen();
  await Promise.all([server.close(), server.close()]);
  expect(seen).toEqual(["listening true", "stopping", "closed"]);
  await rm(data, { recursive: true });
});

test("in debug mode a client is told why a call failed", async () => {
  const world = await startWorld({
    debug: true,
    systems: {
      any() {
        throw new Error("a bug");
      },
    },
  });
  const client = await WireClient.open(world.port);
  expect(await client.call("any")).toEqual(["err", "any", "Error: a bug"]);
  await world.close();
});
