import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WireClient } from "./wire-client.js";
import { startWorld, type WorldServer } from "./world-server.js";

let world: WorldServer;
beforeAll(async () => {
  world = await startWorld({ limits: { handshakeTimeout: 200 } });
});
afterAll(() => world.close());

/** The HTTP status that an upgrade is refused with. */
function refusal(url: string, options: object = {}): Promise<number> {
  const client = new WireClient(url, options);
  return new Promise((resolve, reject) => {
    client.socket.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      client.socket.terminate();
    });
    client.socket.once("open", () => reject(new Error("the upgrade was accepted")));
  });
}

async function opened(path: string): Promise<WireClient> {
  const client = new WireClient(`ws://127.0.0.1:${world.port}${path}`);
  await once(client.socket, "open");
  return client;
}

test("GET / answers 200 for health checks, other paths 404", async () => {
  expect((await fetch(`http://127.0.0.1:${world.port}/`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${world.port}/hetu/world`)).status).toBe(404);
});

test("with jsonb alone the handshake is answered with the empty array", async () => {
  const client = await opened("/hetu/world");
  client.raw([0x90]);
  expect(await client.next()).toEqual([]);
  await client.close();
});

test("an unknown instance is closed without an answer, with a code that tells", async () => {
  const client = await opened("/hetu/nowhere");
  expect(await client.closed).toEqual({ code: 4004, reason: 'unknown instance "nowhere"' });
  expect(client.pending).toBe(0);
});

test.each([
  ["one entry too many", [0x91, 0xc4, 0x00]],
  ["an entry that is not binary", [0x91, 0x01]],
  ["a map", [0x80]],
  ["garbage", [0xc1]],
  ["nothing", []],
])("a handshake of %s is closed without an answer", async (_what, bytes) => {
  const client = await opened("/hetu/world");
  client.raw(bytes);
  const { code, reason } = await client.closed;
  expect(code).toBe(1002);
  expect(reason).toMatch(/^handshake: expected an array of 0 entries/);
  expect(client.pending).toBe(0);
});

test("a handshake in a text frame is closed", async () => {
  const client = await opened("/hetu/world");
  client.socket.send("[]");
  expect((await client.closed).code).toBe(1003);
});

test("a client that does not shake hands in time is closed", async () => {
  const client = await opened("/hetu/world");
  expect(await client.closed).toEqual({ code: 4008, reason: "no handshake within handshake_timeout (200 ms)" });
});

test("a path outside of /hetu/ is refused", async () => {
  expect(await refusal(`ws://127.0.0.1:${world.port}/world`)).toBe(404);
  expect(await refusal(`ws://127.0.0.1:${world.port}/hetu/%E0%A4%A`)).toBe(404);
});

test("a subprotocol that is not spoken is not selected, so that the client knows to fall back", async () => {
  const client = new WireClient(`ws://127.0.0.1:${world.port}/hetu/world`, { protocol: "hetu.3" });
  const [error] = (await once(client.socket, "error")) as [Error];
  expect(error.message).toBe("Server sent no subprotocol");
});

test("several instances are served side by side", async () => {
  const { worldSystems } = await import("./world-server.js");
  const pair = await startWorld({
    instances: { red: worldSystems({ echo: () => "red" }), blue: worldSystems({ echo: () => "blue" }) },
  });
  const [red, blue] = await Promise.all([
    WireClient.open(pair.port, { instance: "red" }),
    WireClient.open(pair.port, { instance: "blue" }),
  ]);
  expect(await red.call("echo", "")).toEqual(["rsp", "red"]);
  expect(await blue.call("echo", "")).toEqual(["rsp", "blue"]);
  await pair.close();
});

test("origins outside of the list are refused, requests without one are not from browsers", async () => {
  const strict = await startWorld({ origins: ["https://game.example"] });
  const url = `ws://127.0.0.1:${strict.port}/hetu/world`;
  expect(await refusal(url, { headers: { origin: "https://evil.example" } })).toBe(403);
  const good = await WireClient.open(strict.port, { headers: { origin: "https://game.example" } });
  const none = await WireClient.open(strict.port);
  await Promise.all([good.close(), none.close()]);
  await strict.close();
});

test("connections of one address are limited, those behind a trusted proxy by the address that it tells", async () => {
  const strict = await startWorld({ limits: { connectionsPerAddress: 2 }, trustedProxies: 1 });
  const url = `ws://127.0.0.1:${strict.port}/hetu/world`;
  const from = (address: string) => ({ headers: { "x-forwarded-for": `6.6.6.6, ${address}` } });
  const first = await WireClient.open(strict.port, from("10.0.0.1"));
  const second = await WireClient.open(strict.port, from("10.0.0.1"));
  expect(await refusal(url, from("10.0.0.1"))).toBe(429);
  const other = await WireClient.open(strict.port, from("10.0.0.2"));
  await first.close();
  await expect
    .poll(() => WireClient.open(strict.port, from("10.0.0.1")).then((client) => client.close()))
    .toBeUndefined();
  await Promise.all([second.close(), other.close()]);
  await strict.close();
});

test("connections without a login are limited apart, and logging in makes room", async () => {
  const strict = await startWorld({ limits: { anonymousPerAddress: 1 } });
  const url = `ws://127.0.0.1:${strict.port}/hetu/world`;
  const first = await WireClient.open(strict.port);
  expect(await refusal(url)).toBe(429);
  await first.call("login", 5);
  const second = await WireClient.open(strict.port);
  expect(await refusal(url)).toBe(429);
  await Promise.all([first.close(), second.close()]);
  await strict.close();
});

test("a server at its capacity refuses with 503", async () => {
  const strict = await startWorld({ limits: { connections: 1 } });
  const first = await WireClient.open(strict.port);
  expect(await refusal(`ws://127.0.0.1:${strict.port}/hetu/world`)).toBe(503);
  await first.close();
  await strict.close();
});
